/** The purpose of a sealed value. Each purpose has its own key, derived from the master key. */
export type SecretPurpose = 'credentials' | 'inbox' | 'link' | 'answer' | 'canary';

/**
 * Every column of sealed values, by table and by the name under which its values are authenticated: the column's, without
 * `_sealed`. A test compares the list with the migrations.
 */
export const SEALED_PLACES = {
  'provider_accounts.credentials': 'credentials',
  'provider_accounts.previous': 'credentials',
  'provider_accounts.webhook_token': 'link',
  'payments.link_token': 'link',
  'provider_pages.secret': 'credentials',
  'provider_transactions.secret': 'credentials',
  'provider_events.body': 'inbox',
  'provider_events.headers': 'inbox',
  'idempotency_keys.response': 'answer',
  'webhook_endpoints.secret': 'credentials',
  'webhook_endpoints.previous': 'credentials',
  'tax_authority_connections.refresh_token': 'credentials',
  'tax_authority_connections.access_token': 'credentials',
  'encryption_keys.canary': 'canary',
} as const satisfies Readonly<Record<`${string}.${string}`, SecretPurpose>>;

export type SealedPlaceName = keyof typeof SEALED_PLACES;

/**
 * The place of a sealed value. It is authenticated together with the value, so a value that was moved to another row
 * does not open.
 */
export interface SecretPlace {
  readonly name: SealedPlaceName;
  /** The primary key, its columns joined by blanks. */
  readonly rowId: string;
}

/** The place of a value in the row with this id. */
export function placeIn(name: SealedPlaceName, rowId: string): SecretPlace {
  return { name, rowId };
}

/** A sealed column as a rotation of keys walks it. */
export interface RotatedColumn {
  readonly name: SealedPlaceName;
  readonly table: string;
  readonly column: string;
  /** Columns of the primary key. */
  readonly key: readonly string[];
}

/** Tables whose primary key is more than `id`. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  idempotency_keys: ['workspace_id', 'scope', 'key'],
  tax_authority_connections: ['workspace_id'],
};

/** What a rotation re-seals: every sealed column. A canary belongs to its key and is deleted with it. */
export const ROTATED_COLUMNS: readonly RotatedColumn[] = (Object.keys(SEALED_PLACES) as SealedPlaceName[])
  .filter((name) => SEALED_PLACES[name] !== 'canary')
  .map((name) => {
    const [table = '', column = ''] = name.split('.');
    return { name, table, column: `${column}_sealed`, key: KEYS[table] ?? ['id'] };
  });
