import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '#jest';
import { call, openClinic } from '../e2e/support/clinic.ts';
import type { PaymentBody, TestWorkspace } from '../e2e/support/clinic.ts';
import { order } from '../api/rig.ts';
import type { ProblemBody } from '../api/rig.ts';
import { answeredDeliveries, payAtVendor } from '../e2e/support/vendors.ts';
import { calm } from './support/calm.ts';
import { holdTable } from './support/held-table.ts';
import type { HeldTable } from './support/held-table.ts';
import { firstPaymentOf, openPayments, paymentsOf, SLOW, vendorIsAsked } from './support/payments.ts';
import { kill, pause, proceed } from './support/processes.ts';
import { expectRightBooks, inBooks } from './support/right-books.ts';
import { recovered } from './support/recovered.ts';
import { arm } from '../support/faults.ts';

let held: HeldTable | undefined;
beforeEach(calm);
afterEach(async () => {
  await held?.release();
  proceed('temporal');
});

/** One request that can be sent again and again. */
const requestOf = (clinic: TestWorkspace) => {
  const key = randomUUID();
  const body = order();
  const send = () =>
    call<PaymentBody & ProblemBody>('POST', '/v1/payments', {
      key: clinic.key,
      body,
      headers: { 'idempotency-key': key },
    });
  return { key, send };
};

const endLease = (key: string): Promise<unknown> =>
  inBooks(({ query }) => query('UPDATE idempotency_keys SET lease_until = now() WHERE key = $1', [key]));

describe('when the API is killed', () => {
  it('after it stored a webhook and before it could tell the payment, the payment is completed by the sweeper', async () => {
    const clinic = await openClinic({ pushes: true });
    const [id = ''] = await openPayments(clinic, 1);
    // A Temporal that takes calls and never answers: the API is in the middle of telling when it is killed.
    pause('temporal');
    await payAtVendor(id);
    const [delivery] = await answeredDeliveries(id, 1);
    expect(delivery?.status).toBe(200);
    const [api, temporal] = [kill('api'), kill('temporal')];
    const stored = await inBooks(({ query }) =>
      query('SELECT 1 FROM provider_events WHERE payment_id = $1 AND signalled_at IS NULL', [id]),
    );
    expect(stored).toHaveLength(1);
    await Promise.all([api.restarted(), temporal.restarted()]);
    await expectRightBooks(clinic, [id]);
  });

  it('before a payment is written, the same key makes it', async () => {
    const clinic = await openClinic({ pushes: true });
    const request = requestOf(clinic);
    held = await holdTable('payments');
    const cut = expect(request.send()).rejects.toThrow();
    await held.caught(1);
    const api = kill('api');
    await held.release();
    await cut;
    await api.restarted();
    const made = await request.send();
    expect(made.status).toBe(201);
    await payAtVendor(made.json.id);
    await expectRightBooks(clinic, [made.json.id]);
    expect(await paymentsOf(clinic)).toEqual([made.json.id]);
  });

  it('while a payment is being started, the same key is busy at most until its lease ends and gives that one payment', async () => {
    const clinic = await openClinic({ pushes: true });
    const request = requestOf(clinic);
    await arm(clinic.account, { operation: 'create_link', ...SLOW });
    const cut = expect(request.send()).rejects.toThrow();
    const id = await firstPaymentOf(clinic);
    await vendorIsAsked(id, 'create_link');
    const api = kill('api');
    await cut;
    await api.restarted();
    const busy = await request.send();
    expect([busy.status, busy.json.code]).toEqual([409, 'idempotency_in_progress']);
    expect(busy.headers.get('retry-after')).not.toBeNull();
    await endLease(request.key);
    const made = await recovered('the payment of the key', async () => {
      const answer = await request.send();
      return answer.status === 409 ? null : answer;
    });
    expect([made.status, made.json.id]).toEqual([201, id]);
    await payAtVendor(id);
    await expectRightBooks(clinic, [id]);
    expect(await paymentsOf(clinic)).toEqual([id]);
  });
});
