import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '#jest';
import { signedCallback } from '../api/rig.ts';
import type { Reply } from '../api/rig.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { closeEverything } from '../e2e/support/breakers.ts';
import {
  call,
  eventually,
  listDocuments,
  openClinic,
  openPayment,
  readPayment,
  theDocumentOf,
  untilPushed,
  untilStatus,
} from '../e2e/support/clinic.ts';
import type { Clinic, PaymentBody } from '../e2e/support/clinic.ts';
import { PAYER, PROVIDERS } from '../e2e/support/providers.ts';
import { listRefunds, refund } from '../e2e/support/refunds.ts';
import type { RefundBody } from '../e2e/support/refunds.ts';
import { givenBack, transactionsOf, refundOrdersOf } from '../e2e/support/vendor-refunds.ts';
import { payAtVendor, vendorDocumentsOf } from '../e2e/support/vendors.ts';

let books: Books;
beforeAll(() => {
  books = openBooks();
});
afterEach(() => closeEverything());
afterAll(() => books.close());

async function paid(clinic: Clinic): Promise<PaymentBody> {
  const { id } = await openPayment(clinic, { customer: PAYER });
  await payAtVendor(id);
  return untilStatus(clinic, id, 'completed');
}

const creditsOf = async (clinic: Clinic, paymentId: string) =>
  (await listDocuments(clinic)).filter((one) => one.paymentId === paymentId && one.refundId !== null);

const sumOf = (rows: readonly { amount: number }[]): number =>
  rows.reduce((sum, { amount }) => sum + amount, 0);

describe.each(PROVIDERS)('two hundred refunds of all, asked for at once, at %s', (provider) => {
  it('are one refund: the others are refused', async () => {
    const clinic = await openClinic({ provider });
    const payment = await paid(clinic);
    const answers = await Promise.all(Array.from({ length: 200 }, () => refund(clinic, payment.id)));
    const codes = answers.map(({ status, json }) => (status < 300 ? 'refunded' : `${status} ${json.code}`));
    expect(codes.filter((code) => code === 'refunded')).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(['refunded', '409 refund_exceeds_charge']));
    const after = await untilStatus(clinic, payment.id, 'refunded');
    expect(after).toMatchObject({ refundedAmount: payment.amount, review: null, outcome: 'known' });
    expect(await givenBack(payment.id)).toBe(payment.amount);
    expect(await refundOrdersOf(payment.id)).toHaveLength(1);
    expect(await creditsOf(clinic, payment.id)).toMatchObject([{ total: payment.amount }]);
  });
});

/** As an app asks: again while an earlier refund is sent and not answered, with the same key. */
function untilAnswered(clinic: Clinic, paymentId: string, amount: number): Promise<Reply<RefundBody>> {
  const key = randomUUID();
  return eventually(`an answer about ${amount}`, async () => {
    const answer = await refund(clinic, paymentId, { amount }, key);
    return answer.status === 503 || answer.json.code === 'outcome_unknown' ? null : answer;
  });
}

describe.each(['payplus', 'stripe'] as const)('fifty refunds of parts at once, at %s', (provider) => {
  it('never come to more than was taken, and every one that happened is credited', async () => {
    const clinic = await openClinic({ provider });
    const payment = await paid(clinic);
    const amounts = Array.from({ length: 50 }, (_, at) => 1_001 + ((at * 379) % 1_499));
    expect(sumOf(amounts.map((amount) => ({ amount })))).toBeGreaterThan(2 * payment.amount);
    const answers = await Promise.all(amounts.map((amount) => untilAnswered(clinic, payment.id, amount)));
    const codes = answers.map(({ status, json }) => (status < 300 ? 'refunded' : `${status} ${json.code}`));
    expect(new Set(codes)).toEqual(new Set(['refunded', '409 refund_exceeds_charge']));
    const refunds = await eventually('the end of every refund', async () => {
      const found = await listRefunds(clinic, payment.id);
      return found.every(({ status }) => status === 'completed') ? found : null;
    });
    expect(refunds).toHaveLength(codes.filter((code) => code === 'refunded').length);
    const sum = sumOf(refunds);
    expect(sum).toBeLessThanOrEqual(payment.amount);
    // What is left is less than any that was refused.
    expect(payment.amount - sum).toBeLessThan(2_500);
    expect(await givenBack(payment.id)).toBe(sum);
    expect((await readPayment(clinic, payment.id)).refundedAmount).toBe(sum);
    const credits = await creditsOf(clinic, payment.id);
    expect(sumOf(credits.map(({ total }) => ({ amount: total })))).toBe(sum);
    const numbers = credits.map(({ number }) => number).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, at) => at + 1));
  });
});

describe('a thousand webhooks of one payment at once', () => {
  it('are one inbox row, one effect and one document', async () => {
    const clinic = await openClinic({ pushes: true });
    const { id } = await openPayment(clinic);
    await payAtVendor(id, { webhook: 'never' });
    const [charge] = await transactionsOf(id);
    const { body, headers } = signedCallback(clinic.secretKey, id, charge?.id ?? randomUUID());
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, () => call('POST', clinic.webhookUrl, { raw: body, headers })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const payment = await untilStatus(clinic, id, 'completed');
    await untilPushed(clinic, theDocumentOf(payment));
    expect(await books.inboxOf(id)).toMatchObject([{ verdict: 'accepted', handledAs: 'settled' }]);
    expect((await books.eventsOf(id)).filter((type) => type === 'payment.completed')).toHaveLength(1);
    expect(await vendorDocumentsOf(id)).toHaveLength(1);
    expect(await readPayment(clinic, id)).toMatchObject({ review: null, capturedAmount: payment.amount });
  });

  it('of a hundred payments, ten of each, complete each of them once', async () => {
    const clinic = await openClinic();
    const orders = await Promise.all(Array.from({ length: 100 }, () => openPayment(clinic)));
    await Promise.all(
      orders.map(async ({ id }) => {
        await payAtVendor(id, { webhook: 'duplicate', copies: 10 });
      }),
    );
    const done = await Promise.all(orders.map(({ id }) => untilStatus(clinic, id, 'completed')));
    expect(new Set(done.map(theDocumentOf)).size).toBe(100);
    expect(new Set(done.map(({ review }) => review))).toEqual(new Set([null]));
    const numbers = (await listDocuments(clinic)).map(({ number }) => number).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, at) => at + 1));
  });
});

describe('refund, cancel and webhook of one payment at once', () => {
  it('leave it paid once, or cancelled without money, and never both', async () => {
    const clinic = await openClinic();
    const orders = await Promise.all(Array.from({ length: 30 }, () => openPayment(clinic)));
    const cancel = (id: string) => call('POST', `/v1/payments/${id}/cancel`, { key: clinic.key });
    await Promise.all(
      orders.flatMap(({ id }) => [payAtVendor(id).catch(() => undefined), cancel(id), cancel(id)]),
    );
    for (const { id } of orders) {
      const isPaid = (await transactionsOf(id)).length > 0;
      const after = await untilStatus(clinic, id, isPaid ? 'completed' : 'cancelled');
      expect(after.documentIds).toHaveLength(isPaid ? 1 : 0);
      expect([null, 'late_success']).toContain(after.review);
    }
  });
});
