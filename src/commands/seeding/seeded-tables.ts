import type { Row } from '../../db/copy-rows.ts';

/** The tables of a payment's life in the order in which they refer to each other, with the columns that a seed fills. */
export const SEEDED_TABLES = {
  payments: [
    ...['id', 'workspace_id', 'account_id', 'provider', 'status', 'review', 'reference', 'subject'],
    ...['description', 'amount', 'charge_amount', 'currency', 'vat_included', 'vat_treatment', 'customer'],
    ...[
      'metadata',
      'method',
      'captured_amount',
      'refunded_amount',
      'event_sequence',
      'created_at',
      'paid_at',
    ],
    ...['completed_at', 'expires_at', 'failure'],
  ],
  manual_payments: ['payment_id', 'workspace_id', 'method', 'paid_on', 'paid_at', 'check_details'],
  provider_pages: [
    ...['id', 'workspace_id', 'payment_id', 'account_id', 'provider_page_id', 'url', 'state', 'expires_at'],
    'created_at',
  ],
  provider_transactions: [
    ...[
      'id',
      'workspace_id',
      'payment_id',
      'account_id',
      'provider_transaction_id',
      'kind',
      'status',
      'amount',
    ],
    ...['currency', 'paid_at', 'paid_at_raw', 'means', 'refund_of', 'raw_code', 'created_at'],
  ],
  provider_events: [
    ...['id', 'workspace_id', 'account_id', 'provider', 'event_id', 'kind', 'payment_id', 'verdict'],
    ...['body_sha256', 'received_at', 'signalled_at', 'handled_at', 'handled_as'],
  ],
  refunds: [
    ...['id', 'workspace_id', 'payment_id', 'charge_id', 'transaction_id', 'amount', 'currency', 'method'],
    ...[
      'origin',
      'is_documented',
      'status',
      'reason',
      'created_at',
      'sent_at',
      'answered_at',
      'completed_at',
    ],
  ],
  tax_documents: [
    ...['id', 'workspace_id', 'payment_id', 'refund_id', 'transaction_id', 'original_document_id', 'type'],
    ...['series', 'number', 'fiscal_year', 'document_date', 'currency', 'net', 'vat', 'total', 'rate_bp'],
    ...['status', 'content', 'payment_provider', 'payment_method', 'acknowledged_at', 'created_at'],
  ],
  invoice_pushes: [
    ...['document_id', 'workspace_id', 'account_id', 'service', 'status', 'external_id', 'external_number'],
    ...['created_at', 'pushed_at'],
  ],
  payment_log: ['workspace_id', 'payment_id', 'at', 'kind', 'summary', 'from_status', 'to_status', 'detail'],
  events: ['id', 'workspace_id', 'payment_id', 'type', 'sequence', 'facts', 'created_at'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type SeededTable = keyof typeof SEEDED_TABLES;

/** Rows by table. */
export type SeededRows = { readonly [T in SeededTable]: Row<string>[] };

/** An empty list for each seeded table, to be filled by one batch. */
export function noRows(): SeededRows {
  return Object.fromEntries(Object.keys(SEEDED_TABLES).map((table) => [table, []])) as unknown as SeededRows;
}
