import { randomBytes } from 'node:crypto';
import { newId } from '../../src/domain/ids.ts';
import type { Pool } from '../../src/db/pool.ts';

/** A workspace with nothing in it; its id. */
export async function insertWorkspace(pool: Pool): Promise<string> {
  const id = newId('workspace');
  await pool.query(
    `INSERT INTO workspaces (id, name, legal_name, tax_id, address, time_zone, currency, locale, mode, receipt_email, receipt_print)
     VALUES ($1, 'x', '{}', '0', '{}', 'UTC', 'ILS', 'he', 'test', false, 'on_demand')`,
    [id],
  );
  return id;
}

/** A pending payment of it at an account of its own; their ids. */
export async function insertPayment(
  pool: Pool,
  workspaceId: string,
): Promise<{ paymentId: string; accountId: string }> {
  const accountId = newId('account');
  await pool.query(
    `INSERT INTO provider_accounts (id, workspace_id, family, provider, account_key_hash, credentials_sealed, options,
       webhook_token_hash, webhook_token_sealed, is_active)
     VALUES ($1, $2, 'payment', 'payplus', $3, '', '{}', $3, '', false)`,
    [accountId, workspaceId, randomBytes(32)],
  );
  const paymentId = newId('payment');
  await pool.query(
    `INSERT INTO payments (id, workspace_id, account_id, provider, status, reference, description, amount, charge_amount,
       currency, vat_included, vat_treatment)
     VALUES ($1, $2, $3, 'payplus', 'pending', $4, 'visit', 100, 100, 'ILS', true, 'standard')`,
    [paymentId, workspaceId, accountId, paymentId],
  );
  return { paymentId, accountId };
}
