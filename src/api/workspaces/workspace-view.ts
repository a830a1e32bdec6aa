import { listNextNumbers } from '../../db/first-numbers.ts';
import { findActiveAccount } from '../../db/provider-accounts.ts';
import { listTaxProfiles } from '../../db/tax-profiles.ts';
import { findLogo } from '../../db/workspace-logos.ts';
import type { FirstNumbers } from '../../db/first-numbers.ts';
import type { Sql } from '../../db/pool.ts';
import type { LogoFacts } from '../../db/workspace-logos.ts';
import type { WorkspaceRow } from '../../db/workspaces.ts';
import { dayInZone } from '../../domain/calendar.ts';
import { profileOn } from '../../domain/tax-document.ts';
import { effectiveIssuer } from '../../domain/workspace.ts';
import type { ApiContext } from '../context.ts';
import { PAYMENT_REQUEST } from './workspace-rules.ts';
import type { WorkspaceSettings } from './workspace-rules.ts';
import type { WorkspaceJson } from './workspace-schema.ts';

/** The present settings of a stored workspace. */
export async function getSettings(
  tx: Sql,
  { id, createdAt: _createdAt, logoSha256: _logoSha256, ...row }: WorkspaceRow,
): Promise<WorkspaceSettings> {
  const profiles = await listTaxProfiles(tx, id);
  const { dealerType, vatRegistered } = profileOn(profiles, dayInZone(new Date(), row.timeZone));
  return { ...row, dealerType, vatRegistered, paymentRequest: row.paymentRequest ?? PAYMENT_REQUEST };
}

/** The active invoice service, reduced to what the choice of issuer needs. */
export async function findInvoiceFace(context: ApiContext, tx: Sql, workspaceId: string) {
  const account = await findActiveAccount(tx, workspaceId, 'invoice');
  return account === null ? null : context.adapters.invoiceFace(account.provider);
}

/** Facts about the logo of new documents. */
function findLogoFacts(tx: Sql, { id, logoSha256 }: WorkspaceRow): Promise<LogoFacts | null> {
  return logoSha256 === null ? Promise.resolve(null) : findLogo(tx, id, logoSha256);
}

/** A workspace as the API shows it; `documentIssuer` is the effective one. */
export async function toWorkspaceJson(
  context: ApiContext,
  tx: Sql,
  row: WorkspaceRow,
): Promise<WorkspaceJson> {
  const settings = await getSettings(tx, row);
  const service = await findInvoiceFace(context, tx, row.id);
  const firstNumbers: FirstNumbers = await listNextNumbers(tx, row.id);
  return {
    id: row.id,
    ...settings,
    documentIssuer: effectiveIssuer(settings.documentIssuer, service?.issuesLegalDocuments ?? false),
    firstNumbers,
    logo: await findLogoFacts(tx, row),
    warnings: await warningsOf(context, settings, row.id),
    createdAt: row.createdAt.toISOString(),
  };
}

/** What the settings cannot do as they stand, though they are allowed. */
async function warningsOf(
  { hasCertificate }: ApiContext,
  { receipt }: WorkspaceSettings,
  workspaceId: string,
): Promise<WorkspaceJson['warnings']> {
  if (!receipt.email || (await hasCertificate(workspaceId))) return [];
  const detail =
    'receipt.email mails copies only: no certificate signs the documents of this workspace, so their originals must be handed over on paper';
  return [{ code: 'receipts_unsigned', detail }];
}
