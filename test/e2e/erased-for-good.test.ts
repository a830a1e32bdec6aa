import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createAuditChain } from '../../src/db/audit-chain.ts';
import { listAudit } from '../../src/db/audit-log.ts';
import { createPool } from '../../src/db/pool.ts';
import { newId } from '../../src/domain/ids.ts';
import { readMasterKeys } from '../../src/secrets.ts';
import { mintKey, openWorkspace, signedCallback } from '../api/rig.ts';
import { readEncryptionKeys, readEnvironment } from '../support/environment.ts';
import { searchDatabase } from '../support/search-database.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import {
  call,
  eventually,
  openClinic,
  openPayment,
  readTimeline,
  theDocumentOf,
  untilReview,
  untilStatus,
} from './support/clinic.ts';
import type { Clinic, PaymentBody, TestWorkspace } from './support/clinic.ts';
import { record } from './support/manual.ts';
import { documentsOf, resolve } from './support/paid-payments.ts';
import { refundAtVendor } from './support/vendor-refunds.ts';
import { payAtVendor } from './support/vendors.ts';

let books: Books;
beforeAll(() => {
  books = openBooks();
});
afterAll(() => books.close());

/** Words that stand nowhere else. */
function plant() {
  const own = randomUUID().slice(0, 8);
  return { name: `Planted${own}`, email: `planted-${own}@example.com` };
}

const post = <Body = PaymentBody>(
  { key }: Pick<TestWorkspace, 'key'>,
  path: string,
  { body = {}, why }: { readonly body?: object; readonly why?: string } = {},
) =>
  call<Body>('POST', path, {
    key,
    body,
    headers: { 'idempotency-key': randomUUID(), ...(why === undefined ? {} : { 'tashlum-reason': why }) },
  });

/** Erases by e-mail; asks again while a mail to the person is being sent. */
async function erase(clinic: TestWorkspace, email: string, why?: string) {
  const key = await mintKey(clinic.id, ['customers:erase']);
  return eventually('the erasure', async () => {
    const wish = { body: { email }, ...(why === undefined ? {} : { why }) };
    const answer = await post<{ paymentIds: string[]; erased: Record<string, number> }>(
      { key },
      '/v1/customers/erase',
      wish,
    );
    if (answer.status === 409 && answer.headers.has('retry-after')) return null;
    expect(answer).toMatchObject({ status: 200 });
    return answer.json;
  });
}

async function paidBy(clinic: TestWorkspace, customer: object): Promise<PaymentBody> {
  const { id } = await openPayment(clinic, { customer });
  await payAtVendor(id);
  return untilStatus(clinic, id, 'completed');
}

const placesOf = async (...planted: readonly string[]): Promise<string[]> =>
  [...new Set((await searchDatabase(books, planted)).map(({ place }) => place))].sort();

describe('what people wrote into the audit log about an erased person', () => {
  it('goes with the person: why they did something, and why they recorded it so late', async () => {
    const { name, email } = plant();
    const clinic = await openClinic();
    const payment = await paidBy(clinic, { name: 'Somebody', email });
    await openPayment(clinic, { customer: { name, email } }).then(({ id }) =>
      post(clinic, `/v1/payments/${id}/cancel`, { why: `${name} cancelled` }).then(() =>
        untilStatus(clinic, id, 'cancelled'),
      ),
    );
    await post(clinic, `/v1/payments/${payment.id}/refunds`, {
      body: { amount: 1_000, reason: `asked by ${name}` },
      why: `${name} called`,
    });
    await untilStatus(clinic, payment.id, 'partially_refunded');
    await record(clinic, { customer: { email }, lateReason: `${name} paid long ago` });
    await post(clinic, `/v1/documents/${theDocumentOf(payment)}/email`, {
      body: { email },
      why: `${name} lost it`,
    });
    expect(await placesOf(name)).toContain('public.audit_log.reason');

    await erase(clinic, email, `${name} wrote to us`);
    // The credit document prints why it was made, and stays by law.
    expect(await placesOf(name, email)).toEqual(['public.tax_documents.content']);
    const { json } = await call<{ data: { action: string; reason: string | null }[] }>(
      'GET',
      '/v1/audit?limit=200',
      { key: clinic.key },
    );
    const erased = json.data.filter(({ reason }) => reason === '[erased]').map(({ action }) => action);
    expect(erased.sort()).toEqual([
      'customer.erased',
      'document.email_asked',
      'payment.cancel_asked',
      'payment.recorded',
      'refund.created',
    ]);
    const chain = createAuditChain(readMasterKeys(readEncryptionKeys()));
    const connectionString = readEnvironment().databaseUrl;
    const pool = createPool({ connectionString, max: 1, onError: () => undefined });
    const entries = await listAudit(pool, clinic.id);
    await pool.end();
    expect(chain.findBreak(entries)).toBeNull();
  });
});

describe('a cheque of an erased person', () => {
  it('leaves no bank and no account where no document bears them', async () => {
    const { email } = plant();
    const [bank, account] = ['91', String(10_000_000 + Math.floor(Math.random() * 9e7))];
    const clinic = await openWorkspace({ provider: false });
    await record(clinic);
    await books.query(
      'UPDATE document_counters SET last_number = 9223372036854775807 WHERE workspace_id = $1',
      [clinic.id],
    );
    const check = { bank, branch: '613', account, number: '71', dueDate: todayInIsrael() };
    const order = { amount: 5_000, description: 'Advice', customer: { email }, paidOn: todayInIsrael() };
    const one = { ...order, reference: randomUUID(), method: 'check', check };
    const several = {
      ...order,
      reference: randomUUID(),
      means: [
        { method: 'check', amount: 3_000, check },
        { method: 'cash', amount: 2_000 },
      ],
    };
    for (const body of [one, several]) {
      const { status, json } = await post(clinic, '/v1/payments/manual', { body });
      expect([status, json]).toEqual([202, expect.anything()]);
      await untilReview(clinic, json.id, 'reconciliation');
      await resolve(clinic, json.id, { action: 'dismiss' });
      await untilStatus(clinic, json.id, 'cancelled');
      expect(await documentsOf(clinic, json.id)).toEqual([]);
    }
    expect(await placesOf(account)).toEqual([
      'public.manual_payments.check_details',
      'public.manual_payments.means',
    ]);
    await erase(clinic, email);
    expect(await placesOf(account)).toEqual([]);
  });
});

describe('a statement of an erased person', () => {
  it.each(['queued', 'running'])('that is %s is not made any more', async (status) => {
    const { email } = plant();
    const clinic = await openClinic();
    const payment = await paidBy(clinic, { email });
    const id = newId('export');
    // Of a worker that waits, or is at it: nobody is told of this row.
    await books.query(
      `INSERT INTO exports (id, workspace_id, kind, format, from_day, to_day, locale, currency, options, status, attempt, started_at)
       VALUES ($1, $2, 'patient-statement', 'pdf', '2026-01-01', '2027-01-01', 'he', 'ILS', $3, $4, 1, now())`,
      [id, clinic.id, JSON.stringify({ paymentId: payment.id }), status],
    );
    if (status === 'running')
      await books.query(
        `INSERT INTO export_pieces (export_id, attempt, number, workspace_id, bytes) VALUES ($1, 1, 0, $2, 'part')`,
        [id, clinic.id],
      );
    expect((await erase(clinic, email)).erased).toMatchObject({ statements: 1 });
    const left = await books.query<{ status: string; pieces: number }>(
      `SELECT status, (SELECT count(*)::int FROM export_pieces p WHERE p.export_id = e.id) AS pieces FROM exports e WHERE id = $1`,
      [id],
    );
    expect(left).toEqual([{ status: 'cancelled', pieces: 0 }]);
  });
});

describe('what a vendor tells of an erased person', () => {
  it('is heard, and nothing of it is kept but what the books need', async () => {
    const { name, email } = plant();
    const clinic = await openClinic();
    const payment = await paidBy(clinic, { name, email });
    await erase(clinic, email);

    const { body, headers } = signedCallback(clinic.secretKey, payment.id);
    const answer = await fetch(clinic.webhookUrl, { method: 'POST', body, headers });
    expect(answer.status).toBe(200);
    const inbox = await books.inboxOf(payment.id);
    expect(inbox.length).toBeGreaterThan(1);
    await refundAtVendor(payment.id, 1_000);
    await untilStatus(clinic, payment.id, 'partially_refunded');
    expect(await keptOf(payment)).toEqual([]);
    expect(
      await books.query(
        'SELECT id FROM provider_transactions WHERE payment_id = $1 AND payer_name IS NOT NULL',
        [payment.id],
      ),
    ).toEqual([]);
  });

  const keptOf = ({ id }: PaymentBody) =>
    books.query(
      `SELECT id FROM provider_events WHERE payment_id = $1
         AND (body_sealed IS NOT NULL OR headers_sealed IS NOT NULL OR remote_address IS NOT NULL)`,
      [id],
    );
});

describe('a mail to an erased person', () => {
  /** A mail that waits for a later try, perhaps after one whose answer was lost. */
  async function waitingMail(payment: PaymentBody, lostAnswers: number): Promise<string> {
    const id = newId('mail');
    await books.query(
      `INSERT INTO mails (id, workspace_id, payment_id, kind, document_id, variant, recipient, locale, due_at, attempts, lost_answers)
       VALUES ($1, $2, $3, 'document', $4, 'original', $5, 'he', now() + interval '1 hour', $6, $6)`,
      [
        id,
        payment.workspaceId,
        payment.id,
        theDocumentOf(payment),
        `waits-${randomUUID()}@example.com`,
        lostAnswers,
      ],
    );
    return id;
  }

  it('that waited and is not sent stands on the timeline, once', async () => {
    const { email } = plant();
    const clinic = await openClinic();
    const payment = await paidBy(clinic, { email });
    await waitingMail(payment, 0);
    await erase(clinic, email);
    const dropped = (await readTimeline(clinic, payment.id)).filter(({ kind }) => kind === 'mail_dropped');
    expect(dropped.map(({ summary }) => summary)).toEqual([
      'The document was not mailed: the payer was erased on request',
    ]);
    const original = await originalOf(clinic, payment);
    expect(original).toMatchObject({ status: 200 });
  });

  it('has left with its original where the answer of the mail server was lost: it leaves no second time', async () => {
    const { email } = plant();
    const clinic = await openClinic();
    const payment = await paidBy(clinic, { email });
    await waitingMail(payment, 1);
    await erase(clinic, email);
    expect(await originalOf(clinic, payment)).toMatchObject({ status: 409, json: { code: 'original_left' } });
  });

  const originalOf = (clinic: Clinic, payment: PaymentBody) =>
    eventually('the original, or why not', async () => {
      const path = `/v1/documents/${theDocumentOf(payment)}/pdf?original=true`;
      const answer = await call<{ code?: string }>('GET', path, { key: clinic.key });
      return answer.status === 409 && answer.headers.has('retry-after') ? null : answer;
    });
});
