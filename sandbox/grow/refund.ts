import { newSlip } from '../attempts.ts';
import { toMinor } from '../decimal.ts';
import type { Fields, Transaction } from '../ledger/records.ts';
import type { Answer, Deal, Route, VendorDeps } from '../vendor.ts';
import { BY_HAND_MS, isRefundedByHand, isTransmitted } from './accounts.ts';
import { ok, refuse } from './errors.ts';
import type { GrowErrorId } from './errors.ts';
import { findDeal, isOfPage, refundsOf } from './find-deal.ts';
import { formOf } from './gate.ts';
import { newTransactionId } from './numbers.ts';
import { referenceOf } from './queries.ts';
import { REFUND } from './request-shapes.ts';
import { toDetails } from './transaction-views.ts';

/** "Maximum of 2 refunds through the API", taken as per charge. Source: docs/reference/grow.md, "Refunds". */
const MOST_REFUNDS = 2;

/**
 * `refundTransaction`: before transmission all or nothing, afterwards at most twice and never more than is left. It
 * sends no callback.
 * Source: docs/reference/grow.md, "Refunds".
 */
export function refundTransaction(deps: VendorDeps): Route {
  const { ledger, now, lag } = deps;
  return {
    verb: 'post',
    path: '/refundTransaction',
    operation: 'refund',
    referenceOf: referenceOf(deps),
    answer: formOf(REFUND, (request): Answer => {
      const deal = findDeal(ledger, request);
      if (deal === null || deal.checkout.account !== request['userId']) return refuse(716);
      const { pageCode = deal.checkout.wire['pageCode'] } = request;
      if (!isOfPage(deal.checkout, pageCode)) return refuse(716, 'pageCode');
      const amount = toMinor(request['refundSum'], 'ILS') ?? 0;
      const wrong = refusedOrder(deps, deal, amount);
      if (wrong !== null) return refuse(wrong);
      const isByHand = isRefundedByHand(deal) && isTransmitted(deps, deal, now());
      const refund = toRefund(
        deal.transaction,
        amount,
        now(),
        isByHand ? lag(deal.transaction, BY_HAND_MS) : 0,
      );
      ledger.record({ kind: 'transaction', transaction: refund });
      return isByHand ? refuse(110) : ok(toAnswer({ ...deal, transaction: refund }));
    }),
  };
}

/** Why this amount cannot be refunded, by the API or in the dashboard. */
export function refusedSum(deps: VendorDeps, deal: Deal, amount: number): GrowErrorId | null {
  const { transaction: charge } = deal;
  if (!charge.approved) return 722;
  if (amount <= 0) return 215;
  const left = leftOf(deps, deal);
  if (left === 0) return 210;
  if (amount > left) return 218;
  if (amount < charge.amount && !isTransmitted(deps, deal, deps.now()))
    return charge.method === 'card' ? 130 : 207;
  return null;
}

/** The API also counts. */
const refusedOrder = (deps: VendorDeps, deal: Deal, amount: number): GrowErrorId | null =>
  refusedSum(deps, deal, amount) ??
  (refundsOf(deps.ledger, deal.transaction).length < MOST_REFUNDS ? null : 107);

/** What was not refunded yet. */
export const leftOf = ({ ledger }: VendorDeps, { transaction }: Deal): number =>
  refundsOf(ledger, transaction).reduce((rest, refund) => rest - refund.amount, transaction.amount);

export function toRefund(charge: Transaction, amount: number, now: Date, takesMs: number): Transaction {
  return {
    ...charge,
    id: newTransactionId(),
    kind: 'refund',
    amount,
    installments: 1,
    reverses: charge.id,
    at: now.toISOString(),
    visibleAt: new Date(now.getTime() + takesMs).toISOString(),
    slip: newSlip(),
  };
}

/** Numbers and texts are mixed as in Grow's sample, and there is no transactionToken. */
const toAnswer = (deal: Deal): Fields => ({
  ...toDetails(deal, 'refund'),
  status: 'תשלום שזוכה',
  statusCode: 3,
  refundedTransactionId: Number(deal.transaction.reverses),
});
