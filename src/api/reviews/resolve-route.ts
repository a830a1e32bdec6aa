import type { Request, RequestHandler } from 'express';
import { readBooks } from '../../db/books.ts';
import { listDisputes } from '../../db/disputes.ts';
import { lockPayment } from '../../db/payments.ts';
import { findTransaction, listTransactions } from '../../db/provider-transactions.ts';
import { listRefunds } from '../../db/refunds.ts';
import { insertResolution } from '../../db/review-resolutions.ts';
import { findDocumentedTransaction, listPaymentDocuments } from '../../db/tax-documents.ts';
import { findVoidReason } from '../../db/timeline.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { atBank } from '../../domain/disputed-money.ts';
import type { DecidedDispute } from '../../domain/disputed-money.ts';
import { fieldProblem, Problem } from '../../domain/problems.ts';
import { newId } from '../../domain/ids.ts';
import { sumMinor } from '../../domain/money.ts';
import type { ReviewReason } from '../../domain/payment.ts';
import { canBeDocumented } from '../../domain/refund.ts';
import { REVIEW_RULES } from '../../domain/review.ts';
import { isOriginal, standingCreditsOf } from '../../domain/tax-document.ts';
import { givenBack, isAboutRefunds, subjectsOf } from '../../domain/standing.ts';
import type { Books } from '../../domain/standing.ts';
import type { ApiContext } from '../context.ts';
import { actorOf, workspaceFor } from '../http/authenticate.ts';
import { readBody } from '../http/read-input.ts';
import { sendLater } from '../http/send-later.ts';
import { noSuchPayment, pathOf, viewPayment, workspaceOfPayment } from '../payments/payment-view.ts';
import { creditItems } from '../refunds/credit-items.ts';
import { decidedDisputes } from './decided-disputes.ts';
import { checkMayGoBack } from './may-go-back.ts';
import { resolveBody } from './resolve-schema.ts';
import type { ResolveBody } from './resolve-schema.ts';

/** How long `resolve` waits for the decision to be carried out before it answers 202. */
const RESOLVE_MS = 12_000;

/** Closes a review with the decision of a person. The audit log records it, and a workflow carries it out. */
export function createResolveRoute(context: ApiContext): RequestHandler<{ id: string }> {
  const { pool } = context;
  return async (request, response) => {
    const { id } = request.params;
    const workspaceId = await workspaceOfPayment(context, request, 'payments:write', id);
    const body = readBody(request, resolveBody);
    const resolutionId = await inWorkspace(pool, workspaceId, async (tx) => {
      await viewPayment(context, tx, id);
      const payment = await lockPayment(tx, id);
      if (payment === null) throw noSuchPayment(id);
      if (givesMoneyBack(payment, body)) workspaceFor(request, 'refunds:write');
      const subjects = await check(tx, payment, body);
      return write(context, tx, request, payment, { ...body, ...subjects });
    });
    const outcome = await context.temporal.startResolution(
      { workspaceId, paymentId: id, resolutionId },
      RESOLVE_MS,
    );
    const view = await inWorkspace(pool, workspaceId, async (tx) => {
      const voidReason = await findVoidReason(tx, { paymentId: id, resolutionId });
      if (voidReason !== null) throw new Problem('conflict', voidReason);
      return viewPayment(context, tx, id);
    });
    if (outcome.state === 'done') response.json(view);
    else sendLater(response, pathOf(id), view);
  };
}

/** Whether the decision refunds money, or confirms that a refund of unknown outcome succeeded. */
function givesMoneyBack({ review }: PaymentRow, { action }: ResolveBody): boolean {
  return action === 'refund' || (action === 'accept' && review === 'unknown_outcome');
}

/** What a decision is about: a refund, disputes, or neither. */
interface Subjects {
  readonly refundId: string | null;
  readonly disputes: readonly DecidedDispute[];
}

/** @throws Problem no_open_review, or naming the field */
async function check(tx: Sql, payment: PaymentRow, body: ResolveBody): Promise<Subjects> {
  const { review } = payment;
  if (review === null) throw new Problem('no_open_review', 'this payment has no open review');
  const allowed = REVIEW_RULES[review];
  if (!allowed.includes(body.action)) {
    const sentence = `a review ${review} is resolved by ${allowed.join(' or ')}`;
    throw fieldProblem('#/action', sentence, 'unsupported_operation');
  }
  const refundId = refundOf(review, await readBooks(tx, payment.id), body);
  const disputes = await decidedDisputes(tx, payment, body);
  if (body.action === 'refund') await checkMayGoBack(tx, payment, disputes);
  await mayNameLines(tx, payment, refundId, body);
  if (body.action !== 'accept') return { refundId, disputes };
  if (review === 'amount_mismatch' || review === 'duplicate_payment') await mayBeDocumented(tx, payment);
  if (review === 'unknown_outcome') {
    saysWhatTheDashboardSays(body);
    await isNobodyElses(tx, payment, { ...body, refundId });
  }
  return { refundId, disputes };
}

/**
 * The refund that a decision is about: the one named by the person, or the only possible one. So nobody decides about
 * another refund by mistake.
 */
function refundOf(review: ReviewReason, books: Books, { refundId }: ResolveBody): string | null {
  const possible = refundsUnder(review, books);
  if (possible === null) {
    if (refundId === undefined) return null;
    throw fieldProblem('#/refundId', `leave it out: the review ${review} is not about a single refund`);
  }
  if (refundId !== undefined && possible.includes(refundId)) return refundId;
  const [only, ...others] = possible;
  if (refundId === undefined && others.length === 0) return only ?? null;
  throw fieldProblem('#/refundId', `must name the refund that you decide about: ${possible.join(' or ')}`);
}

/** Refunds that the review may be about; null if it is about none. */
function refundsUnder(review: ReviewReason, { refunds, questions }: Books): readonly string[] | null {
  if (review === 'unknown_outcome')
    return refunds.filter(({ status, isSent }) => status === 'pending' && isSent).map(({ id }) => id);
  return isAboutRefunds(review) ? subjectsOf(review, questions) : null;
}

/** The lines must be those of the document, and come to what was refunded, as far as a credit can cover it. */
async function mayNameLines(
  tx: Sql,
  payment: PaymentRow,
  refundId: string | null,
  { items }: ResolveBody,
): Promise<void> {
  if (payment.review !== 'refund_lines_required') {
    if (items === undefined) return;
    throw fieldProblem('#/items', `leave it out: the review ${payment.review} is not about lines`);
  }
  const documents = await listPaymentDocuments(tx, payment.id);
  const refunds = await listRefunds(tx, payment.id);
  const original = documents.find(isOriginal);
  const refund = refunds.find(({ id }) => id === refundId);
  if (original === undefined || refund === undefined) return;
  const credits = standingCreditsOf(original, documents);
  // More than this cannot be credited: a person is asked about the surplus by itself.
  const left = original.total - sumMinor(credits.map(({ total }) => total));
  const amount = Math.min(refund.amount, left);
  if (amount > 0) creditItems({ original, documents, refunds, amount, items: items ?? null });
}

/** A workspace issues documents in its own currency only, and only for money that was not refunded and that no bank took. */
async function mayBeDocumented(tx: Sql, payment: PaymentRow): Promise<void> {
  const documented = await findDocumentedTransaction(tx, payment.id);
  const refunds = await listRefunds(tx, payment.id);
  const charges = (await listTransactions(tx, payment.id)).filter(
    ({ id, kind, status, amount }) =>
      kind === 'charge' && status === 'succeeded' && id !== documented && givenBack(id, refunds) < amount,
  );
  const disputes = await listDisputes(tx, payment.id);
  if (charges.length > 0 && charges.every(({ id }) => atBank(id, disputes).lost.length > 0)) {
    const sentence = 'the payer’s bank took this money in a dispute: refund records that, without a document';
    throw fieldProblem('#/action', sentence, 'unsupported_operation');
  }
  const other = charges.find(({ currency }) => currency !== payment.currency);
  if (other !== undefined) {
    const sentence = `money came in ${other.currency}: this workspace cannot issue a document for it, so refund it`;
    throw fieldProblem('#/action', sentence, 'unsupported_operation');
  }
  const isTouched = charges.some(({ id, amount, refundableAmount: refundable }) => {
    const own = refunds.filter(({ chargeId }) => chargeId === id);
    return !canBeDocumented({ amount, refundable }, own);
  });
  if (isTouched) {
    const sentence = 'a part of that money was already refunded: refund the rest';
    throw fieldProblem('#/action', sentence, 'unsupported_operation');
  }
}

/** The id must be that of the refund, not of the charge or of another refund. */
async function isNobodyElses(
  tx: Sql,
  payment: PaymentRow,
  { transactionId, refundId }: { readonly transactionId?: string; readonly refundId: string | null },
): Promise<void> {
  const known = await findTransaction(tx, payment.accountId, transactionId ?? '');
  const refunds = await listRefunds(tx, payment.id);
  const isTaken = refunds.some(
    (refund) =>
      refund.id !== refundId && [refund.transactionId, refund.recognisedId].includes(known?.id ?? ''),
  );
  if (known === null || (known.kind === 'refund' && !isTaken)) return;
  const sentence = `is the id of ${known.kind === 'charge' ? 'the charge' : 'another refund'}: enter the id of this refund`;
  throw fieldProblem('#/transactionId', sentence);
}

function saysWhatTheDashboardSays({ paid, transactionId }: ResolveBody): void {
  if (paid === true && transactionId) return;
  throw fieldProblem(
    transactionId ? '#/paid' : '#/transactionId',
    'send paid: true and the transactionId from the provider’s dashboard; if the dashboard shows none, dismiss the review',
  );
}

async function write(
  context: ApiContext,
  tx: Sql,
  request: Request<{ id: string }>,
  payment: PaymentRow,
  body: Omit<ResolveBody, keyof Subjects> & Subjects,
): Promise<string> {
  const { workspaceId, id: paymentId, review } = payment;
  if (review === null) throw new Problem('no_open_review', 'this payment has no open review');
  const id = newId('resolution');
  const { action, reason, refundId, disputes } = body;
  const isFirst = await insertResolution(tx, {
    ...{ id, workspaceId, paymentId, review, action, reason, refundId, disputes },
    paid: body.paid ?? null,
    providerTransactionId: body.transactionId ?? null,
    items: body.items ?? null,
  });
  if (!isFirst)
    throw new Problem('conflict', 'another decision about this review is in progress', {
      retryAfterSeconds: 2,
    });
  const detail = { review, action, transactionId: body.transactionId ?? null, refundId, disputes };
  const entry = { workspaceId, action: 'review.resolved', subjectId: paymentId, detail };
  await context.audit(tx, { actor: actorOf(request).actor, reason, ...entry });
  return id;
}
