import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { agorot, fetchSheets, openAccountantClinic, send, sumOf } from '../e2e/support/accountant-clinic.ts';
import type { Row } from '../e2e/support/accountant-clinic.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { createPayment, listDocuments, untilStatus } from '../e2e/support/clinic.ts';
import type { Clinic } from '../e2e/support/clinic.ts';
import { fetchExport, readCsv } from '../e2e/support/exports.ts';
import { payAtVendor } from '../e2e/support/vendors.ts';

let books: Books;
let clinic: Clinic;

async function pay(body: object, how: object = {}): Promise<string> {
  const { json } = await createPayment(clinic, body);
  await payAtVendor(json.id, how);
  await untilStatus(clinic, json.id, 'completed');
  return json.id;
}

beforeAll(async () => {
  books = openBooks();
  clinic = await openAccountantClinic(books);
  await pay({ amount: 10_000, maxInstallments: 3 }, { installments: 3 });
});
afterAll(() => books.close());

/** Agorot of all documents of the clinic, credits taken off, that a condition holds for. */
async function stored(condition: string): Promise<number> {
  const [row] = await books.query<{ sum: number }>(
    `SELECT coalesce(sum(CASE WHEN type LIKE 'credit%' THEN -total ELSE total END), 0)::int AS sum
     FROM tax_documents d WHERE workspace_id = $1 AND ${condition}`,
    [clinic.id],
  );
  return row?.sum ?? NaN;
}

describe('receipts by means', () => {
  it('come to the documents, as a whole, by means and by day', async () => {
    const { rows, totals, made } = await fetchSheets(clinic, { kind: 'receipts' });
    const [receipts, days] = [rows('Receipts'), rows('By day')];
    const whole = await stored('true');
    expect([sumOf(receipts, 'amount'), sumOf(days, 'amount')]).toEqual([whole, whole]);
    expect([agorot(totals('Receipts')['amount']), agorot(totals('By day')['amount'])]).toEqual([
      whole,
      whole,
    ]);
    for (const method of ['cash', 'check', 'bank_transfer', 'card']) {
      const own = (table: readonly Row[]) => table.filter((row) => row['method'] === method);
      const sum = await stored(`content -> 'means' -> 0 ->> 'method' = '${method}'`);
      expect([method, sumOf(own(receipts), 'amount'), sumOf(own(days), 'amount')]).toEqual([
        method,
        sum,
        sum,
      ]);
    }
    expect(made).toMatchObject({ rows: receipts.length, totalRows: receipts.length });
  });

  it('have a row for each instalment, and what a cheque says with its zeros', async () => {
    const { rows } = await fetchSheets(clinic, { kind: 'receipts' });
    const parts = rows('Receipts').filter(({ document }) => document === '7');
    expect(parts.map(({ instalment, amount }) => [instalment, amount])).toEqual([
      ['1/3', 33.34],
      ['2/3', 33.33],
      ['3/3', 33.33],
    ]);
    const held = rows('Cheques and cash');
    expect(held.find(({ method }) => method === 'check')).toMatchObject({
      amount: 59,
      bank: '12',
      branch: '634',
      account: '0012345',
      check: '5000017',
      dueDate: new Date('2025-03-17T00:00:00Z'),
      depositedOn: null,
    });
    expect(sumOf(held, 'amount')).toBe(
      await stored(`content -> 'means' -> 0 ->> 'method' IN ('cash', 'check')`),
    );
  });
});

describe('settlements', () => {
  it('have what providers paid out by payout, and what they did not', async () => {
    const [charge] = await books.query<{ id: string }>(
      `UPDATE provider_transactions t SET fee = 350, settled_on = '2026-11-10' FROM tax_documents d
       WHERE t.id = d.transaction_id AND d.workspace_id = $1 AND d.total = 35400 RETURNING t.id`,
      [clinic.id],
    );
    expect(charge).toBeDefined();
    const { rows } = await fetchSheets(clinic, { kind: 'settlements' });
    expect(rows('Settlements')).toMatchObject([
      {
        provider: 'payplus',
        settledOn: new Date('2026-11-10T00:00:00Z'),
        gross: 354,
        refunds: 0,
        fee: -3.5,
        net: 350.5,
        notSettled: null,
      },
      { provider: 'payplus', settledOn: null, gross: 100, fee: null, net: null, notSettled: 100 },
    ]);
    const byProvider = await stored(`payment_provider <> 'manual'`);
    expect(sumOf(rows('Settlements'), 'gross')).toBe(byProvider);
    expect(sumOf(rows('Documents'), 'gross')).toBe(byProvider);
  });
});

describe('credits', () => {
  it('say what they credit, when they were confirmed and whose VAT waits', async () => {
    const { rows, totals } = await fetchSheets(clinic, { kind: 'credits' });
    const credits = rows('Credits');
    expect(credits.map(({ credit, original, vatWaiting }) => [credit, original, vatWaiting])).toEqual([
      ['1', '4', -3.6],
      ['2', '5', 0],
    ]);
    expect([sumOf(credits, 'total'), agorot(totals('Credits')['total'])]).toEqual([-14_160, -14_160]);
    expect(await stored(`type LIKE 'credit%'`)).toBe(-14_160);
    const days = Math.round((Date.now() - Date.parse('2025-03-17')) / 86_400_000);
    expect(Math.abs(Number(credits[0]?.['daysSinceOriginal']) - days)).toBeLessThanOrEqual(1);
    expect(credits[0]).toMatchObject({ acknowledgedOn: null, wayOfConfirmation: null, daysWaiting: 0 });
    expect(credits[1]).toMatchObject({ wayOfConfirmation: 'signature', vatWaiting: 0 });
  });
});

describe('allocation numbers', () => {
  it('list the invoices that need one, with those that lack it', async () => {
    const customer = { name: 'Acme Ltd', taxId: '123456782', taxIdKind: 'company' };
    await pay({ amount: 1_000_000, customer });
    await pay({ amount: 1_000_000, customer });
    await pay({ amount: 1_000_000 });
    const [, waiting] = (await listDocuments(clinic)).filter(({ total }) => total === 1_000_000);
    await send(clinic, `/v1/documents/${waiting?.id ?? ''}/allocation-number`, {
      allocationNumber: '123456789',
    });
    const { rows, totals } = await fetchSheets(clinic, { kind: 'allocation' });
    const list = rows('Allocation numbers');
    expect(list.map(({ customerId, net, threshold }) => [customerId, net, threshold])).toEqual([
      ['123456782', 8_474.58, 5_000],
      ['123456782', 8_474.58, 5_000],
    ]);
    expect(list.map((row) => row['missing']).sort()).toEqual(['missing', null]);
    expect(
      list.find(({ allocationNumber }) => allocationNumber === '123456789')?.['enteredOn'],
    ).toBeInstanceOf(Date);
    expect(totals('Allocation numbers')).toMatchObject({ net: 16_949.16, threshold: null });
  });
});

describe('each of them as CSV', () => {
  it.each(['receipts', 'settlements', 'credits', 'allocation'])(
    '%s has the rows of its first sheet',
    async (kind) => {
      const { rows, names } = await fetchSheets(clinic, { kind });
      const { bytes } = await fetchExport(clinic, { kind, format: 'csv', locale: 'en' });
      expect(readCsv(bytes.toString().slice(1))).toHaveLength(rows(names[0] ?? '').length);
    },
  );
});
