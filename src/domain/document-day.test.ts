import { describe, expect, it } from '#jest';
import { isUnreported } from './document-day.ts';

describe('a day whose VAT was not reported', () => {
  const today = '2026-12-02';
  it.each([
    ['2026-12-02', null, true],
    ['2026-11-01', null, true],
    ['2026-10-31', null, false],
    ['2026-11-30', '2026-11-30', false],
    ['2026-12-01', '2026-11-30', true],
  ])('%s, with books closed through %s: %s', (movedOn, booksClosedThrough, expected) => {
    expect(isUnreported({ movedOn, today, booksClosedThrough })).toBe(expected);
  });
});
