import { readBooks } from '../../db/books.ts';
import { lockPayment } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { completeRefund } from '../../db/refunds.ts';
import type { RefundRow } from '../../db/refunds.ts';
import { listPaymentDocuments } from '../../db/tax-documents.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { toSumText } from '../../domain/money.ts';
import { standingOf, subjectsOf } from '../../domain/standing.ts';
import type { Books } from '../../domain/standing.ts';
import { isDueInvoice, isOriginal } from '../../domain/tax-document.ts';
import { tell } from '../../history/tell.ts';
import { changeOf, readStanding, writeStanding } from '../books/update-standing.ts';
import type { Kept } from '../books/update-standing.ts';
import { runOrAsk } from '../books/run-or-ask.ts';
import { cancelledEvent, documentEvents } from '../documents/issue-document.ts';
import type { ActivityContext } from '../context.ts';
import {
  creditDueInvoice,
  creditLater,
  creditRefund,
  holdCredit,
  isCreditedNow,
  nameOf,
} from './credit-refund.ts';
import type { HeldCredit } from './credit-refund.ts';
import { loadRefund } from './load-refund.ts';
import type { LoadedRefund, RefundIds } from './load-refund.ts';

/** What the crediting of a refund is called where a rule of the books refuses it; its id follows. */
export const CREDITING = 'crediting ';

/** The end of a refund, and the credit document that must still be printed and pushed. */
export interface RefundSettlement {
  readonly status: 'completed' | 'failed';
  readonly documentId: string | null;
  /** The credit of the tax invoice that had followed the receipt of post-dated cheques. */
  readonly invoiceCreditId?: string;
  /** Its tax invoice is still to come, for what is left. */
  readonly hasDueInvoice?: boolean;
}

/** The same. `settles`: a charge that is kept and to be documented now, if there is one. */
export interface SettledRefund extends RefundSettlement {
  readonly settles?: string;
}

/**
 * In one transaction: completes the refund, changes sums and status, numbers the credit document, writes the events.
 * A second call changes nothing. Money that moved is always recorded in the books. If a rule of ours refuses its
 * document, a person is asked.
 */
export function createSettleRefund(context: Pick<ActivityContext, 'pool' | 'logger'>) {
  return async function settleRefund(ids: RefundIds): Promise<SettledRefund> {
    const { refund } = await inWorkspace(context.pool, ids.workspaceId, (tx) => loadRefund(tx, ids));
    const settle = async (tx: Sql, most?: number) => {
      await lockPayment(tx, refund.paymentId);
      const settlement = await settleRefundIn(tx, await loadRefund(tx, ids), most);
      const { settles } = standingOf(await readBooks(tx, refund.paymentId));
      return { ...settlement, ...(settles === null ? {} : { settles }) };
    };
    return runOrAsk(
      context,
      { workspaceId: ids.workspaceId, paymentId: refund.paymentId, subject: `${CREDITING}${refund.id}` },
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
    const known = await creditsOfEnded(tx, loaded, documents, most);
    const documentId = known.find(({ countsAs }) => countsAs !== 'sale')?.id ?? null;
    return { status: refund.status, documentId, ...dueInvoiceOf(refund.id, [...documents, ...known]) };
  }
  await completeRefund(tx, refund.id);
  const held = await holdCredit(tx, loaded, documents);
  const mayCredit = refund.isDocumented && isCreditedNow(held);
  const document = mayCredit ? await creditRefund(tx, loaded, documents, most) : null;
  const ofInvoice = document === null ? null : await creditDueInvoice(tx, loaded, documents, document.total);
  const kept = await readStanding(tx, payment.id);
  const paper = { document, ofInvoice, held };
  await Promise.all([tellRefunded(tx, loaded, paper, kept), writeStanding(tx, kept)]);
  const due = dueInvoiceOf(refund.id, documents, ofInvoice);
  return { status: 'completed', documentId: document?.id ?? null, ...due };
}

/** The credit documents of a refund that had ended; those that waited for an allocation number come now. */
async function creditsOfEnded(
  tx: Sql,
  loaded: LoadedRefund,
  documents: readonly DocumentRow[],
  most: number,
): Promise<readonly DocumentRow[]> {
  const { refund } = loaded;
  if (refund.creditWaits) {
    const isCancelled = documents.some((one) => isDueInvoice(one) && one.status === 'cancelled');
    const hasNumber = documents.some((one) => isOriginal(one) && one.allocationNumber !== null);
    const isThere = hasNumber ? 'The allocation number of the document is there' : 'The document is there';
    const why = isCancelled ? 'The tax invoice was cancelled' : isThere;
    return creditLater(tx, loaded, documents, why, most);
  }
  return documents.filter(({ refundId }) => refundId === refund.id);
}

/** What a refund means for the tax invoice of post-dated cheques, where there is one or will be. */
function dueInvoiceOf(
  ofRefund: string,
  documents: readonly DocumentRow[],
  issuedNow: DocumentRow | null = null,
): Pick<RefundSettlement, 'invoiceCreditId' | 'hasDueInvoice'> {
  if (documents.find(isOriginal)?.content.invoiceDueOn === undefined) return {};
  const credit =
    issuedNow ?? documents.find(({ refundId, countsAs }) => refundId === ofRefund && countsAs === 'sale');
  if (credit !== undefined) return { invoiceCreditId: credit.id };
  return documents.some(isDueInvoice) ? {} : { hasDueInvoice: true };
}

/** The credit document of a refund, or why it has none now. */
interface Paper {
  readonly document: DocumentRow | null;
  readonly ofInvoice: DocumentRow | null;
  readonly held: HeldCredit | null;
}

async function tellRefunded(
  tx: Sql,
  { refund, payment }: LoadedRefund,
  { document, ofInvoice, held }: Paper,
  kept: Kept,
): Promise<void> {
  const { books, now } = kept;
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  const facts = { refundId: refund.id, amount: refund.amount, currency: refund.currency };
  const { status, refunded: refundedAmount } = now;
  await tell(tx, owner, {
    kind: 'refunded',
    summary: `${toText(refund.amount, refund)} was refunded to the payer: ${paperOf(refund, { document, ofInvoice, held }, books)}`,
    ...changeOf(kept),
    detail: { refundId: refund.id, documentId: document?.id ?? null },
    events: [
      { type: 'refund.completed', facts: { ...facts, documentId: document?.id ?? null } },
      { type: 'payment.refunded', facts: { ...facts, status, refundedAmount } },
      ...(document === null ? [] : documentEvents(document)),
      ...(ofInvoice === null ? [] : documentEvents(ofInvoice)),
      ...(held?.fate === 'cancelled' ? [cancelledEvent(held.original)] : []),
    ],
  });
}

function paperOf(refund: RefundRow, { document, ofInvoice, held }: Paper, books: Books): string {
  const { original, questions } = books;
  if (document !== null) {
    const issued = issuedWords(refund, document, ofInvoice);
    return held === null ? issued : `${issued}. ${heldWords(held)}`;
  }
  if (held !== null) return heldWords(held);
  if (subjectsOf('refund_lines_required', questions).includes(refund.id))
    return 'its credit document waits for the lines that were refunded';
  return refund.isDocumented && original?.chargeId === refund.chargeId
    ? 'no credit document was issued, because the payment’s document is already credited in full'
    : 'no credit document was issued, because this money had no document';
}

function issuedWords(refund: RefundRow, document: DocumentRow, ofInvoice: DocumentRow | null): string {
  const names = [document, ...(ofInvoice === null ? [] : [ofInvoice])].map(nameOf);
  const issued = `${names.join(' and ')} ${names.length > 1 ? 'were' : 'was'} issued`;
  return document.total === refund.amount
    ? issued
    : `${issued} for the remaining ${toText(document.total, refund)}`;
}

function heldWords({ fate, original }: HeldCredit): string {
  const name = nameOf(original);
  return fate === 'cancelled'
    ? `${name}, which waited for its allocation number, was cancelled. It keeps its number and needs no credit document`
    : `its credit document waits until ${name} has its allocation number`;
}

function toText(amount: number, { currency }: RefundRow): string {
  return toSumText(amount, currency);
}
