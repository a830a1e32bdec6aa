import { readBooks } from '../../db/books.ts';
import { lockPayment } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { completeRefund } from '../../db/refunds.ts';
import type { RefundRow } from '../../db/refunds.ts';
import { askPerson, askPersonAgain } from '../../db/review-questions.ts';
import { listPaymentDocuments } from '../../db/tax-documents.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { lacksLines } from '../../domain/credit-document.ts';
import { exponentOf, sumMinor, toMajorText } from '../../domain/money.ts';
import { givenBack, standingOf, subjectsOf } from '../../domain/standing.ts';
import type { Books } from '../../domain/standing.ts';
import { displayNumber, isOriginal, standingCreditsOf } from '../../domain/tax-document.ts';
import { tell } from '../../history/tell.ts';
import { changeOf, readStanding, writeStanding } from '../books/update-standing.ts';
import type { Kept } from '../books/update-standing.ts';
import { runOrAsk } from '../books/run-or-ask.ts';
import { issueCredit, toCredited } from '../documents/issue-credit.ts';
import { documentEvents } from '../documents/issue-document.ts';
import { comeBack } from '../failure.ts';
import type { ActivityContext } from '../context.ts';
import { loadRefund } from './load-refund.ts';
import type { LoadedRefund, RefundIds } from './load-refund.ts';

/**
 * A refund may be seen just before its charge gets its document. If a rule of ours refuses that document, it comes
 * only after a person has acted.
 */
const DOCUMENT_SOON_MS = { least: 2_000, most: 15 * 60_000 };

/** The end of a refund, and the credit document that must still be printed and pushed. */
export interface RefundSettlement {
  readonly status: 'completed' | 'failed';
  readonly documentId: string | null;
}

/**
 * In one transaction: completes the refund, changes sums and status, numbers the credit document, writes the events.
 * A second call changes nothing. Money that moved is always recorded in the books. If a rule of ours refuses its
 * document, a person is asked.
 */
export function createSettleRefund(context: Pick<ActivityContext, 'pool' | 'logger'>) {
  return async function settleRefund(ids: RefundIds): Promise<RefundSettlement> {
    const { refund } = await inWorkspace(context.pool, ids.workspaceId, (tx) => loadRefund(tx, ids));
    const settle = async (tx: Sql, most?: number) => {
      await lockPayment(tx, refund.paymentId);
      return settleRefundIn(tx, await loadRefund(tx, ids), most);
    };
    return runOrAsk(
      context,
      { workspaceId: ids.workspaceId, paymentId: refund.paymentId, subject: `crediting ${refund.id}` },
      (tx) => settle(tx),
      (tx) => settle(tx),
      (tx) => settle(tx, 0),
    );
  };
}

/**
 * The same inside a transaction that has locked the payment. The credit document covers what fits into the original,
 * at most `most`. A person is asked about the rest, which no document can cover.
 */
export async function settleRefundIn(
  tx: Sql,
  loaded: LoadedRefund,
  most = Number.MAX_SAFE_INTEGER,
): Promise<RefundSettlement> {
  const { refund, payment } = loaded;
  const documents = await listPaymentDocuments(tx, payment.id);
  if (refund.status !== 'pending') {
    const known = documents.find(({ refundId }) => refundId === refund.id);
    return { status: refund.status, documentId: known?.id ?? null };
  }
  await completeRefund(tx, refund.id);
  const document = refund.isDocumented ? await creditRefund(tx, loaded, documents, most) : null;
  const kept = await readStanding(tx, payment.id);
  await Promise.all([tellRefunded(tx, loaded, document, kept), writeStanding(tx, kept)]);
  return { status: 'completed', documentId: document?.id ?? null };
}

/**
 * Issues the credit document of a refund; null where it has none, or a person must name its lines first.
 * @throws ApplicationFailure `not_yet` while the document to credit is still to come
 */
export async function creditRefund(
  tx: Sql,
  loaded: LoadedRefund,
  documents: readonly DocumentRow[],
  most = Number.MAX_SAFE_INTEGER,
): Promise<DocumentRow | null> {
  const { refund, payment } = loaded;
  const original = documents.find(isOriginal);
  if (await isWithoutDocument(tx, loaded, original)) return null;
  const earlier = original === undefined ? [] : standingCreditsOf(original, documents);
  const left = (original?.total ?? 0) - sumMinor(earlier.map(({ total }) => total));
  const amount = Math.min(refund.amount, left, most);
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  if (amount < refund.amount) {
    await askPerson(tx, { ...owner, reason: 'reconciliation', subject: `${refund.id} exceeds what is left` });
  }
  if (original === undefined || amount <= 0) return null;
  const credited = { original: toCredited(original), earlier: earlier.map(toCredited) };
  if (lacksLines({ ...credited, amount, items: refund.items })) {
    await askPersonAgain(tx, { ...owner, reason: 'refund_lines_required', subject: refund.id });
    return null;
  }
  return issueCredit(tx, { ...loaded, original, earlier, amount, items: refund.items });
}

/**
 * Whether the money had no document: another charge has it, or this charge was refunded in full before.
 * @throws ApplicationFailure `not_yet` while its document is still to come
 */
async function isWithoutDocument(
  tx: Sql,
  { refund, payment, charge }: LoadedRefund,
  original: DocumentRow | undefined,
): Promise<boolean> {
  if (original !== undefined) return original.transactionId !== charge.id;
  const books = await readBooks(tx, payment.id);
  if (givenBack(charge.id, books.refunds) >= charge.amount) return true;
  if (standingOf(books).settles === refund.chargeId)
    throw comeBack('not_yet', `payment ${payment.id} has no document to credit yet`, soonMs(refund));
  return false;
}

/** A tenth of the time since the refund was first seen. */
function soonMs({ createdAt }: RefundRow): number {
  const tenth = (Date.now() - createdAt.getTime()) / 10;
  return Math.round(Math.min(Math.max(tenth, DOCUMENT_SOON_MS.least), DOCUMENT_SOON_MS.most));
}

async function tellRefunded(
  tx: Sql,
  { refund, payment }: LoadedRefund,
  document: DocumentRow | null,
  kept: Kept,
): Promise<void> {
  const { books, now } = kept;
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  const facts = { refundId: refund.id, amount: refund.amount, currency: refund.currency };
  const { status, refunded: refundedAmount } = now;
  await tell(tx, owner, {
    kind: 'refunded',
    summary: `${toText(refund.amount, refund)} was refunded to the payer: ${paperOf(refund, document, books)}`,
    ...changeOf(kept),
    detail: { refundId: refund.id, documentId: document?.id ?? null },
    events: [
      { type: 'refund.completed', facts: { ...facts, documentId: document?.id ?? null } },
      { type: 'payment.refunded', facts: { ...facts, status, refundedAmount } },
      ...(document === null ? [] : documentEvents(document)),
    ],
  });
}

function paperOf(refund: RefundRow, document: DocumentRow | null, books: Books): string {
  const { original, questions } = books;
  if (subjectsOf('refund_lines_required', questions).includes(refund.id))
    return 'its credit document waits for the lines that were refunded';
  if (document === null)
    return refund.isDocumented && original?.chargeId === refund.chargeId
      ? 'no credit document was issued, because the payment’s document is already credited in full'
      : 'no credit document was issued, because this money had no document';
  const issued = `${document.type} ${displayNumber(document.type, document.number)} was issued`;
  return document.total === refund.amount
    ? issued
    : `${issued} for the remaining ${toText(document.total, refund)}`;
}

function toText(amount: number, { currency }: RefundRow): string {
  return `${toMajorText(amount, exponentOf(currency))} ${currency}`;
}
