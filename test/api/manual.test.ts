import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '#jest';
import { admin, call, createPayment, mintKey, openWorkspace, order, readPayment } from './rig.ts';
import type { PageBody, PaymentBody, ProblemBody, TestWorkspace } from './rig.ts';

const dayIn = (timeZone: string, inDays = 0) =>
  new Intl.DateTimeFormat('en-CA', { timeZone }).format(Date.now() + inDays * 86_400_000);
const TODAY = dayIn('Asia/Jerusalem');
const TOMORROW = dayIn('Asia/Jerusalem', 1);
const CHECK = { bank: '12', branch: '600', account: '123456', number: '5000123', dueDate: '2025-03-02' };
const cheque = (change: object) => ({ method: 'check', check: { ...CHECK, ...change } });
const item = { description: 'טיפול', quantity: 1, unitPrice: 35_000 };

const cash = (change: object = {}) =>
  order({ method: 'cash', paidOn: '2025-03-02', lateReason: 'found in the diary', ...change });

const record = <Body = PaymentBody & ProblemBody>(
  { key }: Pick<TestWorkspace, 'key'>,
  body: object,
  idempotencyKey: string = randomUUID(),
) => call<Body>('POST', '/v1/payments/manual', { key, body, headers: { 'idempotency-key': idempotencyKey } });

const listPayments = async ({ key }: TestWorkspace, query = '') =>
  (await call<PageBody<PaymentBody>>('GET', `/v1/payments?${query}`, { key })).json.data;

let clinic: TestWorkspace;
beforeAll(async () => {
  clinic = await openWorkspace({ provider: false });
});

describe('POST /v1/payments/manual', () => {
  const strict: [string, object][] = [
    ['#/amount', { amount: undefined }],
    ['#/amount', { amount: 0 }],
    ['#/amount', { amount: 1.5 }],
    ['#/amount', { amount: '100' }],
    ['#/currency', { currency: 'ILS' }],
    ['#/method', { method: undefined }],
    ['#/method', { method: null }],
    ['#/method', { method: 'paypal' }],
    ['#/method', { method: 'Cash' }],
    ['#/paidOn', { paidOn: undefined }],
    ['#/paidOn', { paidOn: null }],
    ['#/paidOn', { paidOn: '2025-02-30' }],
    ['#/paidOn', { paidOn: '02/03/2025' }],
    ['#/paidOn', { paidOn: '2025-03-02T10:00:00Z' }],
    ['#/paidOn', { paidOn: TOMORROW }],
    ['#/paidOn', { paidOn: '1999-12-31' }],
    ['#/paidOn', { paidOn: '2015-09-30' }],
    ['#/check', { method: 'check' }],
    ['#/check', { method: 'check', check: null }],
    ['#/check', { method: 'check', check: '5000123' }],
    ['#/check', { method: 'cash', check: CHECK }],
    ['#/check', { method: 'bank_transfer', check: CHECK }],
    ['#/check/bank', cheque({ bank: undefined })],
    ['#/check/bank', cheque({ bank: 12 })],
    ['#/check/branch', cheque({ branch: '' })],
    ['#/check/account', cheque({ account: '1'.repeat(31) })],
    ['#/check/number', cheque({ number: 'a\u0000' })],
    ['#/check/number', cheque({ number: ' ' })],
    ['#/check/dueDate', cheque({ dueDate: undefined })],
    ['#/check/dueDate', cheque({ dueDate: '2025-13-01' })],
    ['#/check/drawer', cheque({ drawer: 'Dana' })],
    ['#/notes', { notes: '' }],
    ['#/notes', { notes: 'x'.repeat(1_001) }],
    ['#/notes', { notes: 'a\nb' }],
    ['#/notes', { notes: null }],
    ['#/customer/taxId', { amount: 500_000, customer: { taxId: '123456789' } }],
    ['#/customer/taxId', { customer: { taxIdKind: 'company' } }],
    ['#/items', { items: [{ ...item, unitPrice: 34_999 }] }],
    ['#/items/0/quantity', { items: [{ ...item, quantity: 0 }] }],
    ['#/vatReason', { vatTreatment: 'exempt' }],
    ['#/vatIncluded', { vatIncluded: 'no' }],
    ['#/serviceDate', { serviceDate: '1990-01-01' }],
    ['#/subject', { subject: null }],
    ['#/metadata/a', { metadata: { a: 1 } }],
    ['#/description', { description: '' }],
    ['#/reference', { reference: undefined }],
    ['#/expiresAt', { expiresAt: '2030-01-01T00:00:00Z' }],
    ['#/successUrl', { successUrl: 'https://example.com/' }],
    ['#/methods', { methods: ['cash'] }],
    ['#/request', { request: { channel: 'email', at: 'immediately' } }],
  ];

  it.each(strict)('names the wrong field %s of %j', async (pointer, change) => {
    const answer = await record(clinic, cash(change));
    expect(answer.status).toBe(422);
    expect(answer.json.errors?.map((error) => error.pointer)).toContain(pointer);
    for (const { detail } of answer.json.errors ?? []) expect(detail.length).toBeGreaterThanOrEqual(10);
  });

  it('has written nothing of what it refused, and keeps no reference of it', async () => {
    expect(await listPayments(clinic)).toEqual([]);
    const body = cash({ amount: 0 });
    expect((await record(clinic, body)).status).toBe(422);
    expect((await record(clinic, { ...body, amount: 100 })).status).toBe(201);
  });

  it('calls a post-dated cheque that it cannot take by its name', async () => {
    const exempt = { vatTreatment: 'exempt', vatReason: 'section 31' };
    const { status, json } = await record(clinic, cash({ ...cheque({ dueDate: '2025-03-03' }), ...exempt }));
    expect([status, json.code]).toEqual([422, 'postdated_check_unsupported']);
  });

  it('takes a day in closed books, and dates the document today', async () => {
    const closing = await openWorkspace({ provider: false });
    const closed = await admin('PATCH', `/v1/workspaces/${closing.id}`, { booksClosedThrough: '2025-03-02' });
    expect(closed.status).toBe(200);
    const { json } = await record(closing, cash());
    const path = `/v1/documents/${json.documentIds[0] ?? ''}`;
    const document = await call<{ documentDate: string }>('GET', path, { key: closing.key });
    expect(document.json.documentDate).toBe(dayIn('Asia/Jerusalem'));
  });

  it('dates a document into the last period only while that counts as not reported', async () => {
    const lastOfLastMonth = dayIn('Asia/Jerusalem', -Number(TODAY.slice(8)));
    const reported = await openWorkspace({
      workspace: { vatReturn: { months: 1, reportedFromDay: 1 } },
      provider: false,
    });
    const days = [];
    for (const one of [clinic, reported]) {
      const { json } = await record(one, cash({ paidOn: lastOfLastMonth }));
      const path = `/v1/documents/${json.documentIds[0] ?? ''}`;
      days.push((await call<{ documentDate: string }>('GET', path, { key: one.key })).json.documentDate);
    }
    expect(days).toEqual([lastOfLastMonth, TODAY]);
    const { json } = await admin('PATCH', `/v1/workspaces/${reported.id}`, { vatReturn: { months: 2 } });
    expect(json).toMatchObject({ vatReturn: { months: 2, reportedFromDay: 1 } });
  });

  it('knows today by the time zone of the workspace', async () => {
    const timeZone = 'Pacific/Kiritimati';
    const early = await openWorkspace({ workspace: { timeZone }, provider: false });
    expect((await record(early, cash({ paidOn: dayIn(timeZone) }))).status).toBe(201);
    const refused = await record(early, cash({ paidOn: dayIn(timeZone, 1) }));
    expect(refused.json.errors?.[0]?.pointer).toBe('#/paidOn');
  });
});

describe('a payment that the business took itself', () => {
  it('is answered completed, with its document, and reads the same afterwards', async () => {
    const { status, json } = await record(clinic, cash({ subject: 'visit 17', metadata: { table: '4' } }));
    expect(status).toBe(201);
    expect(json).toMatchObject({
      status: 'completed',
      outcome: 'known',
      review: null,
      provider: 'manual',
      method: 'cash',
      amount: 35_000,
      capturedAmount: 35_000,
      currency: 'ILS',
      means: [{ method: 'cash', amount: 35_000 }],
      subject: 'visit 17',
      metadata: { table: '4' },
      link: null,
      expiresAt: null,
      paidAt: '2025-03-02T10:00:00.000Z',
      completedAt: expect.any(String),
      documentIds: [expect.any(String)],
    });
    expect(await readPayment(clinic, json.id)).toEqual(json);
    expect((await listPayments(clinic, 'provider=manual&subject=visit%2017')).map(({ id }) => id)).toEqual([
      json.id,
    ]);
  });

  it('today is paid now, not ahead of time', async () => {
    const before = Date.now();
    const { json } = await record<{ paidAt: string }>(clinic, cash({ paidOn: TODAY }));
    expect(Date.parse(json.paidAt)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(json.paidAt)).toBeLessThanOrEqual(Date.now());
  });

  it('is made once for one key, also when twins come at the same time', async () => {
    const [body, key] = [cash(), randomUUID()];
    const answers = await Promise.all(Array.from({ length: 10 }, () => record(clinic, body, key)));
    const made = answers.filter(({ status }) => status === 201);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(new Set(made.map(({ json }) => json.id)).size).toBe(1);
    const again = await record(clinic, body, key);
    expect(again.json).toEqual(made[0]?.json);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const other = await record(clinic, cash(), key);
    expect([other.status, other.json.code]).toEqual([422, 'idempotency_key_reused']);
  });

  it('needs a key', async () => {
    const answer = await call('POST', '/v1/payments/manual', { key: clinic.key, body: cash() });
    expect([answer.status, answer.json.code]).toEqual([400, 'idempotency_key_required']);
  });

  it('needs a reference that no other payment has, of whatever kind', async () => {
    const shop = await openWorkspace();
    const { reference } = (await createPayment(shop)).json;
    const taken = await record(shop, cash({ reference }));
    expect([taken.status, taken.json.code]).toEqual([409, 'reference_taken']);
    const own = cash();
    expect((await record(shop, own)).status).toBe(201);
    expect((await createPayment<ProblemBody>(shop, { reference: own.reference })).json.code).toBe(
      'reference_taken',
    );
  });

  it('is recorded by keys that may write payments, and by no other', async () => {
    const reader = await mintKey(clinic.id, ['payments:read', 'refunds:write']);
    expect((await record({ key: reader }, cash())).status).toBe(403);
    expect((await call('POST', '/v1/payments/manual', { body: cash() })).status).toBe(401);
  });

  it('cannot be cancelled, and a check of it says how it stands', async () => {
    const { json } = await record(clinic, cash());
    const cancelled = await call('POST', `/v1/payments/${json.id}/cancel`, { key: clinic.key });
    expect([cancelled.status, cancelled.json.code]).toEqual([409, 'already_paid']);
    const checked = await call<PaymentBody>('POST', `/v1/payments/${json.id}/check`, { key: clinic.key });
    expect([checked.status, checked.json]).toEqual([200, json]);
  });

  it('does not open the door to payments at a provider', async () => {
    const answer = await createPayment<ProblemBody>(clinic);
    expect([answer.status, answer.json.code]).toEqual([409, 'no_payment_provider']);
  });
});
