import { findPush } from '../../db/invoice-pushes.ts';
import type { PushRow } from '../../db/invoice-pushes.ts';
import type { Pool } from '../../db/pool.ts';
import { findAccount } from '../../db/provider-accounts.ts';
import type { AccountRow } from '../../db/provider-accounts.ts';
import { findDocument } from '../../db/tax-documents.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { inOneTrip } from '../../db/transaction.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { WorkspaceRow } from '../../db/workspaces.ts';
import { comeBack, impossible } from '../failure.ts';

/** Input of a push. */
export interface LoadedPush {
  readonly document: DocumentRow;
  readonly workspace: WorkspaceRow;
  readonly account: AccountRow;
  /** For a credit: the document that it credits, and its place at the service. */
  readonly original: OriginalDocument | null;
}

/** A credited document; `push` is null if it was never to be pushed. */
export interface OriginalDocument {
  readonly document: DocumentRow;
  readonly push: PushRow | null;
}

/** When to check again whether the original was pushed: after a tenth of the time waited. */
const SHORTEST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/** @throws ApplicationFailure `not_yet`, to come back, while the service does not have the credited document */
export async function loadPush(pool: Pool, push: PushRow): Promise<LoadedPush> {
  const [document, workspace, account] = await inOneTrip(pool, push.workspaceId, (tx) => [
    findDocument(tx, push.documentId),
    findWorkspace(tx, push.workspaceId),
    findAccount(tx, push.accountId),
  ]);
  if (document === null || workspace === null || account === null) throw missing(push.documentId);
  const original = await loadOriginal(pool, document);
  if (original?.push && original.push.status !== 'pushed') {
    throw comeBack('not_yet', 'the document that this one credits was not pushed yet', pauseOf(document));
  }
  return { document, workspace, account, original };
}

function pauseOf({ createdAt }: DocumentRow): number {
  const waitedMs = Date.now() - createdAt.getTime();
  return Math.min(Math.max(Math.round(waitedMs / 10), SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
}

async function loadOriginal(
  pool: Pool,
  { workspaceId, originalDocumentId }: DocumentRow,
): Promise<OriginalDocument | null> {
  if (originalDocumentId === null) return null;
  const [document, push] = await inOneTrip(pool, workspaceId, (tx) => [
    findDocument(tx, originalDocumentId),
    findPush(tx, originalDocumentId),
  ]);
  if (document === null) throw missing(originalDocumentId);
  return { document, push };
}

const missing = (documentId: string) =>
  impossible('no_such_document', `document ${documentId} cannot be loaded for a push`);
