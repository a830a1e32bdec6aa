import { describe, expect, it } from '#jest';
import { toBreakersJson } from './breaker-json.ts';

describe('the list of breakers', () => {
  it('names every host, used or not, each before its accounts', () => {
    const opensUntil = new Date('2026-03-01T10:05:00Z');
    const rows = [
      {
        name: 'payplus:live:acc_1',
        state: 'open' as const,
        failures: 10,
        opensUntil,
        opensInMs: 5,
      },
    ];
    expect(toBreakersJson(['payplus:live', 'grow:live'], rows)).toEqual([
      { name: 'grow:live', state: 'closed', failures: 0, opensUntil: null },
      { name: 'payplus:live', state: 'closed', failures: 0, opensUntil: null },
      { name: 'payplus:live:acc_1', state: 'open', failures: 10, opensUntil: '2026-03-01T10:05:00.000Z' },
    ]);
  });
});
