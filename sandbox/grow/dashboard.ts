import { Refusal } from '../refusal.ts';
import type { Dashboard, Deal, Happening, VendorDeps } from '../vendor.ts';
import { isTransmitted } from './accounts.ts';
import { refusal } from './errors.ts';
import { leftOf, refusedSum, toRefund } from './refund.ts';

/**
 * Grow's dashboard: the rules of the API without its two refunds per charge. No callback is known for either action.
 * Source: docs/reference/grow.md, "Refunds".
 */
export function createDashboard(deps: VendorDeps): Dashboard {
  const giveBack = (deal: Deal, amount: number): Happening => {
    const wrong = refusedSum(deps, deal, amount);
    if (wrong !== null) throw new Refusal(409, `Grow refuses: ${wrong}, ${refusal(wrong).err.message}`);
    const transaction = toRefund(deal.transaction, amount, deps.now(), 0);
    return { entries: [{ kind: 'transaction', transaction }], notices: [] };
  };

  return {
    refund: (deal, amount) => giveBack(deal, amount ?? leftOf(deps, deal)),
    void(deal) {
      if (isTransmitted(deps, deal, deps.now()))
        throw new Refusal(409, 'Grow has transmitted this charge already, so it can only be refunded');
      return giveBack(deal, deal.transaction.amount);
    },
  };
}
