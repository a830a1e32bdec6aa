import {
  allHandlersFinished,
  condition,
  setCurrentDetails,
  setHandler,
  startChild,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { durable, localFirst, quick } from '../call-policies.ts';
import type { CheckAnswer, RecordManualPaymentInput } from '../messages.ts';
import { dueInvoiceWorkflowId, recordUpdate, SEARCH_ATTRIBUTES } from '../messages.ts';
import { finishDocument } from './finish-paper.ts';
import { issueDueInvoice } from './issue-due-invoice.ts';

/**
 * A manual payment: recorded and settled in one transaction, then printed and pushed like any other. It waits for
 * nobody and asks nobody.
 */
export async function recordManualPayment(input: RecordManualPaymentInput): Promise<CheckAnswer> {
  const view: { check: CheckAnswer | null } = { check: null };
  setHandler(recordUpdate, async (): Promise<CheckAnswer> => {
    await condition(() => view.check !== null);
    return view.check ?? { status: 'creating', review: null };
  });
  const ids = { workspaceId: input.workspaceId, paymentId: input.paymentId };
  setCurrentDetails('Recording the payment and issuing its document.');
  const { status, review, documentId, hasDueInvoice } = await localFirst(
    () => quick.recordCharge(ids),
    () => durable.recordCharge(ids),
  );
  view.check = { status, review };
  if (hasDueInvoice === true) await awaitDueDate(input);
  const opened = documentId === null ? null : await finish(input, documentId);
  view.check = { status, review: review ?? opened ?? null };
  await condition(allHandlersFinished);
  upsertSearchAttributes([
    { key: SEARCH_ATTRIBUTES.paymentStatus, value: status },
    { key: SEARCH_ATTRIBUTES.review, value: view.check.review },
  ]);
  setCurrentDetails(`Ended as ${status}${view.check.review ? `, in review: ${view.check.review}` : ''}.`);
  return view.check;
}

/**
 * Its tax invoice waits for the due date in a workflow of its own, which outlives this one. It may run already: of cheques that
 * are due, `pursueDueInvoices` may find the receipt before this workflow goes on.
 */
async function awaitDueDate(input: RecordManualPaymentInput): Promise<void> {
  const { workspaceId, paymentId } = input;
  try {
    await startChild(issueDueInvoice, {
      workflowId: dueInvoiceWorkflowId(workspaceId, paymentId),
      args: [{ workspaceId, paymentId }],
      parentClosePolicy: 'ABANDON',
      staticSummary: `The tax invoice of the cheques of ${paymentId}`,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

function finish(input: RecordManualPaymentInput, documentId: string) {
  setCurrentDetails('Recorded. Printing the document and pushing it to the invoice service.');
  return finishDocument(input, documentId);
}
