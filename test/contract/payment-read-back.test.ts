import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { sumMinor } from '../../src/domain/money.ts';
import type { PageOrder } from '../../src/providers/payments/payment-provider.ts';
import { exactAmounts } from './payment-amounts.ts';
import { altered, openPaymentRig, toQuery } from './payment-rig.ts';
import type { PaymentRig } from './payment-rig.ts';
import { faceOf, PAYMENT_SUBJECTS, SUBJECT_NAMES } from './payment-subjects.ts';

let rig: PaymentRig;
beforeAll(async () => {
  rig = await openPaymentRig();
});
afterAll(() => rig.close());

describe.each(SUBJECT_NAMES)('%s: the read-back', (name) => {
  async function open(change: Partial<PageOrder> = {}) {
    const provider = rig.provider(name);
    const order = rig.order(change);
    const page = await provider.createPage(order);
    const [checkout] = await rig.checkouts(order.paymentId);
    const find = async (by = provider) => (await by.findPayment(toQuery(order.paymentId, page))).transactions;
    return { order, page, checkoutId: checkout?.id ?? '', find };
  }

  it('finds nothing yet where the vendor lags behind, and the money later', async () => {
    const { checkoutId, find } = await open();
    await rig.pay(checkoutId, { webhook: 'never', readBackDelayMs: 60_000 });
    expect(await find()).toEqual([]);
    rig.advance(60_000);
    expect(await find()).toMatchObject([{ status: 'succeeded' }]);
    rig.advance(0);
  });

  it.each(faceOf(name).currencies)('tells a payment exactly in %s', async (currency) => {
    for (const amount of exactAmounts(name, currency)) {
      const { order, page, checkoutId, find } = await open({ amount, currency });
      const asked = Date.now();
      await rig.pay(checkoutId, { webhook: 'never' });
      const [paid, ...others] = await find();
      expect(paid).toMatchObject({
        kind: 'charge',
        status: 'succeeded',
        amount,
        currency,
        pageId: page.pageId,
      });
      expect(paid).toMatchObject({ reference: order.paymentId, refundOf: null, foreignDocument: null });
      expect(Math.abs((paid?.paidAt.getTime() ?? 0) - asked)).toBeLessThan(5_000);
      expect(others).toEqual([]);
    }
  });

  it('tells what was really taken when that is not what was asked', async () => {
    const [less, other] = [await open(), await open()];
    await rig.pay(less.checkoutId, { webhook: 'wrong_amount' });
    expect(await less.find()).toMatchObject([{ status: 'succeeded', amount: 34_950, currency: 'ILS' }]);
    if (faceOf(name).currencies.length === 1) return;
    await rig.pay(other.checkoutId, { webhook: 'wrong_currency' });
    expect(await other.find()).toMatchObject([{ status: 'succeeded', amount: 35_050, currency: 'USD' }]);
  });

  it('tells the means, which come to exactly the amount', async () => {
    const { checkoutId, find } = await open({ amount: 10_000 });
    await rig.pay(checkoutId, { webhook: 'never' });
    const means = (await find()).flatMap((paid) => paid.means);
    expect(means).toMatchObject([{ method: 'card', amount: 10_000, dealType: 'regular', installments: 1 }]);
    expect(means[0]?.last4).toMatch(/^\d{4}$/);
  });

  if (PAYMENT_SUBJECTS[name].hasInstalments) {
    it('tells instalments, which come to exactly the amount too', async () => {
      const { checkoutId, find } = await open({ amount: 10_000 });
      await rig.pay(checkoutId, { webhook: 'never', installments: 3 });
      const [paid] = await find();
      expect(sumMinor(paid?.means.map(({ amount }) => amount) ?? [])).toBe(10_000);
      const [card] = paid?.means ?? [];
      expect(card).toMatchObject({ method: 'card', dealType: 'instalments', installments: 3 });
      expect((card?.firstAmount ?? NaN) + 2 * (card?.restAmount ?? NaN)).toBe(10_000);
      expect(card?.last4).toMatch(/^\d{4}$/);
    });
  }

  it('tells another method from a card', async () => {
    const { otherMethod: method } = PAYMENT_SUBJECTS[name];
    const { checkoutId, find } = await open({ methods: ['card', method] });
    await rig.pay(checkoutId, { webhook: 'never', method });
    expect(await find()).toMatchObject([{ status: 'succeeded', means: [{ method, amount: 35_050 }] }]);
  });

  it('takes a decline for an answer, and a success after it for the payment', async () => {
    const { checkoutId, find } = await open();
    await rig.decline(checkoutId);
    expect(await find()).toMatchObject([{ status: 'declined', amount: 35_050 }]);
    await rig.pay(checkoutId, { webhook: 'never' });
    const statuses = (await find()).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual(['declined', 'succeeded']);
  });

  it('never gives one payment the money of another', async () => {
    const [first, second] = [await open(), await open()];
    await rig.pay(first.checkoutId, { webhook: 'never' });
    const query = toQuery(second.order.paymentId, second.page, first.page);
    expect((await rig.provider(name).findPayment(query)).transactions).toEqual([]);
  });

  it('tells another account nothing of this money', async () => {
    const { order, page, checkoutId, find } = await open();
    await rig.pay(checkoutId, { webhook: 'never' });
    const transactions = (await find()).map(({ transactionId, secret }) => ({ transactionId, secret }));
    expect(transactions).toHaveLength(1);
    const stranger = rig.provider(name, { credentials: PAYMENT_SUBJECTS[name].otherCredentials });
    const told = await stranger.findPayment({ ...toQuery(order.paymentId, page), transactions }).then(
      (finding) => finding.transactions,
      (error: unknown) => {
        expect(error).toMatchObject({ code: 'rejected' });
        return [];
      },
    );
    expect(told).toEqual([]);
  });

  it.each(PAYMENT_SUBJECTS[name].strangeStatuses)(
    'guesses nothing from a status it does not know, and says so (%#)',
    async (text) => {
      const { order, page, checkoutId, find } = await open();
      await rig.pay(checkoutId, { webhook: 'never' });
      const estranged = rig.provider(name, { http: altered(rig.http, { text }) });
      expect(await find(estranged)).toEqual([]);
      const { unreadable } = await estranged.findPayment(toQuery(order.paymentId, page));
      expect(unreadable).toMatchObject([{ problem: expect.stringMatching(/^its .+ cannot be read$/) }]);
    },
  );
});
