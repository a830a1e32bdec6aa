import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { defineSignal, defineUpdate } from '@temporalio/workflow';
import type { PaymentFailure, PaymentStatus, ReviewReason } from '../domain/payment.ts';

/**
 * Messages to the workflow of a payment. They contain ids of our rows and no facts. Anybody with access to the Temporal
 * UI can send one, and it must change nothing that the provider does not confirm.
 */

/**
 * Input of `collectPayment`. Like every input here it has ids only. Anybody with access to Temporal can start a
 * workflow, so everything else (expiry, grace, printing) is read from the rows.
 */
export interface CollectPaymentInput {
  readonly workspaceId: string;
  readonly paymentId: string;
  /** Only in a run that continues an earlier one. */
  readonly carried?: Carried;
}

/** State for the next run of a payment, so that no history grows without end. */
export interface Carried {
  /** Null while the first page is being made. */
  readonly link: LinkAnswer | null;
  readonly check: CheckAnswer;
  /** Inbox rows that were signalled and not handled yet. */
  readonly eventIds: readonly string[];
  /** The document that is being printed and pushed. */
  readonly documentId: string | null;
  /** The payment has ended: only news that came meanwhile is still handled. */
  readonly isOver: boolean;
}

/** The page of a payment; `failure` says why there is none and never will be. */
export interface LinkAnswer {
  readonly url: string | null;
  readonly failure: PaymentFailure | null;
}

/** For a payment that has no page and will get none, through no fault of its provider. */
export const NO_PAGE = {
  url: null,
  failure: { code: 'no_link', message: 'the payment has no payment page', vendorCode: null },
} as const satisfies LinkAnswer;

/** The result of asking the provider. */
export interface CheckAnswer {
  readonly status: PaymentStatus;
  readonly review: ReviewReason | null;
}

/** Answers once the first page exists. */
export const linkUpdate = defineUpdate<LinkAnswer>('link');
/** Asks the provider now, and answers once the result is handled. */
export const checkUpdate = defineUpdate<CheckAnswer>('check');
/** The payer came back: the same, but a settled payment is not asked about. */
export const returnUpdate = defineUpdate<CheckAnswer>('return');
/** Makes a new page if the live one is dead; asks the provider first. */
export const renewPageUpdate = defineUpdate<LinkAnswer>('renewPage');
/** Ends an unpaid payment; asks the provider first and answers with its state after that. */
export const cancelUpdate = defineUpdate<CheckAnswer>('cancel');
/** An inbox row about this payment was stored. */
export const providerEventSignal = defineSignal<[string]>('providerEvent');

/** This long after its expiry, an open payment has no workflow of its own that would end it; milliseconds. */
export const LONG_OVER_MS = 2 * 3_600_000;

/** Input of `settleLateEvent`: news of a payment whose workflow is gone. Without an inbox row, somebody asked. */
export interface SettleLateEventInput {
  readonly workspaceId: string;
  readonly paymentId: string;
  readonly providerEventId: string | null;
  /** A payer came back: a settled payment is not asked about. */
  readonly unlessSettled?: boolean;
}

/** Input of `recordManualPayment`. What was paid is in the rows of the payment. */
export interface RecordManualPaymentInput {
  readonly workspaceId: string;
  readonly paymentId: string;
}

/** Answers when the payment is settled; its document may still be printed and pushed. */
export const recordUpdate = defineUpdate<CheckAnswer>('record');

/** Input of `refundPayment`. */
export interface RefundPaymentInput {
  readonly workspaceId: string;
  readonly paymentId: string;
  readonly refundId: string;
}

/** The state of a refund. */
export interface RefundAnswer {
  readonly status: 'pending' | 'completed' | 'failed';
}

/** Answers when the refund has ended; its document may still be printed and pushed. */
export const refundUpdate = defineUpdate<RefundAnswer>('refund');

/** Input of `resolveReview`: the decision of a person, as the API stored it. */
export interface ResolveReviewInput {
  readonly workspaceId: string;
  readonly paymentId: string;
  readonly resolutionId: string;
}

/** Input of `pushAgain`. */
export interface PushAgainInput {
  readonly workspaceId: string;
  readonly documentId: string;
}

/** Answers when the decision is carried out; its document may still be printed and pushed. */
export const resolveUpdate = defineUpdate<CheckAnswer>('resolve');

/** Input of `askPayer`. */
export interface AskPayerInput {
  readonly workspaceId: string;
  readonly paymentId: string;
}

/** The payment request has changed: read its rows again. */
export const requestChangedSignal = defineSignal('requestChanged');

/** Input of `issueDueInvoice`. */
export interface IssueDueInvoiceInput {
  readonly workspaceId: string;
  readonly paymentId: string;
}

/** A cheque bounced, or its day came: read the rows again. */
export const dueInvoiceChangedSignal = defineSignal('dueInvoiceChanged');

/** For payments: workflows, provider calls, settling, pushing. */
export const PAYMENTS_QUEUE = 'payments';
/** For printing, which takes 25–50 ms of CPU per page and must not delay payments. */
export const DOCUMENTS_QUEUE = 'documents';

/**
 * Search attributes in the Temporal UI. They are never encrypted, so they hold ids, codes and amounts only. `migrate`
 * registers them.
 */
export const SEARCH_ATTRIBUTES = {
  workspaceId: defineSearchAttributeKey('WorkspaceId', SearchAttributeType.KEYWORD),
  paymentId: defineSearchAttributeKey('PaymentId', SearchAttributeType.KEYWORD),
  paymentStatus: defineSearchAttributeKey('PaymentStatus', SearchAttributeType.KEYWORD),
  provider: defineSearchAttributeKey('Provider', SearchAttributeType.KEYWORD),
  currency: defineSearchAttributeKey('Currency', SearchAttributeType.KEYWORD),
  amountMinor: defineSearchAttributeKey('AmountMinor', SearchAttributeType.INT),
  review: defineSearchAttributeKey('Review', SearchAttributeType.KEYWORD),
} as const;

/** The registered name of each workflow: the name of its function. */
export const WORKFLOWS = {
  collectPayment: 'collectPayment',
  recordManualPayment: 'recordManualPayment',
  settleLateEvent: 'settleLateEvent',
  refundPayment: 'refundPayment',
  resolveReview: 'resolveReview',
  pushAgain: 'pushAgain',
  askPayer: 'askPayer',
  issueDueInvoice: 'issueDueInvoice',
} as const;

/** The one workflow of a payment, for its whole life. Manual payments have the same id. */
export function paymentWorkflowId(workspaceId: string, paymentId: string): string {
  return `pay/${workspaceId}/${paymentId}`;
}

/** The one workflow of a refund. */
export function refundWorkflowId(workspaceId: string, refundId: string): string {
  return `refund/${workspaceId}/${refundId}`;
}

/** The credit document of a refund that had ended, once its original has the allocation number. */
export function creditWorkflowId(workspaceId: string, refundId: string): string {
  return `refund/${workspaceId}/${refundId}/credit`;
}

/** A push that was tried again by hand. */
export function pushWorkflowId(workspaceId: string, documentId: string): string {
  return `push/${workspaceId}/${documentId}`;
}

/** The one workflow of a person's decision about a review. */
export function resolutionWorkflowId(workspaceId: string, resolutionId: string): string {
  return `resolve/${workspaceId}/${resolutionId}`;
}

/** The tax invoice of the post-dated cheques of a payment. */
export function dueInvoiceWorkflowId(workspaceId: string, paymentId: string): string {
  return `invoice/${workspaceId}/${paymentId}`;
}

/** The mails that ask the payer, and the overdue notice. */
export function askPayerWorkflowId(workspaceId: string, paymentId: string): string {
  return `ask/${workspaceId}/${paymentId}`;
}

/** One check at a time for a payment whose own workflow is gone. */
export function lateCheckWorkflowId(workspaceId: string, paymentId: string): string {
  return `late/${workspaceId}/${paymentId}/check`;
}

/** One webhook about a payment whose own workflow is gone. */
export function lateEventWorkflowId(workspaceId: string, providerEventId: string): string {
  return `late/${workspaceId}/${providerEventId}`;
}
