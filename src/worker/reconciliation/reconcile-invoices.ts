import type { ActivityContext } from '../../activities/context.ts';
import { loadPush } from '../../activities/invoices/load-push.ts';
import { toPushOrder } from '../../activities/invoices/push-order.ts';
import { reportDifference } from './report-difference.ts';
import { findPush } from '../../db/invoice-pushes.ts';
import type { AccountRow } from '../../db/provider-accounts.ts';
import { findPaymentsByKey, listOwedDocuments } from '../../db/reconciliation.ts';
import type { OwedDocument } from '../../db/reconciliation.ts';
import { inOneTrip, inWorkspace } from '../../db/transaction.ts';
import { dayInZone } from '../../domain/calendar.ts';
import type { Workspace } from '../../domain/workspace.ts';
import type { InvoiceService, ListedDocument } from '../../providers/invoices/invoice-service.ts';
import { compareDocuments } from './compare-documents.ts';

type Deps = Pick<ActivityContext, 'pool' | 'adapters' | 'metrics' | 'logger'>;

const DAY_MS = 86_400_000;

/**
 * Compares the documents of an invoice service with those that we pushed: unknown, double, missing, other total.
 * Services without lists are left out.
 */
export async function reconcileInvoices(
  deps: Deps,
  account: AccountRow,
  workspace: Workspace,
  since: Date,
): Promise<void> {
  const service = deps.adapters.invoice(account, workspace.mode);
  if (service.listDocuments === undefined) return;
  // A document may have an earlier day than its push.
  const from = dayInZone(new Date(since.getTime() - DAY_MS), workspace.timeZone);
  const listed: ListedDocument[] = [];
  let foreign = 0;
  for await (const document of service.listDocuments(from)) {
    if (document.keys.length > 0) listed.push(document);
    else foreign += 1;
  }
  const keys = [...new Set(listed.flatMap((document) => document.keys))];
  const { owed, payments } = await inWorkspace(deps.pool, account.workspaceId, async (tx) => ({
    owed: await listOwedDocuments(tx, account.id, { keys, since }),
    payments: await findPaymentsByKey(tx, keys),
  }));
  const { differences, notListed } = compareDocuments(
    { provider: account.provider, listed, owed, payments },
    new Date(),
  );
  const missing = [];
  for (const document of notListed) missing.push(...(await askAbout(deps, service, { account, document })));
  for (const difference of [...differences, ...missing]) await reportDifference(deps, account, difference);
  const { provider, workspaceId } = account;
  const count = { listed: listed.length + foreign, foreign };
  deps.logger.info({ provider, workspaceId, accountId: account.id, ...count }, 'documents were compared');
}

/** A list by day leaves out documents with another day, so a search for the document itself decides. */
async function askAbout(
  { pool }: Deps,
  service: InvoiceService,
  { account, document }: { account: AccountRow; document: OwedDocument },
) {
  const { workspaceId, provider } = account;
  const [push] = await inOneTrip(pool, workspaceId, (tx) => [findPush(tx, document.documentId)]);
  const loaded = push === null ? null : await loadPush(pool, push);
  const found = loaded === null ? null : ((await service.findDocument?.(toPushOrder(loaded))) ?? null);
  const told = found === null ? [] : [{ ...found, keys: [document.key], currency: document.currency }];
  const comparison = { provider, listed: told, owed: [document], payments: new Map<string, string>() };
  const { differences, notListed } = compareDocuments(comparison, new Date());
  const missing = notListed.map(({ paymentId, documentId, externalId }) => ({
    paymentId,
    kind: 'missing_document' as const,
    subject: documentId,
    summary: `${provider} no longer shows the document that we pushed (${externalId ?? ''})`,
  }));
  return [...differences, ...missing];
}
