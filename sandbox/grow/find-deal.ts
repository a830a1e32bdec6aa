import { createHash } from 'node:crypto';
import { isPast } from '../ledger/books.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Checkout, Fields, Transaction } from '../ledger/records.ts';
import type { Deal, VendorDeps } from '../vendor.ts';
import { isTransmitted } from './accounts.ts';

/** Proves access to this transaction: only its recipient knows it. */
export const transactionTokenOf = ({ checkout, transaction }: Deal): string =>
  createHash('sha256').update(`${checkout.signingSecret} ${transaction.id}`).digest('hex').slice(0, 32);

/** The charge of `transactionId` and `transactionToken`, or null if they do not belong together. */
export function findDeal(ledger: Ledger, { transactionId, transactionToken }: Fields): Deal | null {
  const transaction = ledger.transaction(String(transactionId));
  const checkout = ledger.checkout(transaction?.checkoutId ?? '');
  if (transaction?.provider !== 'grow' || checkout === undefined) return null;
  const deal = { checkout, transaction };
  return transaction.kind === 'charge' && transactionToken === transactionTokenOf(deal) ? deal : null;
}

export const isOfPage = ({ wire }: Checkout, pageCode: unknown): boolean => wire['pageCode'] === pageCode;

export const refundsOf = (ledger: Ledger, { id, checkoutId }: Transaction): Transaction[] =>
  ledger.transactionsOf(checkoutId).filter(({ reverses }) => reverses === id);

/** Whether the charge was cancelled before transmission: then it was never transmitted, and no refund is. */
export const isVoided = (deps: Pick<VendorDeps, 'ledger' | 'lag'>, deal: Deal): boolean =>
  refundsOf(deps.ledger, deal.transaction).some(({ at }) => !isTransmitted(deps, deal, new Date(at)));

/** What a query shows of a page: the visible attempts and refunds, without the records of voids. */
export function listDeals(deps: VendorDeps, checkout: Checkout): Deal[] {
  const { ledger, now } = deps;
  const deals = ledger.transactionsOf(checkout.id).map((transaction) => ({ checkout, transaction }));
  const voided = new Set(
    deals.filter((deal) => isVoided(deps, deal)).map(({ transaction }) => transaction.id),
  );
  return deals.filter(
    ({ transaction: { visibleAt, reverses } }) => isPast(visibleAt, now()) && !voided.has(reverses ?? ''),
  );
}
