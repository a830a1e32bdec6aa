import { describe, expect, it } from '#jest';
import { createRenewals } from './renewals.ts';

const START = Date.parse('2026-03-01T10:00:00Z');

/** A guard with a manual clock, and a count of the pages made. */
function open() {
  let now = START;
  let made = 0;
  const renewals = createRenewals(() => now);
  return {
    renew: (pageAgeMs: number | null, id = 'pay_1') =>
      renewals.run(
        { id, pages: pageAgeMs === null ? [] : [{ createdAt: new Date(now - pageAgeMs) }] },
        () => {
          made += 1;
          return Promise.resolve();
        },
      ),
    made: () => made,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('new pages of a payment', () => {
  it('are made one at a time, whoever asks meanwhile', async () => {
    const { renew, made } = open();
    expect(await Promise.all([renew(60_000), renew(60_000), renew(60_000, 'pay_2')])).toEqual([
      true,
      false,
      true,
    ]);
    expect(made()).toBe(2);
  });

  it('lie 30 s apart, by this process’s memory', async () => {
    const { renew, pass } = open();
    expect(await renew(60_000)).toBe(true);
    pass(29_999);
    expect(await renew(60_000)).toBe(false);
    pass(1);
    expect(await renew(60_000)).toBe(true);
  });

  it('lie 30 s apart, by the page another process made', async () => {
    const { renew, made } = open();
    expect(await renew(29_999)).toBe(false);
    expect(await renew(30_000)).toBe(true);
    expect(made()).toBe(1);
  });

  it('are not made while the first is still on its way', async () => {
    expect(await open().renew(null)).toBe(false);
  });
});
