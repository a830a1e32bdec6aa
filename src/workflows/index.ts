/** The workflows that a worker registers. Nothing else in this folder is loaded by name. */
export { collectPayment } from './payments/collect-payment.ts';
export { recordManualPayment } from './payments/record-manual-payment.ts';
export { issueDueInvoice } from './payments/issue-due-invoice.ts';
export { pushAgain } from './invoices/push-again.ts';
export { refundPayment } from './refunds/refund-payment.ts';
export { resolveReview } from './reviews/resolve-review.ts';
export { askPayer } from './requests/ask-payer.ts';
export { settleLateEvent } from './payments/settle-late-event.ts';
