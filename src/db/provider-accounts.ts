import type { Sql } from './pool.ts';

export type AccountFamily = 'payment' | 'invoice';

/** Settings of a slot, as stored. Invoice services use none of them. */
export interface AccountOptions {
  readonly webhookGraceSeconds: number;
  readonly maxPageMinutes: number;
}

/** An account at a payment provider or invoice service. Kept after a switch: old links settle through it. */
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
}

const COLUMNS = `id, workspace_id AS "workspaceId", family, provider, credentials_sealed AS "credentialsSealed",
  previous_sealed AS "previousSealed", previous_valid_until AS "previousValidUntil", options,
  webhook_token_sealed AS "webhookTokenSealed", is_active AS "isActive", last_checked_at AS "lastCheckedAt",
  last_success_at AS "lastSuccessAt"`;

export async function findAccount(tx: Sql, id: string): Promise<AccountRow | null> {
  const { rows } = await tx.query<AccountRow>(`SELECT ${COLUMNS} FROM provider_accounts WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

/** The account in force, or null where the slot is empty or disabled. */
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

/** By the hash of the token in its webhook address; system role, since a vendor knows no workspace. */
export async function findAccountByWebhookToken(sql: Sql, tokenHash: Buffer): Promise<AccountRow | null> {
  const { rows } = await sql.query<AccountRow>(
    `SELECT ${COLUMNS} FROM provider_accounts WHERE webhook_token_hash = $1`,
    [tokenHash],
  );
  return rows[0] ?? null;
}
