import {
  allHandlersFinished,
  condition,
  getExternalWorkflowHandle,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';
import type { RefundAttempt } from '../../activities/refunds/send-refund.ts';
import { durable, localFirst, once, polling, quick } from '../call-policies.ts';
import type { RefundAnswer, RefundPaymentInput } from '../messages.ts';
import { dueInvoiceChangedSignal, dueInvoiceWorkflowId, refundUpdate } from '../messages.ts';
import { finishDocument } from '../payments/finish-paper.ts';
import { settleAndFinish } from '../payments/settle-late-event.ts';

/**
 * A refund: sent once, looked up for as long as its outcome is unknown, then settled in one transaction with its
 * credit document.
 */
export async function refundPayment(input: RefundPaymentInput): Promise<RefundAnswer> {
  const view: { answer: RefundAnswer | null } = { answer: null };
  setHandler(refundUpdate, async (): Promise<RefundAnswer> => {
    await condition(() => view.answer !== null);
    return view.answer ?? { status: 'pending' };
  });
  const ids = { workspaceId: input.workspaceId, refundId: input.refundId };
  setCurrentDetails('Sending the refund to the provider.');
  const attempt = await giveBack(ids);
  if (attempt.state === 'failed') {
    const { end, settles } = await durable.failRefund({ ...ids, reason: attempt.reason });
    if (end === 'failed') {
      view.answer = { status: 'failed' };
      if (settles !== undefined) await documentKept(input, settles);
      setCurrentDetails(`The refund failed: ${attempt.reason}.`);
      await condition(allHandlersFinished);
      return view.answer;
    }
  }
  const settlement = await localFirst(
    () => quick.settleRefund(ids),
    () => durable.settleRefund(ids),
  );
  view.answer = { status: settlement.status };
  const { documentId, settles } = settlement;
  if (documentId !== null) {
    setCurrentDetails('Refunded. Printing the credit document and pushing it to the invoice service.');
    await finishDocument(input, documentId);
  }
  if (settlement.invoiceCreditId !== undefined) await finishDocument(input, settlement.invoiceCreditId);
  if (settlement.hasDueInvoice === true) await tellDueInvoice(input);
  if (settles !== undefined) await documentKept(input, settles);
  setCurrentDetails(`Ended as ${settlement.status}.`);
  await condition(allHandlersFinished);
  return view.answer;
}

/**
 * The charge that is kept after the end of a refund gets its document, as late money does: the payment's own workflow
 * may be over.
 */
async function documentKept(
  { workspaceId, paymentId }: RefundPaymentInput,
  transactionId: string,
): Promise<void> {
  setCurrentDetails('A charge without a document is kept: documenting it.');
  await settleAndFinish({ workspaceId, paymentId, transactionId, eventIds: [] });
}

/** The timer of the tax invoice looks again: it ends where nothing is left. If it has ended, nothing is to be told. */
async function tellDueInvoice({ workspaceId, paymentId }: RefundPaymentInput): Promise<void> {
  const timer = getExternalWorkflowHandle(dueInvoiceWorkflowId(workspaceId, paymentId));
  await timer.signal(dueInvoiceChangedSignal).catch(() => undefined);
}

/** The refund is sent once. If the outcome is unknown, the vendor is asked, and it is never sent again. */
async function giveBack(ids: { workspaceId: string; refundId: string }): Promise<RefundAttempt> {
  const attempt = await once.sendRefund(ids);
  if (attempt.state !== 'look_up') return attempt;
  setCurrentDetails(
    'The outcome of the refund is unknown: asking the provider. The refund is not sent again.',
  );
  return polling.lookUpRefund(ids);
}
