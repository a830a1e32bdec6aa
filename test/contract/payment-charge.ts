import { newId } from '../../src/domain/ids.ts';
import type { PageOrder, RefundOrder } from '../../src/providers/payments/payment-provider.ts';
import { toQuery } from './payment-rig.ts';
import type { PaymentRig } from './payment-rig.ts';
import type { SubjectName } from './payment-subjects.ts';

export const AMOUNT = 35_050;

/** A payment that was charged once, whose webhook never came, and what can be asked about it. */
export async function openCharge(rig: PaymentRig, name: SubjectName, change: Partial<PageOrder> = {}) {
  const provider = rig.provider(name);
  const order = rig.order({ amount: AMOUNT, ...change });
  const page = await provider.createPage(order);
  const [checkout] = await rig.checkouts(order.paymentId);
  await rig.pay(checkout?.id ?? '', { webhook: 'never' });
  const find = async () => (await provider.findPayment(toQuery(order.paymentId, page))).transactions;
  const [charge] = await find();
  if (charge === undefined) throw new Error('the charge is not found');
  const toRefund = (amount: number): RefundOrder => {
    const refundId = newId('refund');
    return {
      refundId,
      paymentId: order.paymentId,
      charge,
      page: { pageId: page.pageId, secret: page.secret },
      amount,
      currency: order.currency,
      idempotencyKey: refundId,
    };
  };
  const refunds = async () => (await find()).filter(({ kind }) => kind === 'refund');
  return { paymentId: order.paymentId, page, charge, toRefund, refunds };
}
