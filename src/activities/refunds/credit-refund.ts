import { readBooks } from '../../db/books.ts';
import { findPush } from '../../db/invoice-pushes.ts';
import type { Sql } from '../../db/pool.ts';
import { endCreditWaits, listRefunds, setCreditWaits } from '../../db/refunds.ts';
import type { RefundRow } from '../../db/refunds.ts';
import { askPerson, askPersonAgain } from '../../db/review-questions.ts';
import { cancelWaiting } from '../../db/tax-documents.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { shareWorkspace } from '../../db/workspaces.ts';
import { dayInZone } from '../../domain/calendar.ts';
import { lacksLines } from '../../domain/credit-document.ts';
import { isUnreported } from '../../domain/document-day.ts';
import { sumMinor } from '../../domain/money.ts';
import { givenBack, standingOf } from '../../domain/standing.ts';
import { displayNumber, isDueInvoice, isOriginal, standingCreditsOf } from '../../domain/tax-document.ts';
import { tell } from '../../history/tell.ts';
import { changeOf, readStanding, writeStanding } from '../books/update-standing.ts';
import { issueCredit, toCredited } from '../documents/issue-credit.ts';
import { documentEvents } from '../documents/issue-document.ts';
import { comeBack } from '../failure.ts';
import type { LoadedRefund } from './load-refund.ts';

/**
 * A refund may be seen just before its charge gets its document. If a rule of ours refuses that document, it comes
 * only after a person has acted.
 */
const DOCUMENT_SOON_MS = { least: 2_000, most: 15 * 60_000 };

/** What a document that waits for its allocation number means for a refund: its credits wait too, or the document was cancelled. */
export interface HeldCredit {
  readonly fate: 'waits' | 'cancelled';
  /** The document that waits, or waited. */
  readonly original: DocumentRow;
}

/**
 * While a document waits for its allocation number, nothing can credit it. When all of its money went back, it is cancelled,
 * unless its period may have been reported; its number stays used. Else the credit waits for the number. Where it is the tax
 * invoice of post-dated cheques, the credit of its receipt waits with it, so that as much is left of one as of the other; once the
 * invoice is cancelled, the receipt alone is credited. Null: nothing waits. The refund is completed.
 * Source: docs/reference/israel-tax.md, "Corrections".
 */
export async function holdCredit(
  tx: Sql,
  { refund, payment }: LoadedRefund,
  documents: readonly DocumentRow[],
): Promise<HeldCredit | null> {
  const original = documents.find(isOriginal);
  const waiting = documents.find(awaitsNumber);
  if (original === undefined || waiting === undefined || !refund.isDocumented) return null;
  if (original.transactionId !== refund.chargeId) return null;
  const refunds = await listRefunds(tx, payment.id);
  const completed = refunds.filter(({ status, isDocumented }) => status === 'completed' && isDocumented);
  const isWhole = givenBack(refund.chargeId, completed) >= original.total;
  if (isWhole && (await mayBeCancelled(tx, waiting)) && (await cancelWaiting(tx, waiting.id))) {
    // The receipt is still to be credited by the refunds of before: the sweeper runs them.
    if (waiting === original) await endCreditWaits(tx, refund.chargeId);
    return { fate: 'cancelled', original: waiting };
  }
  await setCreditWaits(tx, refund.id, true);
  return { fate: 'waits', original: waiting };
}

/** Whether it is the document of a payment, or the tax invoice after its receipt, and may not be credited yet. */
const awaitsNumber = (document: DocumentRow): boolean =>
  document.status === 'allocation_required' && (isOriginal(document) || isDueInvoice(document));

/** Whether a refund gets its credit document now: nothing waits, or what waited was cancelled and is not what it credits. */
export const isCreditedNow = (held: HeldCredit | null): boolean =>
  held === null || (held.fate === 'cancelled' && !isOriginal(held.original));

/** It has not left, no invoice service has it, and its VAT lies in no period that may have been reported. */
async function mayBeCancelled(tx: Sql, { id, workspaceId, documentDate, originalLeftAt }: DocumentRow) {
  const workspace = await shareWorkspace(tx, workspaceId);
  if (workspace === null || originalLeftAt !== null || (await findPush(tx, id)) !== null) return false;
  const { timeZone, booksClosedThrough, vatReturn } = workspace;
  const today = dayInZone(new Date(), timeZone);
  return isUnreported({ movedOn: documentDate, today, booksClosedThrough, vatReturn });
}

/**
 * Issues the credit document of a refund that was completed before, once what it waited for is there. That of the tax
 * invoice of post-dated cheques follows it. `why` is a sentence without its full stop. None: it still waits, or a
 * person must name its lines.
 */
export async function creditLater(
  tx: Sql,
  loaded: LoadedRefund,
  documents: readonly DocumentRow[],
  why: string,
  most = Number.MAX_SAFE_INTEGER,
): Promise<readonly DocumentRow[]> {
  const { refund, payment } = loaded;
  if (documents.some(awaitsNumber)) {
    if (refund.isDocumented) await setCreditWaits(tx, refund.id, true);
    return [];
  }
  const document = await creditRefund(tx, loaded, documents, most);
  const ofInvoice = document === null ? null : await creditDueInvoice(tx, loaded, documents, document.total);
  const issued = [document, ofInvoice].filter((one) => one !== null);
  await setCreditWaits(tx, refund.id, false);
  const kept = await readStanding(tx, payment.id);
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  const told =
    document === null
      ? null
      : tell(tx, owner, {
          kind: 'refund_credited',
          summary: `${why}. ${issued.map(nameOf).join(' and ')} ${issued.length > 1 ? 'were' : 'was'} issued`,
          ...changeOf(kept),
          detail: { refundId: refund.id, documentId: document.id },
          events: issued.flatMap(documentEvents),
        });
  await Promise.all([told, writeStanding(tx, kept)]);
  return issued;
}

/** A document as the timeline names it. */
export const nameOf = ({ type, number }: DocumentRow): string => `${type} ${displayNumber(type, number)}`;

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
  const left = leftToCredit(original, earlier);
  const amount = Math.min(refund.amount, left, most);
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  if (left < refund.amount) {
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
 * Credits the tax invoice that had followed the receipt of post-dated cheques by what the receipt was credited; null while there
 * is none, or it was cancelled (`documents` may still show it as waiting). Both are credited by every refund, so as much is left
 * of one as of the other. Its lines never have mixed VAT.
 */
export async function creditDueInvoice(
  tx: Sql,
  loaded: LoadedRefund,
  documents: readonly DocumentRow[],
  amount: number,
): Promise<DocumentRow | null> {
  const original = documents.find(isDueInvoice);
  if (original?.status !== 'issued') return null;
  const earlier = standingCreditsOf(original, documents);
  return issueCredit(tx, { ...loaded, original, earlier, amount, items: null });
}

/** Minor units. A cancelled document is in no return, so nothing of it can be credited. */
function leftToCredit(original: DocumentRow | undefined, earlier: readonly DocumentRow[]): number {
  if (original === undefined || original.status === 'cancelled') return 0;
  return original.total - sumMinor(earlier.map(({ total }) => total));
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
