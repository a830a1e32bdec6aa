import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { dayAfter } from '../../src/domain/calendar.ts';
import { mintKey } from '../api/rig.ts';
import type { ProblemBody } from '../api/rig.ts';
import { startReceiver } from '../support/event-receiver.ts';
import type { EventReceiver } from '../support/event-receiver.ts';
import { searchDatabase } from '../support/search-database.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';
import { record } from './support/accountant-clinic.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import {
  call,
  createPayment,
  eventually,
  openClinic,
  openPayment,
  readPayment,
  readTimeline,
  untilStatus,
} from './support/clinic.ts';
import type { Clinic, PaymentBody } from './support/clinic.ts';
import { fetchExport } from './support/exports.ts';
import { refund } from './support/refunds.ts';
import { payAtVendor } from './support/vendors.ts';

interface Erased {
  readonly paymentIds: readonly string[];
  readonly erased: Readonly<Record<string, number>>;
  readonly kept: readonly { readonly what: string; readonly count: number; readonly until: string | null }[];
  readonly alsoAt: readonly string[];
}

/** Words that stand nowhere else. */
const own = randomUUID().slice(0, 8);
const NAME = `Planted${own}`;
const EMAIL = `planted-${own}@example.com`;
const PHONE = `0525${String(Math.floor(Math.random() * 1e6)).padStart(6, '0')}`;
const PATIENT = `Patient${own}`;
const SUBJECT = `subject-${own}`;
const WORD = `secretword${own}`;
/** No other test has a session on this day: all tests share one database. */
const SESSION = '1931-02-17';
const person = {
  subject: SUBJECT,
  customer: { name: NAME, email: EMAIL, phone: PHONE, taxId: '123456782', address: { city: 'Haifa' } },
  patient: { name: PATIENT },
  sessionDates: [SESSION],
  metadata: { room: '7', payer: NAME },
  successUrl: `https://app.example.com/?who=${encodeURIComponent(EMAIL)}`,
};

let clinic: Clinic;
let eraser: string;
let books: Books;
let receiver: EventReceiver;
let paid: PaymentBody;
let unpaid: PaymentBody;
const paymentKey = randomUUID();
beforeAll(async () => {
  books = openBooks();
  receiver = await startReceiver();
  receiver.answer((_received, response) => response.end(`thanks, ${EMAIL}`));
  clinic = await openClinic();
  eraser = await mintKey(clinic.id, ['customers:erase']);
  await call('POST', '/v1/webhook-endpoints', { key: clinic.key, body: { url: receiver.url } });
});
afterAll(() => Promise.all([books.close(), receiver.close()]));

const erase = <Body = Erased>(body: object, key = eraser) =>
  call<Body>('POST', '/v1/customers/erase', { key, body });

/** Asks again while a mail to the person is being sent. */
const eraseBetweenMails = (body: object) =>
  eventually('the erasure', async () => {
    const answer = await erase<Erased & Partial<ProblemBody>>(body);
    return answer.status === 409 && answer.headers.has('retry-after') ? null : answer;
  });

const post = (path: string, body: object) =>
  call<{ id: string }>('POST', path, {
    key: clinic.key,
    body,
    headers: { 'idempotency-key': randomUUID() },
  });

const cancel = async ({ id }: PaymentBody): Promise<PaymentBody> => {
  await post(`/v1/payments/${id}/cancel`, {});
  return untilStatus(clinic, id, 'cancelled');
};

describe('erasing a customer', () => {
  it('is refused while one of the payments is open, which it names, and nothing is erased', async () => {
    const made = await createPayment(clinic, { ...person, description: 'Advice' }, paymentKey);
    paid = made.json;
    const { status, json } = await erase<ProblemBody & { paymentId?: string }>({ email: EMAIL });
    expect([status, json.code, json.paymentId]).toEqual([409, 'conflict', paid.id]);
    expect((await readPayment(clinic, paid.id)).customer?.name).toBe(NAME);
  });

  it('is refused while the tax invoice of its cheques is owed, which will name the payer', async () => {
    const clinicOfCheques = await openClinic();
    const key = await mintKey(clinicOfCheques.id, ['customers:erase']);
    const customer = { name: `Cheques${own}`, email: `cheques-${own}@example.com` };
    const [paidOn, dueDate] = [todayInIsrael(), dayAfter(todayInIsrael())];
    const check = { bank: '12', branch: '613', account: '448811', number: '71', dueDate };
    const { id } = await record(clinicOfCheques, {
      amount: 11_800,
      method: 'check',
      paidOn,
      check,
      customer,
    });
    await untilStatus(clinicOfCheques, id, 'completed');
    const { status, json } = await erase<ProblemBody & { paymentId?: string }>(
      { email: customer.email },
      key,
    );
    expect([status, json.code, json.paymentId]).toEqual([409, 'conflict', id]);
    expect(json.detail).toContain('tax invoice');
    await refund(clinicOfCheques, id, { reason: 'the cheque bounced' });
    expect((await erase({ email: customer.email }, key)).json.paymentIds).toEqual([id]);
  });

  it('leaves nothing of the person in the whole database but on the documents', async () => {
    await payAtVendor(paid.id);
    paid = await untilStatus(clinic, paid.id, 'completed');
    await refund(clinic, paid.id, { amount: 1_000, reason: `asked by ${NAME}` });
    await untilStatus(clinic, paid.id, 'partially_refunded');
    unpaid = await cancel(
      await openPayment(clinic, { ...person, reference: `of-${NAME}`, description: `${WORD} ${NAME}` }),
    );
    const manual = { amount: 5_000, method: 'cash', paidOn: todayInIsrael(), notes: `${NAME} came late` };
    const { id: manualId } = await record(clinic, {
      ...manual,
      patient: { name: PATIENT, taxId: '123456782' },
    });
    await untilStatus(clinic, manualId, 'completed');
    await post(`/v1/documents/${paid.documentIds[0] ?? ''}/email`, { email: EMAIL.toUpperCase() });
    await fetchExport(clinic, { kind: 'patient-statement', format: 'pdf', options: { paymentId: paid.id } });
    // What endpoints answer after the erasure is the app's own word.
    await eventually('every event at the endpoint', async () => {
      const waiting = await books.query(
        `SELECT FROM event_deliveries WHERE workspace_id = $1 AND status = 'waiting'`,
        [clinic.id],
      );
      return waiting.length === 0 ? true : null;
    });
    const planted = [NAME, EMAIL, PHONE.slice(1), PATIENT, SUBJECT, WORD, SESSION];
    expect((await searchDatabase(books, planted)).length).toBeGreaterThan(10);

    const { status, json } = await eraseBetweenMails({ email: EMAIL.toUpperCase(), taxId: '123456782' });
    expect([status, [...json.paymentIds].sort()]).toEqual([200, [paid.id, unpaid.id, manualId].sort()]);
    expect(json.erased).toMatchObject({ payments: 3, remarks: 2, statements: 1 });
    for (const what of ['webhooks', 'storedAnswers', 'endpointAnswers', 'mails'])
      expect([what, json.erased[what]]).toEqual([what, expect.any(Number)]);
    expect(json.erased['webhooks']).toBeGreaterThan(0);
    expect(json.erased['storedAnswers']).toBeGreaterThan(0);
    expect(json.alsoAt).toEqual(['payplus']);
    expect(json.kept).toContainEqual(
      expect.objectContaining({
        what: 'documents',
        count: 3,
        until: `${Number(todayInIsrael().slice(0, 4)) + 7}-12-31`,
      }),
    );

    const left = await searchDatabase(books, planted);
    const places = [
      ...new Set(left.map(({ place, text }) => `${place} ${text === NAME ? 'name' : text}`)),
    ].sort();
    expect(places).toEqual(
      [
        'public.payments.customer name',
        'public.tax_documents.content name',
        `public.tax_documents.content ${PHONE.slice(1)}`,
      ].sort(),
    );
  });

  it('keeps on a payment with a document what the document says, and amounts everywhere', async () => {
    const now = await readPayment(clinic, paid.id);
    expect(now).toMatchObject({
      status: 'partially_refunded',
      amount: 35_000,
      description: 'Advice',
      customer: { name: NAME, address: { city: 'Haifa' } },
      subject: null,
      patient: null,
      metadata: { room: '7' },
    });
    const { reference, description, customer, metadata } = await readPayment(clinic, unpaid.id);
    expect([reference, description, customer, metadata]).toEqual([
      `erased ${unpaid.id}`,
      '[erased]',
      null,
      { room: '7' },
    ]);
    const kinds = (await readTimeline(clinic, unpaid.id)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'erased')).toHaveLength(1);
  });

  it('uses up the keys of what was erased: no payment is made twice', async () => {
    const again = await createPayment<ProblemBody>(
      clinic,
      { ...person, reference: paid.reference, description: 'Advice' },
      paymentKey,
    );
    expect([again.status, again.json.code]).toEqual([409, 'idempotency_answer_gone']);
    expect(again.json.detail).toContain(paid.id);
  });

  it('finds nothing more the second time', async () => {
    const { status, json } = await erase({ email: EMAIL, taxId: '123456782' });
    expect([status, json.paymentIds, json.erased['payments'], json.erased['mails']]).toEqual([200, [], 0, 0]);
  });

  it('still lets the payment be refunded and its document be printed', async () => {
    const given = await refund(clinic, paid.id, { amount: 2_000, reason: 'again' });
    expect(given.json.status).toBe('completed');
    const pdf = await eventually('the copy', async () => {
      const answer = await call('GET', `/v1/documents/${paid.documentIds[0] ?? ''}/pdf`, {
        key: clinic.key,
      });
      return answer.status === 409 ? null : answer;
    });
    expect(pdf.status).toBe(200);
  });

  it('is in the audit log, which says by what and not whom', async () => {
    const { json } = await call<{ data: { action: string; detail: Record<string, unknown> }[] }>(
      'GET',
      '/v1/audit?action=customer.erased',
      { key: clinic.key },
    );
    expect(json.data.map(({ detail }) => detail['by'])).toEqual([
      ['email', 'taxId'],
      ['email', 'taxId'],
    ]);
    expect(JSON.stringify(json.data)).not.toContain(EMAIL);
  });

  it('needs its own scope, and is about one workspace alone', async () => {
    expect((await erase<ProblemBody>({ email: EMAIL }, clinic.key)).json.code).toBe('insufficient_scope');
    const other = await openClinic();
    const { id } = await openPayment(other, person);
    expect((await erase({ email: EMAIL })).json.paymentIds).toEqual([]);
    expect((await readPayment(other, id)).customer?.name).toBe(NAME);
  });

  it.each([
    [{}, '#'],
    [{ email: 'nobody' }, '#/email'],
    [{ phone: '12' }, '#/phone'],
    [{ taxId: '123' }, '#/taxId'],
    [{ email: EMAIL, name: 'Dana' }, '#/name'],
  ])('refuses %j with a sentence', async (body, pointer) => {
    const { status, json } = await erase<ProblemBody>(body);
    expect([status, json.errors?.map((one) => one.pointer)]).toEqual([422, [pointer]]);
  });
});
