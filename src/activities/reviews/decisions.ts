import type { PaymentRow } from '../../db/payments.ts';
import type { SqlTransaction } from '../../db/pool.ts';
import { listDisputes } from '../../db/disputes.ts';
import type { DisputeRow } from '../../db/disputes.ts';
import { keepFailedPushes } from '../../db/invoice-pushes.ts';
import { listCharges } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { listRefunds } from '../../db/refunds.ts';
import type { RefundRow } from '../../db/refunds.ts';
import type { ResolutionRow } from '../../db/review-resolutions.ts';
import { findDocumentedTransaction } from '../../db/tax-documents.ts';
import { atBank, withBank } from '../../domain/disputed-money.ts';
import type { ReviewReason } from '../../domain/payment.ts';
import { isOpen, isPaid } from '../../domain/payment.ts';
import { canBeDocumented } from '../../domain/refund.ts';
import type { ReviewAction } from '../../domain/review.ts';
import { givenBack } from '../../domain/standing.ts';
import type { ActivityContext } from '../context.ts';
import { endPayment } from '../../history/end-payment.ts';
import { readSettling } from '../payments/read-settling.ts';
import { settleCharge } from '../payments/settle-charge.ts';
import { bookTakenByBank, creditLostDispute, writeOffLostDispute } from './dispute-decisions.ts';
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
  const [settling, refunds, disputes] = await Promise.all([
    readSettling(tx, { workspaceId: payment.workspaceId, paymentId: payment.id }),
    listRefunds(tx, payment.id),
    listDisputes(tx, payment.id),
  ]);
  const charge = stillHere(settling.charges, disputes).find((one) => isToDocument(one, refunds));
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

/**
 * What is left of these charges, which have no document. What the bank took in a lost dispute is not sent again.
 * @throws RangeError while the bank has not decided: the vendor refuses such a refund, or the payer would have it twice
 */
async function giveBack(decision: Decision, charges: readonly TransactionRow[]): Promise<void> {
  const { tx, payment, resolution } = decision;
  const [refunds, disputes] = await Promise.all([listRefunds(tx, payment.id), listDisputes(tx, payment.id)]);
  for (const charge of charges) {
    const { held, lost } = atBank(charge.id, disputes);
    if (held.length > 0)
      throw new RangeError('the payer’s bank has not decided the dispute about this money');
    await bookTakenByBank(decision, charge, { disputes: lost, isDocumented: false });
    const gone = givenBack(charge.id, refunds) + withBank(charge, disputes, resolution.disputes);
    const amount = charge.amount - gone;
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

/** Charges of which the bank took nothing. @throws RangeError if there is none: money that is gone gets no document */
function stillHere(
  charges: readonly TransactionRow[],
  disputes: readonly DisputeRow[],
): readonly TransactionRow[] {
  const here = charges.filter(({ id }) => atBank(id, disputes).lost.length === 0);
  if (here.length === 0 && charges.length > 0)
    throw new RangeError('the payer’s bank took this money: refund records that, without a document');
  return here;
}

/** A partly refunded charge must not get a document for the whole if the rest can be refunded. */
function isToDocument(charge: TransactionRow, refunds: readonly RefundRow[]): boolean {
  const own = refunds.filter(({ chargeId }) => chargeId === charge.id);
  return canBeDocumented({ amount: charge.amount, refundable: charge.refundableAmount }, own);
}

async function documentTheOther(decision: Decision): Promise<readonly string[]> {
  const { tx, payment } = decision;
  const [refunds, disputes] = await Promise.all([listRefunds(tx, payment.id), listDisputes(tx, payment.id)]);
  const issued: string[] = [];
  for (const charge of stillHere(await undocumentedCharges(decision), disputes)) {
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
