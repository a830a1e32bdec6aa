import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createReadBack } from '../../src/printing/testing/read-back.ts';
import type { ReadBack } from '../../src/printing/testing/read-back.ts';
import { admin, openWorkspace } from '../api/rig.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import {
  call,
  eventually,
  listDocuments,
  openClinic,
  readDocument,
  readPayment,
  readTimeline,
  theDocumentOf,
  untilPushed,
} from './support/clinic.ts';
import type { DocumentBody, PaymentBody, TestWorkspace } from './support/clinic.ts';
import { record } from './support/manual.ts';
import { openTemporal } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';
import { allCalls, vendorDocumentsOf } from './support/vendors.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';

/** Of all that a document shows, what these tests look at. */
interface Paper extends DocumentBody {
  readonly documentDate: string;
  readonly fiscalYear: number;
  readonly vatRateBp: number;
}

let books: Books;
let temporal: Temporal;
let tools: ReadBack;
beforeAll(async () => {
  books = openBooks();
  temporal = await openTemporal();
  tools = await createReadBack();
});
afterAll(() => Promise.all([books.close(), temporal.close(), tools.close()]));

const paperOf = async (clinic: TestWorkspace, payment: PaymentBody) =>
  (await readDocument(clinic, theDocumentOf(payment))) as Paper;

const printed = (clinic: TestWorkspace, documentId: string) =>
  eventually(`the print of ${documentId}`, async () => {
    const { status, bytes } = await call('GET', `/v1/documents/${documentId}/pdf`, { key: clinic.key });
    return status === 200 ? bytes : null;
  });

describe('money that the business took itself', () => {
  let clinic: TestWorkspace;
  beforeAll(async () => {
    clinic = await openWorkspace({ provider: false });
  });

  it('is settled like any other: numbered, told of, and its workflow ends', async () => {
    const payment = await record(clinic, { method: 'bank_transfer' });
    const document = await paperOf(clinic, payment);
    expect(document).toMatchObject({
      type: 'tax_invoice_receipt',
      total: 35_000,
      net: 29_661,
      vat: 5_339,
      means: [{ method: 'bank_transfer', amount: 35_000 }],
      external: null,
    });
    expect(await books.eventsOf(payment.id)).toEqual(['payment.completed', 'document.issued']);
    await temporal.untilEnded(payment);
    const kinds = (await readTimeline(clinic, payment.id)).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['created', 'completed']));
    const charges = await books.query<object>(
      `SELECT account_id, provider_transaction_id, kind, status, amount FROM provider_transactions WHERE payment_id = $1`,
      [payment.id],
    );
    expect(charges).toEqual([
      {
        account_id: null,
        provider_transaction_id: payment.id,
        kind: 'charge',
        status: 'succeeded',
        amount: '35000',
      },
    ]);
  });

  it('of an earlier year is documented today, at the rate of its day', async () => {
    const payment = await record(clinic, { paidOn: '2024-12-31', amount: 10_000, vatIncluded: false });
    expect(payment).toMatchObject({ amount: 10_000, capturedAmount: 11_700 });
    expect(await paperOf(clinic, payment)).toMatchObject({
      documentDate: todayInIsrael(),
      vatRateBp: 1700,
      net: 10_000,
      vat: 1_700,
      total: 11_700,
    });
  });

  it('gets a plain receipt where the dealer may issue no tax invoice', async () => {
    const patur = { dealerType: 'osek_patur', vatRegistered: false };
    const small = await openWorkspace({ workspace: patur, provider: false });
    const document = await paperOf(small, await record(small, { method: 'bit' }));
    expect(document).toMatchObject({ type: 'receipt', number: 1, vat: 0, total: 35_000 });
  });

  it('keeps its numbers without a hole, though many are recorded at once and one is sent again', async () => {
    const shop = await openWorkspace({
      workspace: { receipt: { email: false, print: 'on_demand' } },
      provider: false,
    });
    const [key, reference] = [randomUUID(), randomUUID()];
    await record(shop, { reference }, key);
    await Promise.all(Array.from({ length: 8 }, () => record(shop, {})));
    await record(shop, { reference }, key);
    const numbers = (await listDocuments(shop)).map(({ number }) => number);
    expect(numbers.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('by cheque says on paper of which bank, branch and account, its number and its day', async () => {
    const check = {
      bank: '12',
      branch: '613',
      account: '70-448811',
      number: '5000123',
      dueDate: '2025-02-27',
    };
    const payment = await record(clinic, { method: 'check', check });
    expect(payment).toMatchObject({ method: 'check', means: [{ method: 'check', check }] });
    const words = await tools.wordsOf(await printed(clinic, theDocumentOf(payment)));
    for (const part of ['613', '70-448811', '5000123', '27/02/2025']) expect(words).toContain(part);
  });

  it('can be given back by the way it came, with a credit document', async () => {
    const payment = await record(clinic, {});
    const given = await call<{ status: string; documentId: string }>(
      'POST',
      `/v1/payments/${payment.id}/refunds`,
      {
        key: clinic.key,
        body: { reason: 'cancelled', amount: 5_000 },
        headers: { 'idempotency-key': randomUUID() },
      },
    );
    expect(given.json).toMatchObject({ status: 'completed', documentId: expect.any(String) });
    expect((await readPayment(clinic, payment.id)).status).toBe('partially_refunded');
  });

  it('is seen in Temporal by ids and amounts, and by nothing that tells who or what for', async () => {
    const payment = await record(clinic, {
      description: 'hidden-words',
      notes: 'hidden-words too',
      customer: { name: 'hidden-words' },
    });
    await temporal.untilEnded(payment);
    const handle = temporal.ofPayment(payment);
    const { staticSummary } = (await handle.describe()) as { staticSummary?: () => Promise<string> };
    const summary = await staticSummary?.();
    expect(summary).toBe(`350.00 ILS · manual · ${payment.id}`);
    const history = JSON.stringify(await handle.fetchHistory(), (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString() : value,
    );
    expect(history).toContain(payment.id);
    expect(history).not.toContain('hidden-words');
  });
});

describe('with an invoice service', () => {
  it('the payment is pushed once, and the service is told nothing but neutral words', async () => {
    const clinic = await openClinic({ pushes: true });
    const payment = await record(clinic, { method: 'paybox', description: 'hidden-words' });
    const document = await untilPushed(clinic, theDocumentOf(payment));
    expect(document).toMatchObject({
      type: 'payment_confirmation',
      external: { service: 'green-invoice' },
    });
    expect(await vendorDocumentsOf(payment.id)).toMatchObject([{ total: 35_000 }]);
    const calls = (await allCalls()).filter(({ reference }) => reference === payment.id);
    expect(calls.length).toBeGreaterThan(0);
    expect(JSON.stringify(calls)).not.toContain('hidden-words');
  });
});

describe('a manual payment that the API wrote and could not start', () => {
  it('is settled by the sweeper, once', async () => {
    const clinic = await openWorkspace({ provider: false });
    const { id } = await record(clinic, {});
    const left = await leaveBehind(books, id);
    const settled = await eventually(`the settling of ${left}`, async () => {
      const payment = await readPayment(clinic, left);
      return payment.status === 'completed' ? payment : null;
    });
    expect(settled).toMatchObject({ provider: 'manual', documentIds: [expect.any(String)] });
    expect((await listDocuments(clinic)).map(({ number }) => number).sort()).toEqual([1, 2]);
  });
});

describe('when the dealer changed between the day of payment and today', () => {
  it('the document is what the dealer was on the day of payment', async () => {
    const patur = { dealerType: 'osek_patur', vatRegistered: false };
    const clinic = await openWorkspace({ workspace: patur, provider: false });
    const changed = await admin('PATCH', `/v1/workspaces/${clinic.id}`, {
      dealerType: 'osek_murshe',
      vatRegistered: true,
    });
    expect(changed.status).toBe(200);
    expect(await paperOf(clinic, await record(clinic, {}))).toMatchObject({ type: 'receipt', vat: 0 });
  });
});

/** A second payment as it stands when the API dies right after writing: over a minute old, no workflow. Its id. */
async function leaveBehind({ query }: Books, likeId: string): Promise<string> {
  const id = `pay_${'0'.repeat(10)}${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  await query(
    `INSERT INTO payments (id, workspace_id, provider, status, reference, description, amount, charge_amount, currency,
       vat_included, vat_treatment, created_at)
     SELECT $1, workspace_id, provider, 'creating', $1, description, amount, charge_amount, currency, vat_included,
       vat_treatment, now() - interval '2 minutes' FROM payments WHERE id = $2`,
    [id, likeId],
  );
  await query(
    `INSERT INTO manual_payments (payment_id, workspace_id, method, paid_on, paid_at)
     SELECT $1, workspace_id, method, paid_on, paid_at FROM manual_payments WHERE payment_id = $2`,
    [id, likeId],
  );
  return id;
}
