import type { PageRow } from '../../db/provider-pages.ts';
import type { PaymentRow } from '../../db/payments.ts';
import { isGivenUp, isOpen } from '../../domain/payment.ts';

/** The state of a payment from the view of its payer. */
export type PayerView =
  'open' | 'paid' | 'refunded' | 'expired' | 'cancelled' | 'failed' | 'in_review' | 'confirming';

/** A page that ends sooner than this is not offered. */
const LEAST_LIFE_MS = 15_000;

/**
 * Received money has priority over everything else. A review of an unpaid payment means that money may have come. An
 * unknown outcome means that it may be on its way. In both cases the payer must not be sent to pay.
 */
export function payerViewOf(
  payment: Pick<PaymentRow, 'status' | 'outcome' | 'review' | 'expiresAt'>,
  now: Date,
): PayerView {
  const { status } = payment;
  if (status === 'refunded') return 'refunded';
  if (!isOpen(status) && !isGivenUp(status)) return 'paid';
  if (payment.review !== null) return 'in_review';
  if (payment.outcome === 'unknown') return 'confirming';
  if (isGivenUp(status)) return status;
  return payment.expiresAt !== null && payment.expiresAt <= now ? 'expired' : 'open';
}

/** The page that a payer can be sent to now. */
export function usablePage(pages: readonly PageRow[], now: Date): PageRow | null {
  const usable = (page: PageRow): boolean =>
    page.state === 'live' && page.expiresAt.getTime() > now.getTime() + LEAST_LIFE_MS;
  return pages.find(usable) ?? null;
}
