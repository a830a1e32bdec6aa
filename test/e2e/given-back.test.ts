import { beforeAll, describe, expect, it } from '#jest';
import {
  call,
  check,
  listDocuments,
  openClinic,
  openPayment,
  readDocument,
  readPayment,
  untilPushed,
  untilReview,
  untilStatus,
} from './support/clinic.ts';
import type { Clinic, PaymentBody } from './support/clinic.ts';
import { PAYMENT_SUBJECTS } from '../contract/payment-subjects.ts';
import { PAYER, PROVIDERS } from './support/providers.ts';
import { listRefunds, refund, untilRefund, untilRefunds } from './support/refunds.ts';
import { givenBack, refundAtVendor, refundOrdersOf } from './support/vendor-refunds.ts';
import { checkoutsOf, payAtVendor, payOnPage, withoutLags } from './support/vendors.ts';

async function paid(clinic: Clinic): Promise<PaymentBody> {
  const { id } = await openPayment(clinic, { customer: PAYER });
  await payAtVendor(id);
  return untilStatus(clinic, id, 'completed');
}

const creditsOf = async (clinic: Clinic, paymentId: string) =>
  (await listDocuments(clinic)).filter(
    (document) => document.paymentId === paymentId && document.refundId !== null,
  );

describe.each(PROVIDERS)('money that came through %s', (provider) => {
  let clinic: Clinic;
  beforeAll(async () => {
    clinic = await openClinic({ provider, pushes: true });
  });

  it('is given back in full at once, with one order and one credit document', async () => {
    const payment = await paid(clinic);
    const { status, json } = await refund(clinic, payment.id);
    expect(status).toBeLessThan(300);
    const done = await untilRefund(clinic, payment.id, json.id, { status: 'completed' });
    expect(done).toMatchObject({ amount: payment.amount, outcome: 'known' });
    const credit = await untilPushed(clinic, done.documentId ?? '');
    expect(credit).toMatchObject({ total: payment.amount, originalDocumentId: payment.documentIds[0] });
    expect(await readPayment(clinic, payment.id)).toMatchObject({ status: 'refunded', review: null });
    expect(await givenBack(payment.id)).toBe(payment.amount);
    expect(await refundOrdersOf(payment.id)).toHaveLength(1);
    expect(await creditsOf(clinic, payment.id)).toHaveLength(1);
  });

  it('is given back in part, which waits where the provider is not ready for parts, and then in full', async () => {
    const payment = await paid(clinic);
    const part = await refund(clinic, payment.id, { amount: 1_001 });
    expect(part.status).toBeLessThan(300);
    await untilRefund(clinic, payment.id, part.json.id, { status: 'completed' });
    expect(await givenBack(payment.id)).toBe(1_001);
    expect(await readPayment(clinic, payment.id)).toMatchObject({
      status: 'partially_refunded',
      refundedAmount: 1_001,
    });
    const rest = await refund(clinic, payment.id);
    await untilRefund(clinic, payment.id, rest.json.id, { status: 'completed' });
    expect(await givenBack(payment.id)).toBe(payment.amount);
    expect(await readPayment(clinic, payment.id)).toMatchObject({ status: 'refunded', review: null });
    const totals = (await creditsOf(clinic, payment.id)).map(({ total }) => total).sort((a, b) => a - b);
    expect(totals).toEqual([1_001, payment.amount - 1_001]);
  });

  it('and was handed back in cash is no business of the provider, which can still be asked', async () => {
    const payment = await paid(clinic);
    const { json } = await refund(clinic, payment.id, { amount: 2_000, method: 'cash' });
    await untilRefund(clinic, payment.id, json.id, { status: 'completed' });
    expect(await check(clinic, payment.id)).toMatchObject({ refundedAmount: 2_000, review: null });
    expect(await refundOrdersOf(payment.id)).toEqual([]);
  });
});

describe.each(PROVIDERS)('money of which %s gives back parts', (provider) => {
  let clinic: Clinic;
  beforeAll(async () => {
    clinic = await openClinic({ provider });
    await withoutLags(clinic.account);
  });

  it('and was refunded by us stays so however often the provider is asked again', async () => {
    const payment = await paid(clinic);
    const { json } = await refund(clinic, payment.id, { amount: 2_000 });
    await untilRefund(clinic, payment.id, json.id, { status: 'completed' });
    for (let time = 0; time < 3; time += 1) await check(clinic, payment.id);
    expect(await readPayment(clinic, payment.id)).toMatchObject({ refundedAmount: 2_000, review: null });
    expect(await listRefunds(clinic, payment.id)).toHaveLength(1);
    expect(await creditsOf(clinic, payment.id)).toHaveLength(1);
  });

  it('and is given back at the provider itself is noticed, credited once, and a person is told', async () => {
    const payment = await paid(clinic);
    await refundAtVendor(payment.id, 5_000);
    if (provider === 'grow') await check(clinic, payment.id);
    const held = await untilReview(clinic, payment.id, 'reconciliation');
    expect(held.documentIds[0]).toBe(payment.documentIds[0]);
    const [noticed] = await untilRefunds(clinic, payment.id, 1);
    expect(noticed).toMatchObject({ amount: 5_000, outcome: 'known' });
    expect(await readDocument(clinic, noticed?.documentId ?? '')).toMatchObject({ total: 5_000 });
    await check(clinic, payment.id);
    expect(await readPayment(clinic, payment.id)).toMatchObject({
      status: 'partially_refunded',
      refundedAmount: 5_000,
    });
    expect(await creditsOf(clinic, payment.id)).toHaveLength(1);
    expect(await refundOrdersOf(payment.id)).toEqual([]);
  });

  it('and is given back at the provider and by us at once is credited for each', async () => {
    const payment = await paid(clinic);
    await refundAtVendor(payment.id, 1_000);
    const ours = await refund(clinic, payment.id, { amount: 2_000 });
    await untilRefund(clinic, payment.id, ours.json.id, { status: 'completed' });
    await check(clinic, payment.id);
    await untilRefunds(clinic, payment.id, 2);
    expect((await creditsOf(clinic, payment.id)).map(({ total }) => total).sort()).toEqual([1_000, 2_000]);
    expect((await readPayment(clinic, payment.id)).refundedAmount).toBe(3_000);
    expect(await givenBack(payment.id)).toBe(3_000);
  });
});

describe.each(PROVIDERS)('cancel at %s', (provider) => {
  let clinic: Clinic;
  beforeAll(async () => {
    clinic = await openClinic({ provider });
  });

  const cancel = (id: string) =>
    call<PaymentBody & { code?: string }>('POST', `/v1/payments/${id}/cancel`, { key: clinic.key });

  it('ends a payment that nobody paid, and its page where the provider can do that', async () => {
    const payment = await openPayment(clinic, { customer: PAYER });
    expect(await cancel(payment.id)).toMatchObject({
      status: 200,
      json: { status: 'cancelled', link: null },
    });
    const [page] = await checkoutsOf(payment.id);
    expect(page?.status).toBe(PAYMENT_SUBJECTS[provider].killsPages ? 'cancelled' : 'open');
    const visit = await call('GET', payment.link?.url ?? '');
    expect([visit.status, visit.headers.get('location')]).toEqual([200, null]);
  });

  it('of a payment that was paid in silence completes it instead', async () => {
    const { id } = await openPayment(clinic, { customer: PAYER });
    await payAtVendor(id, { webhook: 'never' });
    expect(await cancel(id)).toMatchObject({ status: 409, json: { code: 'already_paid' } });
    expect(await readPayment(clinic, id)).toMatchObject({ status: 'completed', review: null });
  });

  it('leaves no way to pay, or what is paid all the same is late money for a person', async () => {
    const { id } = await openPayment(clinic, { customer: PAYER });
    await cancel(id);
    if (PAYMENT_SUBJECTS[provider].killsPages) {
      await expect(payOnPage(id, 0)).rejects.toThrow(/expired|cancelled/);
      return;
    }
    await payOnPage(id, 0);
    const late = await untilReview(clinic, id, 'late_success');
    expect(late).toMatchObject({ status: 'completed', documentIds: [expect.stringMatching(/^doc_/)] });
  });
});
