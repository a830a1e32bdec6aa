import { findPush, insertPush } from '../../db/invoice-pushes.ts';
import type { Sql } from '../../db/pool.ts';
import { listTransactions } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { insertDocument } from '../../db/tax-documents.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { shareWorkspace } from '../../db/workspaces.ts';
import { draftCredit } from '../../domain/credit-document.ts';
import type { CreditedDocument } from '../../domain/credit-document.ts';
import type { CreditItem } from '../../domain/credit-lines.ts';
import { newId } from '../../domain/ids.ts';
import { plainMeans } from '../../domain/means.ts';
import type { Means, PaymentMethod } from '../../domain/means.ts';
import { sumMinor } from '../../domain/money.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import { impossible } from '../failure.ts';
import type { LoadedRefund } from '../refunds/load-refund.ts';
import { oweDocumentMail } from './owe-mail.ts';

/**
 * Makes, numbers and inserts the credit document of a refund. Its push goes to the invoice service and account that
 * have the original, even after a switch.
 */
export async function issueCredit(
  tx: Sql,
  about: LoadedRefund & {
    readonly original: DocumentRow;
    /** Its credits that were not reversed. */
    readonly earlier: readonly DocumentRow[];
    /** Minor units, at most what the earlier credits left. */
    readonly amount: number;
    /** The lines that are credited, where they must be named. */
    readonly items: readonly CreditItem[] | null;
  },
): Promise<DocumentRow> {
  const { refund, payment, original } = about;
  const workspace = await shareWorkspace(tx, payment.workspaceId);
  if (workspace === null) throw impossible('no_such_workspace', `no workspace ${payment.workspaceId}`);
  const transactions = await listTransactions(tx, payment.id);
  const transaction = transactions.find(({ id }) => id === refund.transactionId);
  const draft = draftCredit({
    original: toCredited(original),
    earlier: about.earlier.map(toCredited),
    amount: about.amount,
    items: about.items,
    means: meansOf(transaction, payment.method ?? 'other', about.amount),
    reason: refund.reason,
    refundedAt: transaction?.paidAt ?? new Date(),
    issuedAt: new Date(),
    timeZone: workspace.timeZone,
    booksClosedThrough: workspace.booksClosedThrough,
    vatReturn: workspace.vatReturn ?? null,
  });
  const document = await insertDocument(tx, {
    ...draft,
    id: newId('document'),
    workspaceId: payment.workspaceId,
    paymentId: payment.id,
    refundId: refund.id,
    originalDocumentId: original.id,
    transactionId: refund.transactionId,
  });
  const push = await findPush(tx, original.id);
  if (push !== null) {
    const { accountId, service } = push;
    await insertPush(tx, { documentId: document.id, workspaceId: payment.workspaceId, accountId, service });
  }
  await oweDocumentMail(tx, workspace, payment, document);
  return document;
}

/** How it was refunded. If the document covers only a part, so do its means. */
function meansOf(
  transaction: TransactionRow | undefined,
  method: PaymentMethod,
  amount: number,
): readonly Means[] {
  const told = transaction?.means ?? [plainMeans(method, amount)];
  if (sumMinor(told.map((one) => one.amount)) === amount) return told;
  const [first] = told;
  return first === undefined ? [plainMeans(method, amount)] : [{ ...first, amount }];
}

/** The document as its credits read it. */
export function toCredited(row: DocumentRow): CreditedDocument {
  const { type, documentDate, currency, content, net, vat, total, rateBp } = row;
  const split = { net, vat, total, rateBp };
  return { type, displayNumber: displayNumber(type, row.number), documentDate, currency, split, content };
}
