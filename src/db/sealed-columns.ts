import type { SealedColumn } from './sealed-values.ts';
import type { SecretPurpose } from '../secrets.ts';

/** A column of sealed values: what they are for, and by which name of the column they were sealed. */
export interface RotatedColumn extends SealedColumn {
  readonly purpose: SecretPurpose;
  readonly place: string;
}

const BY_ID = ['id'] as const;

/** Every sealed column of the schema; a test holds the list against it. */
export const SEALED_COLUMNS: readonly RotatedColumn[] = [
  of('provider_accounts', 'credentials_sealed', 'credentials'),
  of('provider_accounts', 'previous_sealed', 'credentials'),
  of('provider_accounts', 'webhook_token_sealed', 'link'),
  of('payments', 'link_token_sealed', 'link'),
  of('provider_pages', 'secret_sealed', 'credentials'),
  of('provider_transactions', 'secret_sealed', 'credentials'),
  of('provider_events', 'body_sealed', 'inbox'),
  of('provider_events', 'headers_sealed', 'inbox'),
  of('idempotency_keys', 'response_sealed', 'answer', ['workspace_id', 'scope', 'key']),
  of('webhook_endpoints', 'secret_sealed', 'credentials'),
  of('webhook_endpoints', 'previous_sealed', 'credentials'),
];

/** Places leave `_sealed` out; the row's id is its key's columns with a blank between them. */
function of(
  table: string,
  column: string,
  purpose: SecretPurpose,
  key: readonly string[] = BY_ID,
): RotatedColumn {
  return { table, column, key, purpose, place: column.replace(/_sealed$/, '') };
}
