import { NO_INVOICE_POSSIBLE, RECORDING } from '../../db/manual-payments.ts';
import { listPaymentDocuments } from '../../db/tax-documents.ts';
import { isOpen } from '../../domain/payment.ts';
import { readRefusal } from '../../domain/review.ts';
import { isOriginal } from '../../domain/tax-document.ts';
import { endPayment } from '../../history/end-payment.ts';
import { issueDueInvoiceIn } from '../documents/issue-due-invoice.ts';
import { readSettling } from '../payments/read-settling.ts';
import { recordChargeIn } from '../payments/record-charge.ts';
import { settlePaymentIn } from '../payments/settle-payment.ts';
import { creditLater } from '../refunds/credit-refund.ts';
import { loadRefund } from '../refunds/load-refund.ts';
import { CREDITING } from '../refunds/settle-refund.ts';
import type { Decision } from './decisions.ts';

/**
 * What a rule of the books had refused (`run-or-ask.ts`) is tried again. An open payment is documented, then refunds
 * that were made get their credit documents, then cheques that fell due get their tax invoice. What was done meanwhile is
 * not done twice. The books are the judge: what the provider tells is not asked here. A tax invoice of cheques that the
 * database refused is tried again by the sweeper.
 * @throws what the rule says, if it refuses again: then the whole decision is void
 */
export async function tryRefusedAgain(decision: Decision): Promise<readonly string[]> {
  const refused = stepsOf(decision);
  const issued = refused.length === 0 ? [] : await documentAgain(decision);
  for (const step of refused) if (step.startsWith(CREDITING)) issued.push(...(await credit(decision, step)));
  if (decision.subjects.includes(NO_INVOICE_POSSIBLE)) issued.push(...(await invoiceAgain(decision)));
  return issued;
}

/** Money by hand that is not to be recorded ends its payment, so that it can be entered anew. The rest stays as it is. */
export async function leaveRefused(decision: Decision): Promise<readonly string[]> {
  const { context, tx, payment } = decision;
  if (isOpen(payment.status) && stepsOf(decision).includes(RECORDING))
    await endPayment(context, tx, payment, { status: 'cancelled', reason: 'not_recorded' });
  return [];
}

const stepsOf = ({ subjects }: Decision): readonly string[] =>
  subjects.map(readRefusal).filter((step) => step !== null);

/** Where the dealer still may write no tax invoice, the person is asked again. `dismiss` leaves the cheques without one. */
async function invoiceAgain({ tx, payment }: Decision): Promise<readonly string[]> {
  const { documentId } = await issueDueInvoiceIn(tx, {
    workspaceId: payment.workspaceId,
    paymentId: payment.id,
  });
  return documentId === null ? [] : [documentId];
}

async function documentAgain({ context, tx, payment }: Decision): Promise<string[]> {
  const ids = { workspaceId: payment.workspaceId, paymentId: payment.id };
  if ((await listPaymentDocuments(tx, payment.id)).some(isOriginal)) return [];
  const { documentId } =
    payment.provider === 'manual'
      ? await recordChargeIn(context, tx, ids, 'a person')
      : await settlePaymentIn(context, tx, await readSettling(tx, ids));
  return documentId === null ? [] : [documentId];
}

/** None if it has one, needs none any more, or still waits for something else. */
async function credit({ tx, payment }: Decision, step: string): Promise<readonly string[]> {
  const ids = { workspaceId: payment.workspaceId, refundId: step.slice(CREDITING.length) };
  const loaded = await loadRefund(tx, ids);
  const documents = await listPaymentDocuments(tx, payment.id);
  const isCredited = documents.some(({ refundId }) => refundId === ids.refundId);
  if (loaded.refund.status !== 'completed' || isCredited) return [];
  const why = 'A person had its credit tried again';
  return (await creditLater(tx, loaded, documents, why)).map(({ id }) => id);
}
