import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '#jest';
import {
  call,
  control,
  createPayment,
  openPayment,
  openWorkspace,
  order,
  payAtVendor,
  untilLinked,
  untilStatus,
} from './rig.ts';
import type { PageBody, PaymentBody, ProblemBody, TestWorkspace } from './rig.ts';
import { arm, clearFaults } from '../support/faults.ts';

const post = (clinic: TestWorkspace, body: object, key: string) =>
  call<PaymentBody & ProblemBody>('POST', '/v1/payments', {
    key: clinic.key,
    body,
    headers: { 'idempotency-key': key },
  });

describe('a payment', () => {
  let clinic: TestWorkspace;
  beforeAll(async () => {
    clinic = await openWorkspace();
  });

  it('is answered with its link, and reads the same afterwards', async () => {
    const before = Date.now();
    const made = await openPayment(clinic, { metadata: { table: '4' } });
    expect(made).toMatchObject({
      workspaceId: clinic.id,
      status: 'pending',
      outcome: 'known',
      nextCheckAt: null,
      review: null,
      amount: 35_000,
      currency: 'ILS',
      vatIncluded: true,
      provider: 'payplus',
      method: null,
      means: [],
      subject: null,
      customer: null,
      items: null,
      metadata: { table: '4' },
      documentIds: [],
      capturedAmount: 0,
      refundedAmount: 0,
      paidAt: null,
      completedAt: null,
    });
    expect(made.link?.url).toMatch(/\/pay\/[\w-]{22,}$/);
    const days = (Date.parse(made.expiresAt) - before) / 86_400_000;
    expect(Math.round(days)).toBe(30);
    const read = await call<PaymentBody>('GET', `/v1/payments/${made.id}`, { key: clinic.key });
    expect(read.json).toEqual(made);
    const { json: checkouts } = await control<{ amount: number; description: string }[]>(
      'GET',
      `checkouts?reference=${made.id}`,
    );
    expect(checkouts).toMatchObject([{ amount: 35_000, description: 'תשלום' }]);
  });

  it('asks the payer for the VAT on top where the amount is before VAT', async () => {
    const made = await openPayment(clinic, { amount: 10_000, vatIncluded: false });
    const { json } = await control<{ amount: number }[]>('GET', `checkouts?reference=${made.id}`);
    expect([made.amount, json[0]?.amount]).toEqual([10_000, 11_800]);
  });

  it('is made once for one key, however often it is sent', async () => {
    const [body, key] = [order(), randomUUID()];
    const first = await post(clinic, body, key);
    const again = await post(clinic, body, key);
    const quoted = await post(clinic, body, `"${key}"`);
    expect([first.status, again.status, quoted.status]).toEqual([201, 201, 201]);
    expect([again.json, quoted.json]).toEqual([first.json, first.json]);
  });

  it('is made once when twenty twins come at the same time', async () => {
    const [body, key] = [order(), randomUUID()];
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(clinic, body, key)));
    const made = answers.filter(({ status }) => status === 201);
    const running = answers.filter(({ status }) => status === 409);
    expect(made.length + running.length).toBe(20);
    expect(new Set(made.map(({ json }) => json.id)).size).toBe(1);
    for (const answer of running) {
      expect(answer.json.code).toBe('idempotency_in_progress');
      expect(answer.headers.get('retry-after')).toBe('1');
    }
  });

  it('is not made where the key was used for another body, is missing, or too long', async () => {
    const key = randomUUID();
    expect((await post(clinic, order(), key)).status).toBe(201);
    const reused = await post(clinic, order(), key);
    expect([reused.status, reused.json.code]).toEqual([422, 'idempotency_key_reused']);
    const without = await call('POST', '/v1/payments', { key: clinic.key, body: order() });
    expect([without.status, without.json.code]).toEqual([400, 'idempotency_key_required']);
    for (const bad of ['x'.repeat(256), 'a b\u00e9', '""']) {
      const answer = await post(clinic, order(), bad);
      expect([bad, answer.status, answer.json.code]).toEqual([bad, 400, 'idempotency_key_invalid']);
    }
    expect((await post(clinic, order(), 'x'.repeat(255))).status).toBeLessThan(300);
  });

  it('keeps its reference, and who wants it too is told whose it is and keeps the key', async () => {
    const [body, key] = [order(), randomUUID()];
    const first = await post(clinic, body, randomUUID());
    const taken = await post(clinic, body, key);
    expect(taken).toMatchObject({
      status: 409,
      json: { code: 'reference_taken', paymentId: first.json.id, paymentStatus: 'pending' },
    });
    expect((await post(clinic, { ...body, reference: randomUUID() }, key)).status).toBe(201);
  });

  it('uses its key for nothing where it is refused', async () => {
    const [body, key] = [order(), randomUUID()];
    expect((await post(clinic, { ...body, amount: 0 }, key)).status).toBe(422);
    expect((await post(clinic, body, key)).status).toBe(201);
  });

  it('that has no link yet says where to read it, and the same key shows it as it is later', async () => {
    const [body, key] = [order(), randomUUID()];
    await arm(clinic.account, { operation: 'create_link', fault: 'slow', delayMs: 6_500, times: 2 });
    const early = await post(clinic, body, key);
    expect(early).toMatchObject({ status: 202, json: { status: 'creating', link: null, paid: false } });
    expect(early.headers.get('location')).toBe(`/v1/payments/${early.json.id}`);
    expect(early.headers.get('retry-after')).toBe('1');
    const linked = await untilLinked(clinic, early.json.id);
    const late = await post(clinic, body, key);
    expect([late.status, late.json]).toEqual([201, linked]);
  });

  it('needs a provider, and may use the same key once there is one', async () => {
    const bare = await openWorkspace({ provider: false });
    const answer = await createPayment<ProblemBody>(bare);
    expect([answer.status, answer.json.code]).toEqual([409, 'no_payment_provider']);
  });

  it('is settled, documented and told about on its timeline', async () => {
    const { id } = await openPayment(clinic);
    await payAtVendor(id);
    const paid = await untilStatus(clinic, id, 'completed');
    expect(paid).toMatchObject({ capturedAmount: 35_000, method: 'card', means: [{ amount: 35_000 }] });
    expect(paid.documentIds).toHaveLength(1);
    const { json } = await call<PageBody<{ at: string; kind: string; summary: string }>>(
      'GET',
      `/v1/payments/${id}/timeline`,
      { key: clinic.key },
    );
    const kinds = json.data.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['link_ready', 'webhook', 'completed']));
    const times = json.data.map(({ at }) => at);
    expect(times).toEqual([...times].sort());
  });

  it('learns of money without a webhook when it is asked to check', async () => {
    const { id } = await openPayment(clinic);
    await payAtVendor(id, { webhook: 'never' });
    const checked = await call<PaymentBody>('POST', `/v1/payments/${id}/check`, { key: clinic.key });
    expect([checked.status, checked.json.status]).toEqual([200, 'completed']);
    const again = await call<PaymentBody>('POST', `/v1/payments/${id}/check`, { key: clinic.key, body: {} });
    expect([again.status, again.json.status]).toEqual([200, 'completed']);
  });

  it('whose page the provider refuses has failed', async () => {
    // The vendor's general error is tried again a few times: it may pass.
    await arm(clinic.account, { operation: 'create_link', fault: 'error_in_200', times: 50 });
    const made = await createPayment(clinic);
    expect(await untilStatus(clinic, made.json.id, 'failed')).toMatchObject({ link: null });
    await clearFaults(clinic.account);
  });
});

describe('the list of payments', () => {
  let clinic: TestWorkspace;
  const made: PaymentBody[] = [];
  beforeAll(async () => {
    clinic = await openWorkspace();
    for (const subject of ['a', 'b', 'a', 'b', 'a']) made.push(await openPayment(clinic, { subject }));
  });

  const list = (query: string) =>
    call<PageBody<PaymentBody>>('GET', `/v1/payments${query}`, { key: clinic.key }).then(({ json }) => json);
  const ids = (payments: readonly PaymentBody[]) => payments.map(({ id }) => id);

  it('goes newest first, page by page, without a gap or a double', async () => {
    const seen: string[] = [];
    let after: string | null = '';
    while (after !== null) {
      const page: PageBody<PaymentBody> = await list(`?limit=2${after && `&after=${after}`}`);
      expect(page.data.length).toBeLessThanOrEqual(2);
      seen.push(...ids(page.data));
      after = page.next;
    }
    expect(seen).toEqual(ids(made).reverse());
  });

  it('is narrowed by each filter', async () => {
    expect((await list('?subject=a')).data).toHaveLength(3);
    expect((await list('?status=pending&provider=payplus')).data).toHaveLength(5);
    expect((await list('?status=completed')).data).toHaveLength(0);
    expect((await list('?method=card')).data).toHaveLength(0);
    expect((await list('?review=amount_mismatch')).data).toHaveLength(0);
    expect((await list(`?paidFrom=${new Date(0).toISOString()}`)).data).toHaveLength(0);
    const third = made[2]?.createdAt ?? '';
    const [from, to] = [`?createdFrom=${third}`, `?createdTo=${third}`];
    expect([(await list(from)).data.length, (await list(to)).data.length]).toEqual([3, 2]);
  });
});
