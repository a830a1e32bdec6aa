import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { waitUntil } from '../../dev/waiting.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { listDocuments, openClinic, openPayment } from '../e2e/support/clinic.ts';
import type { TestWorkspace } from '../e2e/support/clinic.ts';
import { inParallel, payAll } from '../e2e/support/vendors.ts';

const PAYMENTS = 500;
const SERIES = 'tax_invoice_receipt';
/** Ends a hang: they take seconds. */
const PATIENCE_MS = 600_000;

describe('five hundred payments of one clinic that are paid at the same time', () => {
  let clinic: TestWorkspace;
  let books: Books;
  const isAllCompleted = async (): Promise<boolean> => {
    const [row] = await books.query<{ open: number }>(
      `SELECT count(*)::int AS open FROM payments WHERE workspace_id = $1 AND status <> 'completed'`,
      [clinic.id],
    );
    return row?.open === 0;
  };
  beforeAll(async () => {
    books = openBooks();
    clinic = await openClinic();
    const wishes = Array.from({ length: PAYMENTS }, () => ({ reference: randomUUID(), amount: 11_800 }));
    const payments = await inParallel(wishes, 16, (wish) => openPayment(clinic, wish));
    await payAll(payments.map(({ id }) => id));
    expect(await waitUntil(isAllCompleted, PATIENCE_MS)).toBe(true);
  });
  afterAll(() => books.close());

  it('are numbered from one to five hundred without a gap', async () => {
    const documents = await listDocuments(clinic);
    const numbers = documents.map(({ number }) => number).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: PAYMENTS }, (_, index) => index + 1));
    expect(new Set(documents.map(({ paymentId }) => paymentId)).size).toBe(PAYMENTS);
  });

  it('leave the counter at the last number given', async () => {
    expect(
      await books.query('SELECT series, last_number FROM document_counters WHERE workspace_id = $1', [
        clinic.id,
      ]),
    ).toEqual([{ series: SERIES, last_number: PAYMENTS.toString() }]);
  });

  it('come to the sum of their amounts', async () => {
    const [sums] = await books.query(
      `SELECT sum(total)::int AS total, sum(net)::int AS net, sum(vat)::int AS vat
       FROM tax_documents WHERE workspace_id = $1`,
      [clinic.id],
    );
    expect(sums).toEqual({ total: PAYMENTS * 11_800, net: PAYMENTS * 10_000, vat: PAYMENTS * 1_800 });
  });
});
