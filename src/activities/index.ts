import type { Metrics } from '../metrics.ts';
import type { Secrets } from '../secrets.ts';
import type { Pool } from '../db/pool.ts';
import type { Adapters } from '../providers/adapters.ts';
import type { Printer } from './documents/printer.ts';
import { createPrintDocument } from './documents/print-document.ts';
import { createGiveUpPush } from './invoices/give-up-push.ts';
import { createPushDocument } from './invoices/push-document.ts';
import { createClosePayment } from './payments/close-payment.ts';
import { createCreateLink } from './payments/create-link.ts';
import { createPollPayment } from './payments/poll-payment.ts';
import { createSettlePayment } from './payments/settle-payment.ts';
import { createConfirmPayment, createVerifyPayment } from './payments/verify-payment.ts';

/** What activities are made of. */
export interface ActivityContext {
  readonly pool: Pool;
  readonly secrets: Secrets;
  readonly adapters: Adapters;
  readonly metrics: Metrics;
  /** Where vendors send payers and webhooks. */
  readonly publicUrl: string;
}

/** Everything a workflow can have done, but printing. */
export function createActivities(context: ActivityContext) {
  return {
    createLink: createCreateLink(context),
    verifyPayment: createVerifyPayment(context),
    confirmPayment: createConfirmPayment(context),
    pollPayment: createPollPayment(context),
    settlePayment: createSettlePayment(context),
    closePayment: createClosePayment(context),
    pushDocument: createPushDocument(context),
    giveUpPush: createGiveUpPush(context),
  };
}

/** Paper, on a task queue of its own. */
export function createDocumentActivities(context: { pool: Pool; printer: Printer }) {
  return { printDocument: createPrintDocument(context) };
}

/** The face workflows see (by type only). */
export type Activities = ReturnType<typeof createActivities> & ReturnType<typeof createDocumentActivities>;
