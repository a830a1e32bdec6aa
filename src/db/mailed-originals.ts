import { mayBeMailedOriginal, whyCopy } from '../domain/payer.ts';
import type { CopyReason } from '../domain/payer.ts';
import { findOriginal } from './document-files.ts';
import { findPayment } from './payments.ts';
import type { Sql } from './pool.ts';
import type { DocumentRow } from './tax-documents.ts';
import { findWorkspace } from './workspaces.ts';

/** Why the original of a document may not be mailed to this address; null if it may. */
export async function whyNotMailed(
  tx: Sql,
  { id, workspaceId, paymentId, type, content }: DocumentRow,
  recipient: string,
): Promise<CopyReason | null> {
  const workspace = await findWorkspace(tx, workspaceId);
  const customer = (await findPayment(tx, paymentId))?.customer ?? null;
  const hasConsent = workspace !== null && mayBeMailedOriginal(workspace, customer, recipient);
  return whyCopy({ type, dealerType: content.issuer.dealerType }, hasConsent, await findOriginal(tx, id));
}
