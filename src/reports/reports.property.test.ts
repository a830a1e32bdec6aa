import fc from 'fast-check';
import { describe, expect, it } from '#jest';
import type { RevenueSum, VatSum } from '../db/report-sums.ts';
import { sumMinor } from '../domain/money.ts';
import { PERIOD_KINDS } from './periods.ts';
import { revenueReport } from './revenue.ts';
import { vatReport } from './vat.ts';

const RANGE = { from: '2025-11-20', to: '2026-03-05' };
const days = ['2025-11-20', '2025-12-31', '2026-01-01', '2026-02-28', '2026-03-01', '2026-03-04'];
const minor = fc.integer({ min: 0, max: 1_000_000_000 });

const revenueSum: fc.Arbitrary<RevenueSum> = fc
  .record({
    day: fc.constantFrom(...days),
    method: fc.constantFrom('card', 'bit', 'cash', null),
    provider: fc.constantFrom('payplus', 'stripe', 'manual'),
    net: minor,
    vat: minor,
    refunds: minor,
    count: fc.integer({ min: 0, max: 1_000 }),
  })
  .map((sum) => ({ ...sum, gross: sum.net + sum.vat }));

const vatSum: fc.Arbitrary<VatSum> = fc
  .record({
    day: fc.constantFrom(...days),
    rateBp: fc.constantFrom(0, 1700, 1800),
    isCredit: fc.boolean(),
    isUnconfirmed: fc.boolean(),
    taxed: minor,
    vat: minor,
    zeroRated: minor,
    exempt: minor,
  })
  .map(({ taxed, ...sum }) => ({
    ...sum,
    isUnconfirmed: sum.isCredit && sum.isUnconfirmed,
    net: taxed + sum.zeroRated + sum.exempt,
  }));

describe('a revenue report', () => {
  it('adds up: periods to the totals, methods and providers to their period, shares to one', () => {
    fc.assert(
      fc.property(fc.array(revenueSum, { maxLength: 30 }), fc.constantFrom(...PERIOD_KINDS), (sums, kind) => {
        const { totals, periods } = revenueReport(sums, RANGE, kind);
        for (const key of ['gross', 'net', 'vat', 'refunds', 'count'] as const) {
          expect(totals[key]).toBe(sumMinor(sums.map((sum) => sum[key])));
          expect(sumMinor(periods.map((period) => period[key]))).toBe(totals[key]);
          for (const part of [totals, ...periods]) {
            expect(sumMinor(Object.values(part.byMethod).map((one) => one[key]))).toBe(part[key]);
            expect(sumMinor(Object.values(part.byProvider).map((one) => one[key]))).toBe(part[key]);
          }
        }
        const shares = sumMinor(Object.values(totals.byMethod).map(({ shareBp }) => shareBp));
        if (totals.gross > 0) expect(Math.abs(shares - 10_000)).toBeLessThanOrEqual(2);
      }),
    );
  });
});

describe('a VAT report', () => {
  it('adds up to all documents less all credits, with what is not confirmed apart', () => {
    fc.assert(
      fc.property(
        fc.array(vatSum, { maxLength: 30 }),
        fc.constantFrom('month', 'two_months'),
        (sums, kind) => {
          const { rows, totals, unconfirmedCredits } = vatReport(sums, RANGE, kind);
          for (const key of ['net', 'vat'] as const) {
            const signed = sums.map((sum) => (sum.isCredit ? -1 : 1) * sum[key]);
            const waiting = sumMinor(unconfirmedCredits.map((one) => one[key]));
            expect(totals[key] - waiting).toBe(sumMinor(signed));
            expect(sumMinor(rows.map((row) => row[key]))).toBe(totals[key]);
          }
          for (const row of rows) {
            expect(row.gross).toBe(row.net + row.vat);
            if (row.vatTreatment !== 'standard') expect([row.rateBp, row.vat]).toEqual([0, 0]);
          }
        },
      ),
    );
  });
});
