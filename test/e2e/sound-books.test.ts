import { afterAll, beforeAll, expect, it } from '#jest';
import { checkInvariants } from '../../src/db/invariants/index.ts';
import { createPool } from '../../src/db/pool.ts';
import type { Pool } from '../../src/db/pool.ts';
import { readEnvironment } from '../support/environment.ts';
import { call, openClinic, openPayment, untilPushed, untilStatus } from './support/clinic.ts';
import type { TestWorkspace } from './support/clinic.ts';
import { payAtVendor } from './support/vendors.ts';
import { randomUUID } from 'node:crypto';

let pool: Pool;
beforeAll(() => {
  pool = createPool({ connectionString: readEnvironment().databaseUrl, onError: () => undefined });
});
afterAll(() => pool.end());

const refund = (clinic: TestWorkspace, paymentId: string, amount: number) =>
  call('POST', `/v1/payments/${paymentId}/refunds`, {
    key: clinic.key,
    body: { reason: 'visit cancelled', amount },
    headers: { 'idempotency-key': randomUUID() },
  });

/** Rules that rows of the workspace break. Other tests break the books of their own workspaces on purpose. */
async function brokenBy({ id }: TestWorkspace) {
  const { findings } = await checkInvariants(pool);
  return findings.filter(({ byWorkspace }) => byWorkspace.has(id)).map(({ name }) => name);
}

it('real payments, open, paid, refunded in part and cancelled, leave sound books, and one cut line does not', async () => {
  const clinic = await openClinic({ pushes: true });
  const [open, paid, returned, cancelled] = await Promise.all([1, 2, 3, 4].map(() => openPayment(clinic)));
  if (!open || !paid || !returned || !cancelled) throw new Error('a payment is missing');
  await Promise.all([payAtVendor(paid.id), payAtVendor(returned.id)]);
  await Promise.all([paid, returned].map(({ id }) => untilStatus(clinic, id, 'completed')));
  await refund(clinic, returned.id, 1_000);
  await untilStatus(clinic, returned.id, 'partially_refunded');
  await call('POST', `/v1/payments/${cancelled.id}/cancel`, {
    key: clinic.key,
    headers: { 'idempotency-key': randomUUID() },
  });
  await untilStatus(clinic, cancelled.id, 'cancelled');
  await untilPushed(clinic, (await untilStatus(clinic, paid.id, 'completed')).documentIds[0] ?? '');
  expect(await brokenBy(clinic)).toEqual([]);
  await pool.query('UPDATE payments SET captured_amount = captured_amount - 1 WHERE id = $1', [paid.id]);
  expect(await brokenBy(clinic)).toEqual([
    'money_is_documented',
    'payments_sum_their_rows',
    'vendor_says_the_same',
  ]);
});
