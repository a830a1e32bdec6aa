import { randomUUID } from 'node:crypto';
import { request as send } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { readEnvironment } from '../support/environment.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { call, createPayment, openPayment, openWorkspace, order } from './rig.ts';
import type { PaymentBody, ProblemBody, TestWorkspace } from './rig.ts';

let clinic: TestWorkspace;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  clinic = await openWorkspace();
});
afterAll(() => books.close());

/** Sends headers as they are: `fetch` would join two of a name. */
function post(
  path: string,
  headers: readonly string[],
  body: string,
): Promise<{ status: number; json: Record<string, unknown> }> {
  const { hostname, port } = new URL(readEnvironment().apiUrl);
  const own = ['Authorization', `Bearer ${clinic.key}`, 'Content-Type', 'application/json'];
  const length = ['Host', hostname, 'Content-Length', String(Buffer.byteLength(body))];
  return new Promise((resolve, reject) => {
    const outgoing = send(
      { hostname, port, path, method: 'POST', headers: [...own, ...length, ...headers] },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => (text += part));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, json: JSON.parse(text) as Record<string, unknown> }),
        );
      },
    );
    outgoing.on('error', reject).end(Buffer.from(body));
  });
}

const actorsOf = (id: string) =>
  books.query<{ actor: string; reason: string }>(
    'SELECT actor, reason FROM audit_log WHERE subject_id = $1',
    [id],
  );

describe('an idempotency key', () => {
  it('that comes twice in one request is refused', async () => {
    const answer = await post(
      '/v1/payments',
      ['Idempotency-Key', 'a', 'Idempotency-Key', 'b'],
      JSON.stringify(order()),
    );
    expect([answer.status, answer.json['code']]).toEqual([400, 'idempotency_key_invalid']);
  });

  it('is the same though the path or the JSON is spelled otherwise', async () => {
    const key = ['Idempotency-Key', randomUUID()];
    const { reference } = order();
    const first = await post(
      '/v1/payments',
      key,
      JSON.stringify({ amount: 500, description: 'א', reference }),
    );
    const second = await post(
      '/v1/Payments/',
      key,
      `{ "reference": "${reference}", "description": "\\u05d0", "amount": 5e2 }`,
    );
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.json).toEqual(first.json);
  });
});

describe('a refund under one key', () => {
  it('is the same though the id in the path is spelled otherwise', async () => {
    const paid = await post(
      '/v1/payments/manual',
      ['Idempotency-Key', randomUUID()],
      JSON.stringify(order({ method: 'cash', paidOn: '2025-03-02', lateReason: 'found in the diary' })),
    );
    const id = String(paid.json['id']);
    const spellings = [id, id.replace('pay_', '%70ay_'), id.replace('_', '%5F')];
    const key = ['Idempotency-Key', randomUUID()];
    const body = JSON.stringify({ amount: 100, reason: 'part', method: 'cash', paidOn: '2025-03-03' });
    const answers = [];
    for (const one of spellings) answers.push(await post(`/v1/payments/${one}/refunds`, key, body));
    const [first] = answers;
    expect(first?.status).toBe(201);
    expect(answers.map(({ json }) => json)).toEqual(spellings.map(() => first?.json));
    const after = await call<PaymentBody>('GET', `/v1/payments/${id}`, { key: clinic.key });
    expect(after.json.refundedAmount).toBe(100);
  });
});

describe('a header that may come once', () => {
  it.each([
    ['Authorization', 'Bearer tsh_test_another'],
    ['Tashlum-Actor', 'Dana'],
    ['Tashlum-Reason', 'by phone'],
  ])('is refused where it comes twice, though both may say the same: %s', async (name, value) => {
    // Its key is sent with every request here, so a second one makes two.
    const given = name === 'Authorization' ? [name, value] : [name, value, name, value];
    const answer = await post(
      '/v1/payments',
      ['Idempotency-Key', randomUUID(), ...given],
      JSON.stringify(order()),
    );
    expect([answer.status, answer.json['code']]).toEqual([400, 'header_invalid']);
    expect(answer.json['detail']).toContain(name);
  });
});

describe('who acts, and why', () => {
  const headersOf = (actor: string) => [
    'Tashlum-Actor',
    actor,
    'Tashlum-Reason',
    Buffer.from('טלפון').toString('latin1'),
    'Idempotency-Key',
    randomUUID(),
  ];

  it('is kept in Hebrew as it was sent', async () => {
    const made = await post(
      '/v1/payments',
      headersOf(Buffer.from('דנה לוי').toString('latin1')),
      JSON.stringify(order()),
    );
    expect(made.status).toBe(201);
    const [entry] = await actorsOf(String(made.json['id']));
    expect(entry?.actor).toMatch(/^דנה לוי \(/);
    expect(entry?.reason).toBe('טלפון');
  });

  it('is refused in another encoding', async () => {
    const answer = await post('/v1/payments', headersOf('Ren\u00e9'), JSON.stringify(order()));
    expect([answer.status, answer.json['code']]).toEqual([400, 'header_invalid']);
  });
});

describe('a payment', () => {
  it('keeps numbers in the form in which they were checked', async () => {
    const customer = { phone: '\u200e+972 (0)50‑123.4567', taxId: '18010', email: 'r&d@xn--9dbne9b.co.il' };
    const made = await openPayment(clinic, { customer });
    const read = await call<PaymentBody & { customer: object }>('GET', `/v1/payments/${made.id}`, {
      key: clinic.key,
    });
    expect(read.json.customer).toEqual({ ...customer, phone: '+972501234567', taxId: '000018010' });
  });

  it.each<[string, object]>([
    ['#/description', { description: '\u200b\u3164' }],
    ['#/customer/name', { customer: { name: '\ufeff' } }],
    ['#/customer/taxId', { customer: { taxId: '000000000' } }],
    ['#/customer/phone', { customer: { phone: '12345' } }],
    ['#/customer/email', { customer: { email: `${'x'.repeat(65)}@example.com` } }],
    ['#/successUrl', { successUrl: ' https://example.com' }],
    ['#/successUrl', { successUrl: 'https:example.com' }],
    ['#/cancelUrl', { cancelUrl: 'https://example.com\\@evil.example' }],
    ['#/metadata/__proto__', { metadata: JSON.parse('{"__proto__": "a"}') as object }],
  ])('is refused at %s: %j', async (pointer, change) => {
    const answer = await createPayment<ProblemBody>(clinic, change);
    expect([answer.status, answer.json.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });
});
