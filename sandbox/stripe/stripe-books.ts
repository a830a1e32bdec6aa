import { isPast } from '../ledger/books.ts';
import type { Checkout, Entry, Fields, Transaction, VendorRow } from '../ledger/records.ts';
import type { VendorDeps } from '../vendor.ts';
import { fromIntentId, intentsOf, toLagMs } from './picture.ts';
import type { Dispute, Intent, Picture } from './picture.ts';

/** The endpoints for the events of an account. */
export interface WebhookEndpoint {
  id: string;
  account: string;
  url: string;
  enabledEvents: string[];
  apiVersion: string | null;
  secret: string;
  isDisabled: boolean;
  description: string | null;
  metadata: Record<string, string>;
  isLive: boolean;
  /** ISO instant. */
  createdAt: string;
}

export type StripeBooks = ReturnType<typeof createStripeBooks>;

/** The part of the ledger that one account may see, in Stripe's terms. Objects of other accounts are never found. */
export function createStripeBooks({ ledger, now, lag }: Pick<VendorDeps, 'ledger' | 'now' | 'lag'>) {
  const isShown = (account: string) => (one: Transaction) =>
    one.provider === 'stripe' && one.account === account && isPast(one.visibleAt, now());
  const disputes = (): Dispute[] =>
    rowsOf<Dispute>('dispute').filter(({ visibleAt }) => isPast(visibleAt, now()));
  const rowsOf = <Row>(table: string): Row[] => ledger.vendorRows('stripe', table) as unknown[] as Row[];

  /** `added`: entries that are about to be recorded. */
  const pictureOf = (checkout: Checkout, added: Transaction[] = [], at = now()): Picture => {
    const known = ledger.transactionsOf(checkout.id).filter(isShown(checkout.account));
    const seen = [...known, ...added];
    return {
      checkout,
      isClosed: ledger.isCancelled(checkout.id) || isPast(checkout.expiresAt, now()),
      charges: seen.filter(({ kind }) => kind === 'charge'),
      refunds: seen.filter(({ kind }) => kind === 'refund'),
      disputes: disputes().filter(({ checkoutId }) => checkoutId === checkout.id),
      at,
      lagMs: toLagMs({ lag }, checkout),
    };
  };

  const sessionOf = (account: string, id: string): Picture | null => {
    const checkout = ledger.checkout(id);
    return checkout?.provider === 'stripe' && checkout.account === account ? pictureOf(checkout) : null;
  };
  const transaction = (account: string, kind: Transaction['kind'], id: string) => {
    const found = ledger.transaction(id);
    if (found?.kind !== kind || !isShown(account)(found)) return null;
    const picture = sessionOf(account, found.checkoutId);
    return picture === null ? null : { picture, transaction: found };
  };

  return {
    pictureOf,
    session: sessionOf,
    charge: (account: string, id: string) => transaction(account, 'charge', id),
    refund: (account: string, id: string) => transaction(account, 'refund', id),
    intent(account: string, id: string): { picture: Picture; intent: Intent } | null {
      const first = id.startsWith('pi_') ? transaction(account, 'charge', fromIntentId(id)) : null;
      const intent = first && intentsOf(first.picture).find((one) => one.id === id);
      return first && intent ? { picture: first.picture, intent } : null;
    },
    dispute(account: string, id: string): { picture: Picture; dispute: Dispute } | null {
      const dispute = disputes().find((one) => one.id === id);
      const picture = dispute === undefined ? null : sessionOf(account, dispute.checkoutId);
      return dispute === undefined || picture === null ? null : { picture, dispute };
    },
    sessions: (account: string): Checkout[] =>
      ledger.checkouts().filter((one) => one.provider === 'stripe' && one.account === account),
    /** Oldest first. */
    transactions: (account: string, kind: Transaction['kind']): Transaction[] =>
      ledger.transactions().filter((one) => one.kind === kind && isShown(account)(one)),
    disputes,
    endpoints: (account: string): WebhookEndpoint[] =>
      rowsOf<WebhookEndpoint>('webhook_endpoint').filter((one) => one.account === account),
    /** The metadata and reason of a refund request. */
    askedWith: (refundId: string): Fields => ledger.vendorRow('stripe', 'refund', refundId) ?? {},
    row: (table: string, id: string): Fields | undefined => ledger.vendorRow('stripe', table, id),
  };
}

/** The entry that stores a row of Stripe's own, or removes it with null. */
export const toRow = (table: string, id: string, fields: object | null): Entry => ({
  kind: 'vendor_row',
  row: { provider: 'stripe', table, id, fields: fields as VendorRow['fields'] },
});
