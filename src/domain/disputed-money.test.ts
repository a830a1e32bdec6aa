import { describe, expect, it } from '#jest';
import { atBank, isDecided, takenBy, withBank } from './disputed-money.ts';
import type { DisputeShare } from './disputed-money.ts';

const CHARGE = { id: 'tx_1', currency: 'ILS' };

const dispute = (change: Partial<DisputeShare> = {}): DisputeShare => ({
  id: 'dp_1',
  chargeId: 'tx_1',
  status: 'lost',
  resolution: null,
  amount: 10_000,
  currency: 'ILS',
  ...change,
});
const dollars = dispute({ id: 'dp_2', currency: 'USD' });

describe('what the bank took by disputes', () => {
  it('is their sum in one currency', () => {
    expect(takenBy([], 'ILS')).toBe(0);
    expect(takenBy([dispute(), dispute({ id: 'dp_3', amount: 1 })], 'ILS')).toBe(10_001);
  });

  it('in another currency is what a person said, or unknown', () => {
    expect(takenBy([dispute(), dollars], 'ILS')).toBeNull();
    const said = (takenAmount: number | null) => [{ id: 'dp_2', status: 'lost', takenAmount }] as const;
    expect(takenBy([dispute(), dollars], 'ILS', said(null))).toBeNull();
    expect(takenBy([dispute(), dollars], 'ILS', said(37_000))).toBe(47_000);
    expect(takenBy([dollars], 'USD', said(37_000))).toBe(10_000);
  });
});

describe('what of a charge is with the bank', () => {
  it.each([
    ['a loss', dispute(), 10_000],
    ['what it holds', dispute({ status: 'open' }), 10_000],
    ['what was written off', dispute({ resolution: 'dismiss' }), 10_000],
    ['what the books have as given back', dispute({ resolution: 'refund' }), 0],
    ['an inquiry', dispute({ status: 'inquiry' }), 0],
    ['what was won', dispute({ status: 'won' }), 0],
    ['money of another charge', dispute({ chargeId: 'tx_2' }), 0],
    ['another currency', dollars, Infinity],
  ])('%s', (_what, one, expected) => {
    expect(withBank(CHARGE, [one])).toBe(expected);
  });

  it('is still to be decided as long as no person has', () => {
    const open = dispute({ id: 'dp_4', status: 'open' });
    const all = [dispute(), open, dollars, dispute({ resolution: 'dismiss' }), dispute({ chargeId: null })];
    expect(atBank('tx_1', all)).toEqual({ held: [open], lost: [dispute(), dollars] });
  });
});

describe('a decision is about a dispute', () => {
  it.each([
    ['that it saw', 'dismiss', 'lost', 'lost', null, true],
    ['that was lost since', 'dismiss', 'open', 'lost', null, false],
    ['that it took for lost, and that was', 'refund', 'open', 'lost', null, true],
    ['that was won since', 'refund', 'open', 'won', null, false],
    ['that was decided since', 'refund', 'lost', 'lost', 'dismiss', false],
  ] as const)('%s', (_what, action, seen, status, resolution, expected) => {
    const decided = [{ id: 'dp_1', status: seen, takenAmount: null }];
    expect(isDecided(dispute({ status, resolution }), action, decided)).toBe(expected);
    expect(isDecided(dispute({ id: 'dp_9', status, resolution }), action, decided)).toBe(false);
  });
});
