import { inWorkspace } from '../../db/transaction.ts';
import { insertAccountForRecord, findActiveAccount } from '../../db/provider-accounts.ts';
import type { Pool } from '../../db/pool.ts';
import { countWorkspacesBeside, hasOwnPayments } from '../../db/seeding.ts';
import { listTaxProfiles, upsertTaxProfile } from '../../db/tax-profiles.ts';
import { findWorkspace, insertWorkspace } from '../../db/workspaces.ts';
import { newToken } from '../../domain/ids.ts';
import { effectiveIssuer } from '../../domain/workspace.ts';
import { REGISTRY } from '../../providers/adapters.ts';
import { placeIn } from '../../sealed-places.ts';
import { hashSecret } from '../../secrets.ts';
import type { Secrets } from '../../secrets.ts';
import { chainOfClinics } from './clinics.ts';
import type { SeededAccount, SeededClinic } from './clinics.ts';
import { SEEDED_WORKSPACE } from './seeded-ids.ts';

/** What the operator allows. */
export interface Allowed {
  /** Other data in the database, or live payments in the workspace. */
  readonly besideOtherData: boolean;
}

/**
 * The workspace that the operator named, as it is set up.
 * @throws Error with a sentence for the operator
 */
export async function namedClinic(
  pool: Pool,
  workspaceId: string,
  payments: number,
  { besideOtherData }: Allowed,
): Promise<SeededClinic> {
  const found = await inWorkspace(pool, workspaceId, async (tx) => ({
    workspace: await findWorkspace(tx, workspaceId),
    profiles: await listTaxProfiles(tx, workspaceId),
    provider: await findActiveAccount(tx, workspaceId, 'payment'),
    invoices: await findActiveAccount(tx, workspaceId, 'invoice'),
  }));
  const { workspace, profiles, provider, invoices } = found;
  if (workspace === null) throw new Error(`there is no workspace ${workspaceId}`);
  if (workspace.mode === 'live' && !besideOtherData && (await hasOwnPayments(pool, workspaceId)))
    throw new Error(
      `${workspaceId} is live and has payments of its own: seeded documents would stand among legal ones for ever. Name a test workspace, or add --beside-other-data`,
    );
  const face = invoices === null ? null : REGISTRY.invoiceFace(invoices.provider);
  const issuer = effectiveIssuer(workspace.documentIssuer, face?.issuesLegalDocuments ?? false);
  return { workspace, profiles, issuer, provider, invoices, payments };
}

/**
 * Makes the chain's workspaces with their accounts. The accounts are switched off: no vendor knows them.
 * @throws Error with a sentence for the operator if others' data is in the database
 */
export async function makeChain(
  { pool, secrets }: { readonly pool: Pool; readonly secrets: Secrets },
  seed: number,
  payments: number,
  { besideOtherData }: Allowed,
): Promise<SeededClinic[]> {
  const others = await countWorkspacesBeside(pool, SEEDED_WORKSPACE);
  if (others > 0 && !besideOtherData)
    throw new Error(
      `the database holds ${others} workspaces that no seed made. Name one of them with --workspace, use an empty database, or add --beside-other-data`,
    );
  const clinics = chainOfClinics(seed, payments, REGISTRY.supported);
  for (const clinic of clinics)
    await inWorkspace(pool, clinic.workspace.id, async (tx) => {
      const workspaceId = clinic.workspace.id;
      if ((await findWorkspace(tx, workspaceId)) !== null)
        throw new Error(`seed ${seed} is in the database already: choose another --seed`);
      await insertWorkspace(tx, clinic.workspace);
      for (const profile of clinic.profiles) await upsertTaxProfile(tx, workspaceId, profile);
      const accounts = [
        ['payment', clinic.provider],
        ['invoice', clinic.invoices],
      ] as const;
      for (const [family, account] of accounts) {
        if (account === null) continue;
        await insertAccountForRecord(tx, { ...sealAccount(secrets, account), workspaceId, family });
      }
    });
  return clinics;
}

/** An account with nothing behind it. Its sealed values open, as a rotation of keys wants. */
function sealAccount(secrets: Secrets, { id, provider }: SeededAccount) {
  const token = newToken();
  return {
    id,
    provider,
    accountKeyHash: hashSecret(`seeded ${id}`),
    credentialsSealed: secrets.seal(placeIn('provider_accounts.credentials', id), Buffer.from('{}')),
    options: { webhookGraceSeconds: 86_400, maxPageMinutes: 43_200 },
    webhookTokenHash: hashSecret(token),
    webhookTokenSealed: secrets.seal(placeIn('provider_accounts.webhook_token', id), Buffer.from(token)),
  };
}
