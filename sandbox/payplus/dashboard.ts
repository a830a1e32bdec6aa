import { Refusal } from '../refusal.ts';
import { HONEST } from '../vendor.ts';
import type { Dashboard, Deal, VendorDeps } from '../vendor.ts';
import { toCallbacks } from './callback.ts';
import { isCancellable, toCancellation } from './cancel.ts';
import type { Found } from './parts.ts';
import { leftOf, refusalOf, toRefund } from './refund.ts';

/**
 * PayPlus's dashboard. A refund there sends the same callback as by the API; none is known for a void.
 * Source: docs/reference/payplus.md, "Callback body", "Voids".
 */
export const createDashboard = ({ ledger, now }: VendorDeps): Dashboard => ({
  refund(deal, asked) {
    const found = toFound(deal);
    const amount = asked ?? leftOf(ledger, deal.transaction, found.part);
    const refusal = amount > 0 ? refusalOf(ledger, found, amount) : 'all-of-it-was-refunded';
    if (refusal !== null) throw new Refusal(409, `PayPlus refuses: ${refusal}`);
    const transaction = toRefund(found, amount, {}, now());
    const notices = toCallbacks({ checkout: deal.checkout, transaction }, HONEST);
    return { entries: [{ kind: 'transaction', transaction }], notices };
  },
  void(deal) {
    const { transaction } = deal;
    const isBack = leftOf(ledger, transaction, null) <= 0;
    if (isBack || !isCancellable(ledger, transaction))
      throw new Refusal(409, 'PayPlus refuses: can-not-cancel-this-transaction');
    return { entries: [toCancellation(transaction, now())], notices: [] };
  },
});

/** For a charge in parts, only the card part can be refunded. */
function toFound(deal: Deal): Found {
  return { ...deal, part: deal.transaction.parts?.find(({ method }) => method === 'card') ?? null };
}
