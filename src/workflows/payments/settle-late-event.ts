import { setCurrentDetails } from '@temporalio/workflow';
import type { Verification } from '../../activities/books/verification.ts';
import type { SettleOrder } from '../../activities/payments/settle-payment.ts';
import { isOpen } from '../../domain/payment.ts';
import { durable, localFirst, quick } from '../call-policies.ts';
import { LONG_OVER_MS } from '../messages.ts';
import type { CheckAnswer, SettleLateEventInput } from '../messages.ts';
import { endPayment } from './end-payment.ts';
import { finishDocument } from './finish-paper.ts';
import { readTerms } from './read-terms.ts';

/**
 * News about a payment whose own workflow has ended, or is no longer known to Temporal. PostgreSQL guarantees
 * uniqueness: the same activities find out what is already done, so a second run changes nothing. News that the
 * provider does not show yet stays in the inbox, which starts this workflow again at growing intervals. A payment
 * that is still open long after its expiry is ended here, because nothing else would end it.
 */
export async function settleLateEvent(input: SettleLateEventInput): Promise<CheckAnswer> {
  setCurrentDetails('Late news of a closed payment: asking the provider about it.');
  const { workspaceId, paymentId } = input;
  const eventIds = input.providerEventId === null ? [] : [input.providerEventId];
  const isAsked = input.providerEventId === null;
  const question = { workspaceId, paymentId, eventIds, isAsked, unlessSettled: input.unlessSettled === true };
  const verification = await localFirst(
    () => quick.verifyPayment(question),
    () => durable.verifyPayment(question),
  );
  if (verification.transactionId === null) {
    const isOver = isAsked && (await isLongOver(input, verification));
    return isOver
      ? expire(input, verification)
      : { status: verification.status, review: verification.review };
  }

  return settleAndFinish({ workspaceId, paymentId, transactionId: verification.transactionId, eventIds });
}

/** Settles a payment whose own workflow is over, then prints and pushes its document. */
export async function settleAndFinish(order: SettleOrder): Promise<CheckAnswer> {
  const settlement = await localFirst(
    () => quick.settlePayment(order),
    () => durable.settlePayment(order),
  );
  const opened = settlement.documentId === null ? null : await finishDocument(order, settlement.documentId);
  return { status: settlement.status, review: settlement.review ?? opened ?? null };
}

/** Open long after its expiry, and unpaid as far as the provider could be asked. */
async function isLongOver(input: SettleLateEventInput, { verdict, status }: Verification): Promise<boolean> {
  if (!isOpen(status) || (verdict !== 'unchanged' && verdict !== 'unasked')) return false;
  const { expiresAt } = await readTerms(input);
  return Date.parse(expiresAt) + LONG_OVER_MS <= Date.now();
}

async function expire(input: SettleLateEventInput, { verdict, review }: Verification): Promise<CheckAnswer> {
  const reason = verdict === 'unasked' ? 'keys_refused' : 'link_expired';
  return { status: await endPayment(input, { status: 'expired', reason }), review };
}
