import { describe, expect, it } from '#jest';
import type { BookedRow } from '../../db/export-documents.ts';
import { changeHashavshevet } from '../../domain/hashavshevet.ts';
import { plainMeans } from '../../domain/means.ts';
import { entriesOf } from './entries.ts';

const SETTINGS = changeHashavshevet(null, {
  income: 'income',
  incomeExempt: 'exempt',
  vat: 'vat',
  withheld: 'withheld',
  cashBox: 'box',
  cashBoxes: [{ provider: 'grow', account: 'grow' }],
});

/** 118.01 in three instalments: 100.00 with 15.25 of VAT, and 18.01 exempt. */
function document(change: object = {}): BookedRow {
  const card = { ...plainMeans('card', 11_801), installments: 3, firstAmount: 3_935, restAmount: 3_933 };
  const customer = { name: 'דנה', taxId: null, taxIdKind: 'private', address: null, phone: null };
  return {
    type: 'tax_invoice_receipt',
    documentDate: '2026-01-31',
    net: 10_276,
    vat: 1_525,
    total: 11_801,
    zeroRated: 0,
    exempt: 1_801,
    rateBp: 1_800,
    provider: 'grow',
    content: { paidAt: '2026-01-31T10:00:00Z', means: [card], customer },
    ...change,
  } as unknown as BookedRow;
}
const entries = (row: BookedRow, change: object = {}) =>
  entriesOf(row, { ...SETTINGS, ...change }, 'Asia/Jerusalem');
const total = (sums: readonly number[]): number => sums.reduce((sum, one) => sum + one, 0);

describe('the journal of a document', () => {
  it('has a row for each instalment on its day, and loses no agora', () => {
    const rows = entries(document());
    expect(
      rows.map(({ valueDay, debit, credits }) => [
        valueDay,
        debit.amount,
        ...credits.map((one) => one.amount),
      ]),
    ).toEqual([
      ['2026-01-31', 3_935, 3_335, 600],
      ['2026-02-28', 3_933, 3_333, 600],
      ['2026-03-31', 2_132, 1_807, 325],
      ['2026-03-31', 1_801, 1_801],
    ]);
    expect(rows.at(-1)?.credits[0].account).toBe('exempt');
    expect(new Set(rows.map(({ debit }) => debit.account))).toEqual(new Set(['grow']));
  });

  it('is the same with a minus for a credit', () => {
    const [plus, minus] = [entries(document()), entries(document({ type: 'credit_invoice' }))];
    expect(minus.map(({ debit }) => debit.amount)).toEqual(plus.map(({ debit }) => 0 - debit.amount));
    expect(new Set(minus.map(({ code }) => code))).toEqual(new Set(['חז']));
  });

  it('leaves the account of a customer at zero', () => {
    for (const type of ['tax_invoice_receipt', 'credit_invoice', 'receipt']) {
      const rows = entries(document({ type }), { customers: 'each' });
      const debits = rows.filter(({ debit }) => !['grow', 'box'].includes(debit.account));
      const key = debits[0]?.debit.account;
      const paid = rows.filter(({ credits }) => credits[0].account === key);
      expect(total(paid.map(({ debit }) => debit.amount))).toBe(
        total(debits.map(({ debit }) => debit.amount)),
      );
      expect(Math.abs(total(debits.map(({ debit }) => debit.amount)))).toBe(11_801);
    }
  });

  it('is balanced, and has the document’s VAT, whatever the sums', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const [vat, net, exempt] = [(seed * 7_919) % 501, ((seed * 104_729) % 3_001) + 501, (seed * 31) % 400];
      const sum = net + vat;
      const first = (seed * 13) % sum;
      const means = [plainMeans('withheld', first), plainMeans('cash', sum - first)];
      const row = document({ net, vat, total: sum, exempt, content: { ...document().content, means } });
      const rows = entries(row);
      for (const { debit, credits } of rows)
        expect(debit.amount).toBe(total(credits.map(({ amount }) => amount)));
      expect(total(rows.map(({ debit }) => debit.amount))).toBe(sum);
      expect(
        total(
          rows
            .flatMap(({ credits }) => credits)
            .filter(({ account }) => account === 'vat')
            .map(({ amount }) => amount),
        ),
      ).toBe(vat);
    }
  });
});
