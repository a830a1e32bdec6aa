import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { listRefunds, reverseRefund, setProviderRefundId } from '../../db/refunds.ts';
import { askPerson, markAnswered } from '../../db/review-questions.ts';
import { listPaymentDocuments } from '../../db/tax-documents.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { standingOf } from '../../domain/standing.ts';
import { displayNumber, isOriginal } from '../../domain/tax-document.ts';
import { tell } from '../../history/tell.ts';
import { documentEvents } from '../documents/issue-document.ts';
import { issueReversal } from '../documents/issue-reversal.ts';
import { readSettling } from '../payments/read-settling.ts';
import { settlePaymentIn } from '../payments/settle-payment.ts';
import { failRefundIn } from '../refunds/fail-refund.ts';
import { loadRefund } from '../refunds/load-refund.ts';
import type { LoadedRefund } from '../refunds/load-refund.ts';
import { changeOf, readStanding, writeStanding } from '../books/update-standing.ts';
import { recordRefundTransaction } from '../books/record-refund-transaction.ts';
import { creditLater } from '../refunds/credit-refund.ts';
import { settleRefundIn } from '../refunds/settle-refund.ts';
import type { Decision } from './decisions.ts';

/** As the provider's dashboard shows: the refund succeeded, under this id. */
export async function refundHappened(decision: Decision): Promise<readonly string[]> {
  const { tx, payment, resolution } = decision;
  const unknown = await loadUnknown(tx, payment, resolution.refundId);
  if (unknown === null) return [];
  const { id } = unknown.refund;
  if (resolution.providerTransactionId !== null)
    await setProviderRefundId(tx, id, resolution.providerTransactionId);
  // On the word of the person, not of the vendor: the vendor is never asked about a possibly mistyped id.
  const about = { refund: unknown.refund, charge: unknown.charge, accountId: null };
  const told = { providerTransactionId: id, rawCode: 'as_the_dashboard_says' };
  await recordRefundTransaction(tx, about, told);
  return settled(decision, unknown);
}

/** No money moved. Only this refund ends; others keep their outcome. */
export async function refundDidNotHappen(decision: Decision): Promise<readonly string[]> {
  const { tx, payment, resolution } = decision;
  const unknown = await loadUnknown(tx, payment, resolution.refundId);
  if (unknown === null) return [];
  if ((await failRefundIn(tx, unknown, 'did_not_happen')) === 'failed') return documentKept(decision);
  // The vendor has shown the transaction meanwhile: the refund did succeed.
  return settled(decision, unknown);
}

/**
 * The vendor reversed the refund, so the business has the money again. A document of the original's type says so, and
 * names the credit that it reverses.
 */
export async function takeBackCredit(decision: Decision): Promise<readonly string[]> {
  const { tx, payment, resolution } = decision;
  if (resolution.refundId === null) return [];
  const ids = { workspaceId: payment.workspaceId, refundId: resolution.refundId };
  await settleRefundIn(tx, await loadRefund(tx, ids));
  const { refund } = await loadRefund(tx, ids);
  if (!(await reverseRefund(tx, refund.id, 'taken_back'))) return [];
  await markAnswered(tx, payment.id, 'refund_lines_required', [refund.id]);
  const documents = await listPaymentDocuments(tx, payment.id);
  const original = documents.find(isOriginal);
  const credit = documents.find(({ refundId }) => refundId === refund.id);
  const made =
    original === undefined || credit === undefined
      ? null
      : await issueReversal(tx, payment, original, credit);
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  await askAboutCancelled(tx, owner, original);
  const facts = {
    refundId: refund.id,
    amount: refund.amount,
    currency: refund.currency,
    reason: 'taken_back',
  };
  const kept = await readStanding(tx, payment.id);
  const told = tell(tx, owner, {
    kind: 'refund_taken_back',
    summary:
      made === null
        ? 'The provider reversed the refund. It had no credit document'
        : `The provider reversed the refund. ${made.type} ${displayNumber(made.type, made.number)} reverses its credit document`,
    ...changeOf(kept),
    detail: { refundId: refund.id, documentId: made?.id ?? null },
    events: [{ type: 'refund.failed', facts }, ...(made === null ? [] : documentEvents(made))],
  });
  await Promise.all([told, writeStanding(tx, kept)]);
  return [...(made === null ? [] : [made.id]), ...(await documentKept(decision))];
}

/** The number of a cancelled document is used up: what documents the money that came back, a person decides. */
async function askAboutCancelled(
  tx: Sql,
  owner: { readonly workspaceId: string; readonly paymentId: string },
  original: DocumentRow | undefined,
): Promise<void> {
  if (original?.status !== 'cancelled') return;
  await askPerson(tx, { ...owner, reason: 'reconciliation', subject: `${original.id} was cancelled` });
}

/** The lines that a refund took back: its credit document waited for them. If they no longer fit, the person is asked again. */
export async function creditNamedLines({ tx, payment, resolution }: Decision): Promise<readonly string[]> {
  if (resolution.refundId === null) return [];
  const ids = { workspaceId: payment.workspaceId, refundId: resolution.refundId };
  const loaded = await loadRefund(tx, ids);
  const documents = await listPaymentDocuments(tx, payment.id);
  const isCredited = documents.some(({ refundId }) => refundId === loaded.refund.id);
  if (loaded.refund.status !== 'completed' || isCredited) return [];
  const refund = { ...loaded.refund, items: resolution.items };
  const why = 'A person named the lines that were refunded';
  return (await creditLater(tx, { ...loaded, refund }, documents, why)).map(({ id }) => id);
}

async function settled(decision: Decision, { refund }: LoadedRefund): Promise<readonly string[]> {
  const ids = { workspaceId: refund.workspaceId, refundId: refund.id };
  const { documentId } = await settleRefundIn(decision.tx, await loadRefund(decision.tx, ids));
  return [...(documentId === null ? [] : [documentId]), ...(await documentKept(decision))];
}

/** A charge that is kept after the end of a refund, and that the standing says is to be documented now. */
async function documentKept({ context, tx, payment }: Decision): Promise<readonly string[]> {
  const settling = await readSettling(tx, { workspaceId: payment.workspaceId, paymentId: payment.id });
  if (standingOf(settling.books).settles === null) return [];
  const { documentId } = await settlePaymentIn(context, tx, settling);
  return documentId === null ? [] : [documentId];
}

/** The refund that the person named, if its outcome is still unknown. Null: it has ended meanwhile. */
async function loadUnknown(
  tx: Sql,
  payment: PaymentRow,
  refundId: string | null,
): Promise<LoadedRefund | null> {
  const refunds = await listRefunds(tx, payment.id);
  const unknown = refunds.find(
    ({ id, status, sentAt }) => id === refundId && status === 'pending' && sentAt !== null,
  );
  return unknown === undefined
    ? null
    : loadRefund(tx, { workspaceId: payment.workspaceId, refundId: unknown.id });
}
