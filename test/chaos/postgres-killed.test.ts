import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '#jest';
import { order, signedCallback } from '../api/rig.ts';
import type { Reply } from '../api/rig.ts';
import { call, openClinic } from '../e2e/support/clinic.ts';
import { payAll, payAtVendor } from '../e2e/support/vendors.ts';
import { calm } from './support/calm.ts';
import { holdTable } from './support/held-table.ts';
import type { HeldTable } from './support/held-table.ts';
import { openPayments, paymentsOf } from './support/payments.ts';
import { kill, runningPid, whileDown } from './support/processes.ts';
import { expectRightBooks, inBooks } from './support/right-books.ts';
import { moment, recovered } from './support/recovered.ts';
import { transactionsOf } from '../e2e/support/vendor-refunds.ts';

let held: HeldTable | undefined;
beforeEach(calm);
afterEach(() => held?.release());

const expectUnavailable = (answer: Reply<{ code: string }>): void => {
  expect([answer.status, answer.json.code]).toEqual([503, 'unavailable']);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
};

describe('when PostgreSQL is killed', () => {
  it('in the middle of a request, the API answers 503 and neither it nor the worker ends', async () => {
    const clinic = await openClinic({ pushes: true });
    const pids = [runningPid('api'), runningPid('worker')];
    const create = {
      once: true,
      key: clinic.key,
      body: order(),
      headers: { 'idempotency-key': randomUUID() },
    };
    held = await holdTable('payments');
    const cut = call('POST', '/v1/payments', create);
    await held.caught(1);
    const postgres = kill('postgres');
    expectUnavailable(await cut);
    await postgres.restarted();
    const made = await recovered('the payment of the key', async () => {
      const answer = await call<{ id: string }>('POST', '/v1/payments', create);
      return answer.status === 503 ? null : answer;
    });
    expect(made.status).toBe(201);
    await payAtVendor(made.json.id);
    await expectRightBooks(clinic, [made.json.id]);
    expect([runningPid('api'), runningPid('worker')]).toEqual(pids);
  });

  it('in the middle of settling several payments, and again after the first of them, each is settled once and the worker lives on', async () => {
    const clinic = await openClinic({ pushes: true });
    const ids = await openPayments(clinic, 8);
    const worker = runningPid('worker');
    held = await holdTable('document_counters');
    await payAll(ids);
    await held.caught(3);
    await kill('postgres').restarted();
    await inBooks(({ query }) =>
      moment('the first document', async () => {
        const sql = 'SELECT 1 FROM tax_documents WHERE workspace_id = $1 LIMIT 1';
        return (await query(sql, [clinic.id])).length === 1;
      }),
    );
    await kill('postgres').restarted();
    await expectRightBooks(clinic, ids);
    expect(runningPid('worker')).toBe(worker);
  });

  it('a webhook that was refused meanwhile and never comes again delays its payment no longer than that', async () => {
    const clinic = await openClinic({ pushes: true });
    const [id = ''] = await openPayments(clinic, 1);
    await payAtVendor(id, { webhook: 'never' });
    const [charge] = await transactionsOf(id);
    const { body: raw, headers } = signedCallback(clinic.secretKey, id, charge?.id);
    await whileDown('postgres', async () => {
      expectUnavailable(await call('POST', clinic.webhookUrl, { once: true, raw, headers }));
    });
    await expectRightBooks(clinic, [id]);
  });

  it('the API answers 503 and never 2xx, also to a webhook, and what comes again after it is back is done', async () => {
    const clinic = await openClinic({ pushes: true });
    const [id = ''] = await openPayments(clinic, 1);
    await payAtVendor(id, { webhook: 'never' });
    const [charge] = await transactionsOf(id);
    const webhook = signedCallback(clinic.secretKey, id, charge?.id);
    const tell = () =>
      call('POST', clinic.webhookUrl, { once: true, raw: webhook.body, headers: webhook.headers });
    const create = {
      once: true,
      key: clinic.key,
      body: order(),
      headers: { 'idempotency-key': randomUUID() },
    };
    await whileDown('postgres', async () => {
      expectUnavailable(await tell());
      expectUnavailable(await call('GET', `/v1/payments/${id}`, { once: true, key: clinic.key }));
      expectUnavailable(await call('POST', '/v1/payments', create));
    });
    const told = await recovered('the webhook', async () => {
      const answer = await tell();
      return answer.status === 503 ? null : answer;
    });
    expect(told.status).toBe(200);
    const made = await call<{ id: string }>('POST', '/v1/payments', { ...create, once: false });
    expect(made.status).toBe(201);
    await payAtVendor(made.json.id);
    await expectRightBooks(clinic, [id, made.json.id]);
    expect(await paymentsOf(clinic)).toEqual([id, made.json.id]);
  });
});
