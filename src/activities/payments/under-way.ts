import type { OpenNews } from '../../db/news.ts';
import type { PaymentRow } from '../../db/payments.ts';

/**
 * Since when money of an open payment is on its way: a charge that is pending at the vendor, or that it signed and that
 * was not read back yet. Null if there is none. Such a payment is neither ended nor given up.
 */
export function underWaySince(
  { outcome, createdAt }: Pick<PaymentRow, 'outcome' | 'createdAt'>,
  news: readonly OpenNews[],
): Date | null {
  const charge = news.find(({ kind }) => kind === 'charge');
  return charge?.receivedAt ?? (outcome === 'unknown' ? createdAt : null);
}
