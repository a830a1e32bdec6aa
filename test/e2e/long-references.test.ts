import { randomUUID } from 'node:crypto';
import { expect, it } from '#jest';
import { call, eventually, openClinic, openPayment, untilReview, untilStatus } from './support/clinic.ts';
import type { PageBody, PaymentBody } from './support/clinic.ts';
import { payAtVendor } from './support/vendors.ts';

it('a second charge becomes a payment of its own, though an emoji stands where the reference is cut', async () => {
  const clinic = await openClinic();
  const family = '👨‍👩‍👧';
  const reference = `${randomUUID()} ${'x'.repeat(122)}${family.repeat(5)}`;
  const { id } = await openPayment(clinic, { reference });
  await payAtVendor(id);
  await untilStatus(clinic, id, 'completed');
  await payAtVendor(id);
  await untilReview(clinic, id, 'duplicate_payment');
  const body = { action: 'accept', reason: 'two sessions' };
  await call('POST', `/v1/payments/${id}/resolve`, { key: clinic.key, body });
  const second = await eventually('the payment of the second charge', async () => {
    const { json } = await call<PageBody<PaymentBody>>('GET', '/v1/payments', { key: clinic.key });
    return json.data.find((one) => one.id !== id) ?? null;
  });
  expect(second.reference).toBe(`${reference.slice(0, 159)} / ${second.id}`);
});
