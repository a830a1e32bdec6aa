import type { Checkout, CheckoutStatus, Fields, VendorName } from './records.ts';
import { accountKey, rowsKey } from './tables.ts';
import type { Tables } from './tables.ts';

export type Books = ReturnType<typeof createBooks>;

/** Queries of the ledger. */
export function createBooks(tables: Tables) {
  const transactionsOf = (checkoutId: string) => tables.transactionsByCheckout.get(checkoutId) ?? [];

  return {
    /** Computed from the transactions each time, so it can never contradict them. */
    statusOf(checkout: Checkout, now: Date): CheckoutStatus {
      const attempts = transactionsOf(checkout.id);
      if (attempts.some((attempt) => attempt.kind === 'charge' && attempt.approved)) return 'paid';
      if (tables.cancelled.has(checkout.id)) return 'cancelled';
      if (isPast(checkout.expiresAt, now)) return 'expired';
      return attempts.length > 0 ? 'declined' : 'open';
    },
    isCancelled: (checkoutId: string) => tables.cancelled.has(checkoutId),
    checkout: (id: string) => tables.checkouts.get(id),
    checkouts: () => [...tables.checkouts.values()],
    checkoutsWith: (reference: string) => tables.checkoutsByReference.get(reference) ?? [],
    transaction: (id: string) => tables.transactions.get(id),
    transactions: () => [...tables.transactions.values()],
    transactionsOf,
    transactionsWith: (reference: string) => tables.transactionsByReference.get(reference) ?? [],
    document: (id: string) => tables.documents.get(id),
    documents: () => [...tables.documents.values()],
    documentsOf: (provider: VendorName, account: string) =>
      tables.documentsByAccount.get(accountKey({ provider, account })) ?? [],
    vendorRow: (provider: VendorName, table: string, id: string): Fields | undefined =>
      tables.vendorRows.get(rowsKey({ provider, table }))?.get(id),
    vendorRows: (provider: VendorName, table: string): Fields[] => [
      ...(tables.vendorRows.get(rowsKey({ provider, table }))?.values() ?? []),
    ],
    calls: () => [...tables.calls.values()],
    deliveries: () => [...tables.deliveries.values()],
  };
}

/** True when `instant` lies at or before `now`; no instant never passes. */
export function isPast(instant: string | null, now: Date): boolean {
  return instant !== null && Date.parse(instant) <= now.getTime();
}
