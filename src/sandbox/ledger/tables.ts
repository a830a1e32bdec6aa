import type { Checkout, Delivery, Entry, RecordedCall, StoredDocument, Transaction } from './records.ts';

export type Tables = ReturnType<typeof createTables>;

/** What the ledger's entries add up to, in memory. */
export const createTables = () => ({
  checkouts: new Map<string, Checkout>(),
  cancelled: new Set<string>(),
  transactions: new Map<string, Transaction>(),
  documents: new Map<string, StoredDocument>(),
  calls: new Map<string, RecordedCall>(),
  deliveries: new Map<string, Delivery>(),
  checkoutsByReference: new Map<string, Checkout[]>(),
  transactionsByCheckout: new Map<string, Transaction[]>(),
  transactionsByReference: new Map<string, Transaction[]>(),
  documentsByAccount: new Map<string, StoredDocument[]>(),
});

export const accountKey = ({ provider, account }: Pick<StoredDocument, 'provider' | 'account'>): string =>
  `${provider} ${account}`;

/** Adds one entry to the tables; the only writer of them. */
export function applyEntry(tables: Tables, entry: Entry): void {
  switch (entry.kind) {
    case 'checkout':
      tables.checkouts.set(entry.checkout.id, entry.checkout);
      addTo(tables.checkoutsByReference, entry.checkout.reference, entry.checkout);
      break;
    case 'cancelled':
      tables.cancelled.add(entry.checkoutId);
      break;
    case 'transaction':
      tables.transactions.set(entry.transaction.id, entry.transaction);
      addTo(tables.transactionsByCheckout, entry.transaction.checkoutId, entry.transaction);
      addTo(tables.transactionsByReference, entry.transaction.reference, entry.transaction);
      break;
    case 'document':
      tables.documents.set(entry.document.id, entry.document);
      addTo(tables.documentsByAccount, accountKey(entry.document), entry.document);
      break;
    case 'document_status':
      change(tables.documents.get(entry.id), { status: entry.status });
      break;
    case 'call':
      tables.calls.set(entry.call.id, entry.call);
      break;
    case 'answered':
      change(tables.calls.get(entry.callId), { status: entry.status });
      break;
    case 'delivery':
      tables.deliveries.set(entry.delivery.id, entry.delivery);
      break;
    case 'delivered':
      // The body was needed until it was sent; tens of thousands of them would only fill the memory.
      change(tables.deliveries.get(entry.id), {
        status: entry.status,
        error: entry.error,
        answeredAt: entry.at,
        body: '',
      });
      break;
  }
}

function change<Row extends object>(row: Row | undefined, fields: Partial<Row>): void {
  if (row !== undefined) Object.assign(row, fields);
}

function addTo<Row>(index: Map<string, Row[]>, key: string | null, row: Row): void {
  if (key === null) return;
  const known = index.get(key);
  if (known === undefined) index.set(key, [row]);
  else known.push(row);
}
