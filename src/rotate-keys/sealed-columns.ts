import type { SealedColumn } from '../db/sealed-values.ts';
import type { SecretPurpose } from '../secrets.ts';

/**
 * A column of sealed values, and how the code that seals speaks of its places: `place` is the column's name there, the
 * row's id is its key's columns with a blank between them.
 */
export interface RotatedColumn extends SealedColumn {
  readonly purpose: SecretPurpose;
  readonly place: string;
}

const BY_ID = ['id'] as const;

/** Every sealed column of the schema; a test holds the list against it. */
export const SEALED_COLUMNS: readonly RotatedColumn[] = [
  of('provider_accounts', 'credentials_sealed', 'credentials', 'credentials'),
  // Sealed when they were the current ones, and moved as they are.
  of('provider_accounts', 'previous_sealed', 'credentials', 'credentials'),
  of('provider_accounts', 'webhook_token_sealed', 'link', 'webhook_token'),
  of('payments', 'link_token_sealed', 'link', 'link_token'),
  of('provider_pages', 'secret_sealed', 'credentials', 'secret'),
  of('provider_transactions', 'secret_sealed', 'credentials', 'secret'),
  of('provider_events', 'body_sealed', 'inbox', 'body'),
  of('provider_events', 'headers_sealed', 'inbox', 'headers'),
  of('idempotency_keys', 'response_sealed', 'answer', 'response', ['workspace_id', 'scope', 'key']),
  of('webhook_endpoints', 'secret_sealed', 'credentials', 'secret'),
  of('webhook_endpoints', 'previous_sealed', 'credentials', 'secret'),
];

function of(
  table: string,
  column: string,
  purpose: SecretPurpose,
  place: string,
  key: readonly string[] = BY_ID,
): RotatedColumn {
  return { table, column, key, purpose, place };
}
