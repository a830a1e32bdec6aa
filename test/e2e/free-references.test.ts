import { randomUUID } from 'node:crypto';
import { expect, it } from '#jest';
import { call, createPayment, openClinic, openPayment, readPayment, untilStatus } from './support/clinic.ts';
import { payAtVendor } from './support/vendors.ts';

// Grow cannot close a page, so a cancelled payment can still be paid there.
it('a reference is free once its payment has ended without money, and late money stays with the old payment', async () => {
  const clinic = await openClinic({ provider: 'grow' });
  const reference = randomUUID();
  const wishes = { reference, customer: { name: 'דנה לוי', phone: '0501234567' } };
  const old = await openPayment(clinic, wishes);
  await call('POST', `/v1/payments/${old.id}/cancel`, { key: clinic.key });
  await untilStatus(clinic, old.id, 'cancelled');

  const next = await openPayment(clinic, wishes);
  const third = await createPayment<{ code: string; paymentId: string }>(clinic, wishes);
  expect(third).toMatchObject({ status: 409, json: { code: 'reference_taken', paymentId: next.id } });

  await payAtVendor(old.id);
  expect(await untilStatus(clinic, old.id, 'completed')).toMatchObject({ review: 'late_success', reference });
  expect(await readPayment(clinic, next.id)).toMatchObject({ status: 'pending', capturedAmount: 0 });
  const { json } = await call<{ data: { id: string }[] }>('GET', `/v1/payments?reference=${reference}`, {
    key: clinic.key,
  });
  expect(json.data.map(({ id }) => id)).toEqual([next.id, old.id]);
});
