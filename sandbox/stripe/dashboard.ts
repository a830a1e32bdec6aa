import { Refusal } from '../refusal.ts';
import type { Dashboard, Deal, Happening, VendorDeps } from '../vendor.ts';
import { ApiError } from './api-error.ts';
import { NO_REQUEST } from './events.ts';
import { refundsOf } from './picture.ts';
import { giveBack } from './refunds.ts';
import type { StripeBooks } from './stripe-books.ts';

/** Stripe's dashboard. It has no void: a whole charge is taken back by a full refund. */
export function createDashboard(deps: VendorDeps & { books: StripeBooks }): Dashboard {
  const refund = ({ checkout, transaction }: Deal, amount: number | null): Happening => {
    const fields = { reason: 'requested_by_customer', ...(amount === null ? {} : { amount }) };
    try {
      const picture = deps.books.pictureOf(checkout);
      const { entries, notices } = giveBack(deps, picture, transaction, { fields, origin: NO_REQUEST });
      return { entries, notices };
    } catch (error) {
      if (error instanceof ApiError) throw new Refusal(409, `Stripe refuses: ${error.message}`);
      throw error;
    }
  };

  return {
    refund,
    void(deal) {
      if (refundsOf(deps.books.pictureOf(deal.checkout), deal.transaction).length > 0)
        throw new Refusal(409, 'money of this charge was given back already, so it cannot be voided');
      return refund(deal, null);
    },
  };
}
