import type { ActivityContext } from './context.ts';
import { createIssueDueInvoice } from './documents/issue-due-invoice.ts';
import type { PrintDocument } from './documents/print-document.ts';
import { createGiveUpPush } from './invoices/give-up-push.ts';
import { createPushDocument } from './invoices/push-document.ts';
import { createClosePage } from './payments/close-page.ts';
import { createClosePayment } from './payments/close-payment.ts';
import { createCreatePage } from './payments/create-page.ts';
import { createPollPayment } from './payments/poll-payment.ts';
import { createReadTerms } from './payments/read-terms.ts';
import { createRecordCharge } from './payments/record-charge.ts';
import { createSettlePayment } from './payments/settle-payment.ts';
import { createVerifyPayment } from './payments/verify-payment.ts';
import { createFailRefund } from './refunds/fail-refund.ts';
import { createLookUpRefund } from './refunds/look-up-refund.ts';
import { createSendRefund } from './refunds/send-refund.ts';
import { createSettleRefund } from './refunds/settle-refund.ts';
import { createPursueRequest } from './requests/pursue-request.ts';
import { createApplyResolution } from './reviews/apply-resolution.ts';
import { tellFailures } from './tell-failures.ts';

const MAKING_THE_PAGE = { what: 'Making the payment page at the provider', isLocalFirst: true };
const ASKING = { what: 'Asking the provider about the payment', isLocalFirst: true };
const CLOSING_THE_PAGE = { what: 'Closing the payment page', isLocalFirst: true };
const SENDING_THE_REFUND = { what: 'Sending the refund', isLocalFirst: false };
const LOOKING_THE_REFUND_UP = { what: 'Asking the provider about the refund', isLocalFirst: false };
const PUSHING = { what: 'Pushing the document to the invoice service', isLocalFirst: true };
const PRINTING = { what: 'Getting the time stamp of a document', isLocalFirst: false };

/** All activities except printing. */
export function createActivities(context: ActivityContext) {
  return {
    readTerms: createReadTerms(context),
    createPage: tellFailures(context, MAKING_THE_PAGE, createCreatePage(context)),
    verifyPayment: tellFailures(context, ASKING, createVerifyPayment(context)),
    pollPayment: tellFailures(context, { ...ASKING, isLocalFirst: false }, createPollPayment(context)),
    settlePayment: createSettlePayment(context),
    recordCharge: createRecordCharge(context),
    issueDueInvoice: createIssueDueInvoice(context),
    closePayment: createClosePayment(context),
    closePage: tellFailures(context, CLOSING_THE_PAGE, createClosePage(context)),
    sendRefund: tellFailures(context, SENDING_THE_REFUND, createSendRefund(context)),
    lookUpRefund: tellFailures(context, LOOKING_THE_REFUND_UP, createLookUpRefund(context)),
    settleRefund: createSettleRefund(context),
    failRefund: createFailRefund(context),
    applyResolution: createApplyResolution(context),
    pursueRequest: createPursueRequest(context),
    pushDocument: tellFailures(context, PUSHING, createPushDocument(context)),
    giveUpPush: createGiveUpPush(context),
  };
}

/** Printing, on its own task queue. */
export function createDocumentActivities(
  context: Pick<ActivityContext, 'pool' | 'logger'>,
  printDocument: PrintDocument,
) {
  return { printDocument: tellFailures(context, PRINTING, printDocument) };
}

/** The interface that workflows see (types only). */
export type Activities = ReturnType<typeof createActivities> & ReturnType<typeof createDocumentActivities>;
