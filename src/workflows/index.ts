/** What a worker registers. Nothing else of this folder is loaded by name. */
export { collectPayment } from './payments/collect-payment.ts';
export { settleLateEvent } from './payments/settle-late-event.ts';
