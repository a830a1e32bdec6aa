import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '#jest';
import { order, signedCallback } from '../api/rig.ts';
import { holdTable } from '../chaos/support/held-table.ts';
import type { HeldTable } from '../chaos/support/held-table.ts';
import { call, openClinic, openPayment, untilStatus } from '../e2e/support/clinic.ts';
import { transactionsOf } from '../e2e/support/vendor-refunds.ts';
import { payAtVendor } from '../e2e/support/vendors.ts';

/** More than an API process has for requests. */
const REQUESTS = 25;

let held: HeldTable | undefined;
afterEach(() => held?.release());

describe('while every connection of the API to its database is in use', () => {
  it('a webhook is stored all the same', async () => {
    const clinic = await openClinic();
    const { id } = await openPayment(clinic);
    await payAtVendor(id, { webhook: 'never' });
    const [charge] = await transactionsOf(id);
    const { body, headers } = signedCallback(clinic.secretKey, id, charge?.id ?? '');
    held = await holdTable('payments');
    const create = () => ({
      once: true,
      key: clinic.key,
      body: order(),
      headers: { 'idempotency-key': randomUUID() },
    });
    const creates = Array.from({ length: REQUESTS }, () => call('POST', '/v1/payments', create()));
    await held.caught(20);
    const { status } = await call('POST', clinic.webhookUrl, { once: true, raw: body, headers });
    expect(status).toBe(200);
    await held.release();
    await Promise.all(creates);
    await untilStatus(clinic, id, 'completed');
  });
});
