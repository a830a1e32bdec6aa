import type { TaxProfile } from '../domain/workspace.ts';
import type { Sql } from './pool.ts';

/** Every profile of a workspace, oldest first. */
export async function listTaxProfiles(tx: Sql, workspaceId: string): Promise<TaxProfile[]> {
  const { rows } = await tx.query<TaxProfile>(
    `SELECT valid_from AS "validFrom", dealer_type AS "dealerType", vat_registered AS "vatRegistered"
     FROM tax_profiles WHERE workspace_id = $1 ORDER BY valid_from`,
    [workspaceId],
  );
  return rows;
}

/** Sets the profile of the workspace from a day on. A second one for the same day replaces the first. */
export async function upsertTaxProfile(tx: Sql, workspaceId: string, profile: TaxProfile): Promise<void> {
  await tx.query(
    `INSERT INTO tax_profiles (workspace_id, valid_from, dealer_type, vat_registered) VALUES ($1, $2, $3, $4)
     ON CONFLICT (workspace_id, valid_from)
     DO UPDATE SET dealer_type = excluded.dealer_type, vat_registered = excluded.vat_registered`,
    [workspaceId, profile.validFrom, profile.dealerType, profile.vatRegistered],
  );
}
