import type { Mode } from '../domain/workspace.ts';
import type { Sql } from './pool.ts';

/** What the account is for: taking payments, or issuing documents. */
export type AccountFamily = 'payment' | 'invoice';

/** Stored settings of a payment provider account. Invoice services use none of them. */
export interface AccountOptions {
  readonly webhookGraceSeconds: number;
  readonly maxPageMinutes: number;
  readonly bitMaxAmount?: number;
  /** The largest sum of one payment, minor units, with VAT. */
  readonly maxAmount?: number;
}

/**
 * An account at a payment provider or invoice service. Kept after a switch, because old links are still paid through
 * it.
 */
export interface AccountRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly family: AccountFamily;
  readonly provider: string;
  readonly credentialsSealed: Buffer;
  readonly previousSealed: Buffer | null;
  readonly previousValidUntil: Date | null;
  readonly options: AccountOptions;
  readonly webhookTokenSealed: Buffer;
  readonly isActive: boolean;
  readonly lastCheckedAt: Date | null;
  readonly lastSuccessAt: Date | null;
  /** The time until which our books were compared with the vendor; null if never. */
  readonly comparedUntil: Date | null;
}

const COLUMNS = `id, workspace_id AS "workspaceId", family, provider, credentials_sealed AS "credentialsSealed",
  previous_sealed AS "previousSealed", previous_valid_until AS "previousValidUntil", options,
  webhook_token_sealed AS "webhookTokenSealed", is_active AS "isActive", last_checked_at AS "lastCheckedAt",
  last_success_at AS "lastSuccessAt", compared_until AS "comparedUntil"`;

/** Records that our books were compared with the vendor until then. The next comparison starts there. */
export async function setComparedUntil(tx: Sql, id: string, until: Date): Promise<void> {
  await tx.query('UPDATE provider_accounts SET compared_until = greatest(compared_until, $2) WHERE id = $1', [
    id,
    until,
  ]);
}

/** An account of either family, also a replaced one, with its credentials still sealed. Null: `tx` sees none. */
export async function findAccount(tx: Sql, id: string): Promise<AccountRow | null> {
  const { rows } = await tx.query<AccountRow>(`SELECT ${COLUMNS} FROM provider_accounts WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

/** The account that a payment was made at; null for a manual payment. */
export async function findAccountOfPayment(tx: Sql, paymentId: string): Promise<AccountRow | null> {
  const { rows } = await tx.query<AccountRow>(
    `SELECT ${COLUMNS} FROM provider_accounts WHERE id = (SELECT account_id FROM payments WHERE id = $1)`,
    [paymentId],
  );
  return rows[0] ?? null;
}

/** The active account, or null if there is none or it is disabled. */
export async function findActiveAccount(
  tx: Sql,
  workspaceId: string,
  family: AccountFamily,
): Promise<AccountRow | null> {
  const { rows } = await tx.query<AccountRow>(
    `SELECT ${COLUMNS} FROM provider_accounts WHERE workspace_id = $1 AND family = $2 AND is_active`,
    [workspaceId, family],
  );
  return rows[0] ?? null;
}

/**
 * Finds an account by the hash of the token in its webhook address. System role, since a vendor knows no workspace.
 */
export async function findAccountByWebhookToken(sql: Sql, tokenHash: Buffer): Promise<AccountRow | null> {
  const { rows } = await sql.query<AccountRow>(
    `SELECT ${COLUMNS} FROM provider_accounts WHERE webhook_token_hash = $1`,
    [tokenHash],
  );
  return rows[0] ?? null;
}

/** A new row. It becomes active at once, so the one before must be inactive. */
export interface NewAccount {
  readonly id: string;
  readonly workspaceId: string;
  readonly family: AccountFamily;
  readonly provider: string;
  readonly accountKeyHash: Buffer;
  readonly credentialsSealed: Buffer;
  readonly options: AccountOptions;
  readonly webhookTokenHash: Buffer;
  readonly webhookTokenSealed: Buffer;
}

/** Inserts an account after its credentials were tested. */
export async function insertActiveAccount(tx: Sql, account: NewAccount): Promise<AccountRow> {
  const { rows } = await tx.query<AccountRow>(
    `INSERT INTO provider_accounts (id, workspace_id, family, provider, account_key_hash, credentials_sealed, options,
       webhook_token_hash, webhook_token_sealed, is_active, last_checked_at, last_success_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, true, now(), now()) RETURNING ${COLUMNS}`,
    [
      account.id,
      account.workspaceId,
      account.family,
      account.provider,
      account.accountKeyHash,
      account.credentialsSealed,
      JSON.stringify(account.options),
      account.webhookTokenHash,
      account.webhookTokenSealed,
    ],
  );
  return mustReturn(rows[0]);
}

/** Inserts an account that is switched off from the start, for payments of the past. */
export async function insertAccountForRecord(tx: Sql, account: NewAccount): Promise<void> {
  await tx.query(
    `INSERT INTO provider_accounts (id, workspace_id, family, provider, account_key_hash, credentials_sealed, options,
       webhook_token_hash, webhook_token_sealed, is_active)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, false)`,
    [
      account.id,
      account.workspaceId,
      account.family,
      account.provider,
      account.accountKeyHash,
      account.credentialsSealed,
      JSON.stringify(account.options),
      account.webhookTokenHash,
      account.webhookTokenSealed,
    ],
  );
}

/** Activates a known account with these options after its credentials were tested. */
export async function activateAccount(tx: Sql, id: string, options: AccountOptions): Promise<AccountRow> {
  const { rows } = await tx.query<AccountRow>(
    `UPDATE provider_accounts SET is_active = true, options = $2, last_checked_at = now(), last_success_at = now()
     WHERE id = $1 RETURNING ${COLUMNS}`,
    [id, JSON.stringify(options)],
  );
  return mustReturn(rows[0]);
}

/** New secrets of the same account. The ones before verify webhooks for 7 more days (docs/operations.md, "Keys"). */
export async function renewCredentials(
  tx: Sql,
  id: string,
  secrets: Pick<AccountRow, 'credentialsSealed'> & { readonly previousSealed: Buffer },
): Promise<void> {
  await tx.query(
    `UPDATE provider_accounts SET credentials_sealed = $2, previous_sealed = $3,
       previous_valid_until = now() + interval '7 days'
     WHERE id = $1`,
    [id, secrets.credentialsSealed, secrets.previousSealed],
  );
}

/** Deactivates the account; its id, or null if none was active. */
export async function deactivateAccount(
  tx: Sql,
  workspaceId: string,
  family: AccountFamily,
): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>(
    'UPDATE provider_accounts SET is_active = false WHERE workspace_id = $1 AND family = $2 AND is_active RETURNING id',
    [workspaceId, family],
  );
  return rows[0]?.id ?? null;
}

/** The row of a vendor account, active or not, by the hash that identifies it. */
export async function findAccountByKey(
  tx: Sql,
  key: Pick<NewAccount, 'workspaceId' | 'family' | 'provider' | 'accountKeyHash'>,
): Promise<AccountRow | null> {
  const { rows } = await tx.query<AccountRow>(
    `SELECT ${COLUMNS} FROM provider_accounts
     WHERE workspace_id = $1 AND family = $2 AND provider = $3 AND account_key_hash = $4`,
    [key.workspaceId, key.family, key.provider, key.accountKeyHash],
  );
  return rows[0] ?? null;
}

/** The active account, else the last active one; only of one provider if `provider` is given. */
export async function findLatestAccount(
  tx: Sql,
  workspaceId: string,
  family: AccountFamily,
  provider: string | null,
): Promise<AccountRow | null> {
  const { rows } = await tx.query<AccountRow>(
    `SELECT ${COLUMNS} FROM provider_accounts
     WHERE workspace_id = $1 AND family = $2 AND ($3::text IS NULL OR provider = $3)
     ORDER BY is_active DESC, last_success_at DESC NULLS LAST, created_at DESC LIMIT 1`,
    [workspaceId, family, provider],
  );
  return rows[0] ?? null;
}

function mustReturn(row: AccountRow | undefined): AccountRow {
  if (!row) throw new Error('the provider account is not in this workspace');
  return row;
}

/** What a call is about. */
export type Concern =
  { readonly paymentId: string } | { readonly refundId: string } | { readonly documentId: string };

/**
 * The account that a call about this goes through, as far as its breakers are named by it. Null: it calls nobody, as of
 * a refund from hand to hand.
 */
export async function findAccountBehind(
  tx: Sql,
  about: Concern,
): Promise<{ id: string; provider: string; mode: Mode } | null> {
  const {
    paymentId = null,
    refundId = null,
    documentId = null,
  } = about as Record<string, string | undefined>;
  const { rows } = await tx.query<{ id: string; provider: string; mode: Mode }>(
    `SELECT a.id, a.provider, w.mode FROM provider_accounts a JOIN workspaces w ON w.id = a.workspace_id
     WHERE a.id = coalesce(
       (SELECT account_id FROM payments WHERE id = $1),
       (SELECT p.account_id FROM refunds r JOIN payments p ON p.id = r.payment_id
         WHERE r.id = $2 AND r.method = 'original' AND r.origin <> 'dispute'),
       (SELECT account_id FROM invoice_pushes WHERE document_id = $3))`,
    [paymentId, refundId, documentId],
  );
  return rows[0] ?? null;
}
