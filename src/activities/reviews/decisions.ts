import type { PaymentRow } from '../../db/payments.ts';
import type { SqlTransaction } from '../../db/pool.ts';
import { readBooks } from '../../db/books.ts';
import { listDisputes, markDisputesResolved } from '../../db/disputes.ts';
import { keepFailedPushes } from '../../db/invoice-pushes.ts';
import { listCharges } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { listRefunds } from '../../db/refunds.ts';
import type { RefundRow } from '../../db/refunds.ts';
import type { ResolutionRow } from '../../db/review-resolutions.ts';
import { findDocumentedTransaction } from '../../db/tax-documents.ts';
import { sumMinor } from '../../domain/money.ts';
import type { ReviewReason } from '../../domain/payment.ts';
import { isOpen, isPaid } from '../../domain/payment.ts';
import { canBeDocumented } from '../../domain/refund.ts';
import type { ReviewAction } from '../../domain/review.ts';
import { givenBack } from '../../domain/standing.ts';
import type { ActivityContext } from '../context.ts';
import { endPayment } from '../../history/end-payment.ts';
import { tell } from '../../history/tell.ts';
import { readSettling } from '../payments/read-settling.ts';
import { settleCharge } from '../payments/settle-charge.ts';
import { loadRefund } from '../refunds/load-refund.ts';
import { changeOf, readStanding, writeStanding } from '../books/update-standing.ts';
import { recordRefundTransaction } from '../books/record-refund-transaction.ts';
import { settleRefundIn } from '../refunds/settle-refund.ts';
import { orderRefund, orderRefundOfRest } from './order-refund.ts';
import { creditNamedLines, refundDidNotHappen, refundHappened, takeBackCredit } from './refund-decisions.ts';
import { leaveRefused, tryRefusedAgain } from './refused-steps.ts';
import { takeOver } from './take-over.ts';

/** A decision to be carried out. The review is already closed and the payment locked. */
export interface Decision {
  readonly context: ActivityContext;
  readonly tx: SqlTransaction;
  readonly payment: PaymentRow;
  readonly resolution: ResolutionRow;
  /** What the questions were about that it answers. */
  readonly subjects: readonly string[];
}

/** Returns the issued documents. */
export type Apply = (decision: Decision) => Promise<readonly string[]>;

const asItIs: Apply = () => Promise.resolve([]);

/** What each decision does, by reason and action (docs/operations.md, "a payment is in review"). Absent: the API refuses it. */
export const DECISIONS: Readonly<Record<ReviewReason, Readonly<Partial<Record<ReviewAction, Apply>>>>> = {
  amount_mismatch: { accept: documentWhatCame, refund: giveAllBack, dismiss: asItIs },
  duplicate_payment: { accept: documentTheOther, refund: giveTheOtherBack },
  late_success: { accept: asItIs, refund: giveRestBack, dismiss: asItIs },
  unknown_outcome: { accept: refundHappened, dismiss: refundDidNotHappen },
  provider_dispute: { refund: creditLostDispute, dismiss: writeOffLostDispute },
  document_mismatch: { accept: asItIs, dismiss: asItIs },
  foreign_document: { accept: asItIs, dismiss: asItIs },
  push_failed: { accept: keepUnpushed, dismiss: keepUnpushed },
  reconciliation: { accept: tryRefusedAgain, dismiss: leaveRefused },
  refund_reversed: { accept: takeBackCredit, dismiss: asItIs },
  refund_lines_required: { accept: creditNamedLines },
};

/** The first charge that was not refunded gets a document for its amount. A second one becomes a new question. */
async function documentWhatCame({ context, tx, payment }: Decision): Promise<readonly string[]> {
  const [settling, refunds] = await Promise.all([
    readSettling(tx, { workspaceId: payment.workspaceId, paymentId: payment.id }),
    listRefunds(tx, payment.id),
  ]);
  const charge = settling.charges.find((one) => isToDocument(one, refunds));
  if (charge === undefined || isPaid(payment.status)) return [];
  return [(await settleCharge(context, tx, settling, charge)).document.id];
}

/** The document stays with us only, or a person creates it by hand: it is no longer pushed. */
async function keepUnpushed({ tx, payment }: Decision): Promise<readonly string[]> {
  await keepFailedPushes(tx, payment.id);
  return [];
}

const OTHER_SUM =
  'the payer was charged another sum or currency than was asked, and a person had it given back';

async function giveAllBack(decision: Decision): Promise<readonly string[]> {
  const { tx, payment } = decision;
  await giveBack(decision, await listSeenCharges(decision));
  if (isOpen(payment.status)) {
    await endPayment(decision.context, tx, payment, {
      status: 'failed',
      reason: 'amount_mismatch',
      failure: { code: 'amount_mismatch', message: OTHER_SUM, vendorCode: null },
    });
  }
  return [];
}

/** What is left of these charges, which have no document. */
async function giveBack(
  { tx, payment, resolution }: Decision,
  charges: readonly TransactionRow[],
): Promise<void> {
  const refunds = await listRefunds(tx, payment.id);
  for (const charge of charges) {
    const amount = charge.amount - givenBack(charge.id, refunds);
    if (amount <= 0) continue;
    await orderRefund(tx, payment, { charge, isDocumented: false, reason: resolution.reason, amount });
  }
}

async function undocumentedCharges({
  tx,
  payment,
  resolution,
}: Pick<Decision, 'tx' | 'payment' | 'resolution'>): Promise<TransactionRow[]> {
  const documented = await findDocumentedTransaction(tx, payment.id);
  return (await listSeenCharges({ tx, payment, resolution })).filter(({ id }) => id !== documented);
}

/** Charges that the person can have seen: the decision is not about later ones. */
async function listSeenCharges({
  tx,
  payment,
  resolution,
}: Pick<Decision, 'tx' | 'payment' | 'resolution'>): Promise<TransactionRow[]> {
  return (await listCharges(tx, payment.id)).filter(({ createdAt }) => createdAt <= resolution.createdAt);
}

/** A partly refunded charge must not get a document for the whole if the rest can be refunded. */
function isToDocument(charge: TransactionRow, refunds: readonly RefundRow[]): boolean {
  const own = refunds.filter(({ chargeId }) => chargeId === charge.id);
  return canBeDocumented({ amount: charge.amount, refundable: charge.refundableAmount }, own);
}

async function documentTheOther(decision: Decision): Promise<readonly string[]> {
  const refunds = await listRefunds(decision.tx, decision.payment.id);
  const issued: string[] = [];
  for (const charge of await undocumentedCharges(decision)) {
    if (isToDocument(charge, refunds)) issued.push(await takeOver(decision, charge));
  }
  return issued;
}

async function giveTheOtherBack(decision: Decision): Promise<readonly string[]> {
  await giveBack(decision, await undocumentedCharges(decision));
  return [];
}

async function giveRestBack({ tx, payment, resolution }: Decision): Promise<readonly string[]> {
  await orderRefundOfRest(tx, payment, resolution.reason);
  return [];
}

/** The bank took the money: a credit document, and no refund to be sent. Only documented money can be credited. */
async function creditLostDispute({ tx, payment, resolution }: Decision): Promise<readonly string[]> {
  const { original } = await readBooks(tx, payment.id);
  const taken = (await listDisputes(tx, payment.id)).filter(
    (dispute) =>
      dispute.resolution === null &&
      ['open', 'lost'].includes(dispute.status) &&
      (dispute.chargeId ?? original?.chargeId) === original?.chargeId,
  );
  await markDisputesResolved(tx, payment.id, 'refund');
  if (taken.length === 0) return [];
  const charge = (await listCharges(tx, payment.id)).find(({ id }) => id === original?.chargeId);
  if (charge === undefined) return [];
  // Everything the bank took is recorded. What is left of the document is credited, and a person is asked about the
  // rest.
  const refundId = await orderRefund(tx, payment, {
    charge,
    isDocumented: true,
    origin: 'dispute',
    reason: resolution.reason,
    amount: sumMinor(taken.map(({ amount }) => amount)),
  });
  const ids = { workspaceId: payment.workspaceId, refundId };
  const loaded = await loadRefund(tx, ids);
  const told = { providerTransactionId: refundId, rawCode: 'dispute_lost' };
  await recordRefundTransaction(tx, { refund: loaded.refund, charge: loaded.charge, accountId: null }, told);
  const { documentId } = await settleRefundIn(tx, await loadRefund(tx, ids));
  return documentId === null ? [] : [documentId];
}

/** Bad debt: the document stays valid although the money is gone. */
async function writeOffLostDispute({ tx, payment }: Decision): Promise<readonly string[]> {
  await markDisputesResolved(tx, payment.id, 'dismiss');
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  const kept = await readStanding(tx, payment.id);
  const told = tell(tx, owner, {
    kind: 'dispute_written_off',
    summary: 'A person recorded the disputed money as bad debt. The document stays valid',
    ...changeOf(kept),
  });
  await Promise.all([told, writeStanding(tx, kept)]);
  return [];
}
