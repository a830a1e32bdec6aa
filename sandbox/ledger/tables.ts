import type {
  Checkout,
  Delivery,
  Entry,
  Fields,
  RecordedCall,
  StoredDocument,
  Transaction,
  VendorRow,
} from './records.ts';

export type Tables = ReturnType<typeof createTables>;

/** The state of the ledger in memory. */
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
  vendorRows: new Map<string, Map<string, Fields>>(),
});

export const accountKey = ({ provider, account }: Pick<StoredDocument, 'provider' | 'account'>): string =>
  `${provider} ${account}`;

export const rowsKey = ({ provider, table }: Pick<VendorRow, 'provider' | 'table'>): string =>
  `${provider} ${table}`;

/** Adds one entry to the tables; the only writer of them. */
export function applyEntry(tables: Tables, entry: Entry): void {
  const apply = APPLY[entry.kind] as (tables: Tables, entry: Entry) => void;
  apply(tables, entry);
}

const APPLY: { [Kind in Entry['kind']]: (tables: Tables, entry: Extract<Entry, { kind: Kind }>) => void } = {
  checkout(tables, { checkout }) {
    tables.checkouts.set(checkout.id, checkout);
    addTo(tables.checkoutsByReference, checkout.reference, checkout);
  },
  cancelled: (tables, { checkoutId }) => void tables.cancelled.add(checkoutId),
  transaction(tables, { transaction }) {
    tables.transactions.set(transaction.id, transaction);
    addTo(tables.transactionsByCheckout, transaction.checkoutId, transaction);
    addTo(tables.transactionsByReference, transaction.reference, transaction);
  },
  document(tables, { document }) {
    tables.documents.set(document.id, document);
    addTo(tables.documentsByAccount, accountKey(document), document);
  },
  document_status: (tables, { id, status }) => change(tables.documents.get(id), { status }),
  vendor_row: (tables, { row }) => keepRow(tables, row),
  call: (tables, { call }) => void tables.calls.set(call.id, call),
  answered: (tables, { callId, status }) => change(tables.calls.get(callId), { status }),
  delivery: (tables, { delivery }) => void tables.deliveries.set(delivery.id, delivery),
  // The body is needed only until it is sent; tens of thousands would fill the memory.
  delivered: (tables, { id, status, error, at }) =>
    change(tables.deliveries.get(id), { status, error, answeredAt: at, body: '' }),
};

function keepRow(tables: Tables, row: VendorRow): void {
  const rows = tables.vendorRows.get(rowsKey(row)) ?? new Map<string, Fields>();
  tables.vendorRows.set(rowsKey(row), rows);
  if (row.fields === null) rows.delete(row.id);
  else rows.set(row.id, row.fields);
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
