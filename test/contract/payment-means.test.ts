import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { newId } from '../../src/domain/ids.ts';
import { sumMinor } from '../../src/domain/money.ts';
import type { ProviderTransaction, RefundOrder } from '../../src/providers/payments/payment-provider.ts';
import { openCharge } from './payment-charge.ts';
import { openPaymentRig, toQuery } from './payment-rig.ts';
import type { PaymentRig } from './payment-rig.ts';
import { PAYMENT_SUBJECTS, SUBJECT_NAMES } from './payment-subjects.ts';
import type { SubjectName } from './payment-subjects.ts';

let rig: PaymentRig;
beforeAll(async () => {
  rig = await openPaymentRig();
});
afterAll(() => rig.close());

/** A payment of 200.00: 160.00 by other means in two parts, 40.00 by card. */
async function payInParts(name: SubjectName, parts: readonly { method: string; amount: number }[]) {
  const provider = rig.provider(name);
  const order = rig.order({ amount: 20_000 });
  const page = await provider.createPage(order);
  const [checkout] = await rig.checkouts(order.paymentId);
  await rig.pay(checkout?.id ?? '', { webhook: 'never', parts });
  const query = toQuery(order.paymentId, page);
  return { provider, order, page, checkoutId: checkout?.id ?? '', query };
}

describe.each(SUBJECT_NAMES.filter((name) => PAYMENT_SUBJECTS[name].partMethod !== null))(
  '%s: a payment in parts',
  (name) => {
    const { partMethod } = PAYMENT_SUBJECTS[name];
    const PARTS = [
      { method: partMethod ?? '', amount: 10_000 },
      { method: partMethod ?? '', amount: 6_000 },
      { method: 'card', amount: 4_000 },
    ];
    const toRefund = (charge: ProviderTransaction, paymentId: string, amount: number): RefundOrder => {
      const refundId = newId('refund');
      const order = { refundId, paymentId, charge, page: null, amount, idempotencyKey: refundId };
      return { ...order, currency: 'ILS' };
    };

    it('is one charge of the whole sum with a means for each part, whose card part can go back', async () => {
      const { provider, query } = await payInParts(name, PARTS);
      const { transactions, unreadable } = await provider.findPayment(query);
      expect(transactions).toMatchObject([
        { kind: 'charge', status: 'succeeded', amount: 20_000, refundable: 4_000 },
      ]);
      const means = transactions[0]?.means ?? [];
      expect(means.map(({ method, amount }) => [method, amount])).toEqual([
        ['other', 10_000],
        ['other', 6_000],
        ['card', 4_000],
      ]);
      expect(sumMinor(means.map(({ amount }) => amount))).toBe(20_000);
      expect(unreadable).toEqual([]);
    });

    it('gives back to its card, no more than the card paid', async () => {
      const { provider, query, order } = await payInParts(name, PARTS);
      const [charge] = (await provider.findPayment(query)).transactions;
      if (charge === undefined) throw new Error('the charge is not found');
      const give = (amount: number) => provider.refund?.(toRefund(charge, order.paymentId, amount));
      await expect(give(4_001)).rejects.toMatchObject({ code: 'rejected' });
      expect(await give(3_000)).toMatchObject({ status: 'succeeded' });
      await expect(give(1_001)).rejects.toMatchObject({ code: 'rejected' });
      expect(await give(1_000)).toMatchObject({ status: 'succeeded' });
      const { transactions } = await provider.findPayment(query);
      const refunds = transactions.filter(({ kind }) => kind === 'refund');
      expect(refunds.map(({ amount, refundOf }) => [amount, refundOf])).toEqual([
        [3_000, charge.transactionId],
        [1_000, charge.transactionId],
      ]);
      expect(transactions).toHaveLength(3);
    });

    it('without a card gives nothing back, and is found on a page whose address was never answered', async () => {
      const { provider, query } = await payInParts(name, [
        { method: partMethod ?? '', amount: 10_000 },
        { method: partMethod ?? '', amount: 10_000 },
      ]);
      const { transactions } = await provider.findPayment({ ...query, pages: [] });
      expect(transactions).toMatchObject([{ amount: 20_000, refundable: 0 }]);
    });

    it('is told from a page that was paid twice', async () => {
      const { provider, query, checkoutId } = await payInParts(name, PARTS);
      await rig.pay(checkoutId, { webhook: 'never' });
      const { transactions } = await provider.findPayment(query);
      expect(transactions.map(({ kind, amount }) => [kind, amount])).toEqual([
        ['charge', 20_000],
        ['charge', 20_000],
      ]);
    });

    it('is refused by the sandbox where its parts do not come to the sum', async () => {
      await expect(payInParts(name, PARTS.slice(1))).rejects.toThrow('422');
    });
  },
);

describe.each(SUBJECT_NAMES.filter((name) => PAYMENT_SUBJECTS[name].toVoid !== null))(
  '%s: a charge that was voided in the dashboard',
  (name) => {
    const { toVoid, credentials } = PAYMENT_SUBJECTS[name];

    it('was taken and given back whole, told once and by the same name each time', async () => {
      const { charge, refunds } = await openCharge(rig, name);
      if (toVoid === null) throw new Error('nobody can void it');
      await rig.callVendor(name, toVoid(credentials, charge.transactionId));
      const given = await refunds();
      expect(given).toMatchObject([
        {
          kind: 'refund',
          status: 'succeeded',
          amount: charge.amount,
          refundOf: charge.transactionId,
          refundReference: null,
        },
      ]);
      expect(await refunds()).toEqual(given);
    });
  },
);
