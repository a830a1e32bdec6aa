import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { defineSignal, defineUpdate } from '@temporalio/workflow';
import type { PaymentFailure, PaymentStatus, ReviewReason } from '../domain/payment.ts';

/**
 * What the outside may say to a payment's workflow. A message carries ids of our own rows and no facts: whoever can
 * reach the Temporal UI can send one, and it must change nothing that the provider does not confirm.
 */

/**
 * Input of `collectPayment`. Like every input here it holds ids only. Anybody with access to Temporal can start a workflow, so what
 * it must know (expiry, grace, printing) is read from the rows.
 */
export interface CollectPaymentInput {
  readonly workspaceId: string;
  readonly paymentId: string;
  /** Only of a run that goes on where an earlier one stopped. */
  readonly carried?: Carried;
}

/** What the next run of a payment takes over, so that no history grows without end. */
export interface Carried {
  /** Null: the first page is still being made. */
  readonly link: LinkAnswer | null;
  readonly check: CheckAnswer;
  /** Inbox rows that were signalled and not acted on yet. */
  readonly eventIds: readonly string[];
  /** The document whose paper is being finished. */
  readonly documentId: string | null;
  /** Nobody is waited for any more: what came meanwhile is acted on, and that is all. */
  readonly isOver: boolean;
}

/** Where a payment's page is; `failure` says why there is none and never will be. */
export interface LinkAnswer {
  readonly url: string | null;
  readonly failure: PaymentFailure | null;
}

/** Of a payment that has no page and will have none, for no fault of its provider. */
export const NO_PAGE = {
  url: null,
  failure: { code: 'no_link', message: 'the payment has no payment page', vendorCode: null },
} as const satisfies LinkAnswer;

/** What a check by the provider came to. */
export interface CheckAnswer {
  readonly status: PaymentStatus;
  readonly review: ReviewReason | null;
}

/** Answers once the first page exists. */
export const linkUpdate = defineUpdate<LinkAnswer>('link');
/** Asks the provider now and answers when what it said has been acted on. */
export const checkUpdate = defineUpdate<CheckAnswer>('check');
/** The payer came back: the same, but of a payment that is settled nobody is asked. */
export const returnUpdate = defineUpdate<CheckAnswer>('return');
/** Makes a new page where the live one is dead; asks the provider first. */
export const renewLinkUpdate = defineUpdate<LinkAnswer>('renewLink');
/** Ends a payment that nobody has paid; asks the provider first and answers how it then stands. */
export const cancelUpdate = defineUpdate<CheckAnswer>('cancel');
/** An inbox row about this payment was stored. */
export const providerEventSignal = defineSignal<[string]>('providerEvent');

/** So long after its expiry an open payment has no workflow of its own any more that would end it, milliseconds. */
export const LONG_OVER_MS = 2 * 3_600_000;

/** Input of `settleLateEvent`: news of a payment whose workflow is gone. No inbox row: somebody asked. */
export interface SettleLateEventInput {
  readonly workspaceId: string;
  readonly paymentId: string;
  readonly providerEventId: string | null;
  /** A payer came back: of a payment that is settled nobody is asked. */
  readonly unlessSettled?: boolean;
}

/** Input of `recordManualPayment`: what was paid lies in the payment's rows. */
export interface RecordManualPaymentInput {
  readonly workspaceId: string;
  readonly paymentId: string;
}

/** Answers when the payment is settled; its paper may still be on the way. */
export const recordUpdate = defineUpdate<CheckAnswer>('record');

/** Input of `refundPayment`. */
export interface RefundPaymentInput {
  readonly workspaceId: string;
  readonly paymentId: string;
  readonly refundId: string;
}

/** Where a refund stands. */
export interface RefundAnswer {
  readonly status: 'pending' | 'completed' | 'failed';
}

/** Answers when the refund has ended; its paper may still be on the way. */
export const refundUpdate = defineUpdate<RefundAnswer>('refund');

/** Input of `resolveReview`: a person's decision, as the API wrote it down. */
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

/** Answers when the decision is carried out; its paper may still be on the way. */
export const resolveUpdate = defineUpdate<CheckAnswer>('resolve');

/** Input of `askPayer`. */
export interface AskPayerInput {
  readonly workspaceId: string;
  readonly paymentId: string;
}

/** Something was noted about the asking: look at the books again. */
export const requestChangedSignal = defineSignal('requestChanged');

/** Money: workflows, provider calls, settling, pushing. */
export const PAYMENTS_QUEUE = 'payments';
/** Paper: printing takes 25–50 ms of CPU a page, and money never waits for it. */
export const DOCUMENTS_QUEUE = 'documents';

/** What ops search by in the Temporal UI. Never encrypted, so: ids, codes and amounts only. `migrate` registers them. */
export const SEARCH_ATTRIBUTES = {
  workspaceId: defineSearchAttributeKey('WorkspaceId', SearchAttributeType.KEYWORD),
  paymentId: defineSearchAttributeKey('PaymentId', SearchAttributeType.KEYWORD),
  paymentStatus: defineSearchAttributeKey('PaymentStatus', SearchAttributeType.KEYWORD),
  provider: defineSearchAttributeKey('Provider', SearchAttributeType.KEYWORD),
  currency: defineSearchAttributeKey('Currency', SearchAttributeType.KEYWORD),
  amountMinor: defineSearchAttributeKey('AmountMinor', SearchAttributeType.INT),
  review: defineSearchAttributeKey('Review', SearchAttributeType.KEYWORD),
} as const;

/** Name under which each workflow is registered: the function's name. */
export const WORKFLOWS = {
  collectPayment: 'collectPayment',
  recordManualPayment: 'recordManualPayment',
  settleLateEvent: 'settleLateEvent',
  refundPayment: 'refundPayment',
  resolveReview: 'resolveReview',
  pushAgain: 'pushAgain',
  askPayer: 'askPayer',
} as const;

export function paymentWorkflowId(workspaceId: string, paymentId: string): string {
  return `pay/${workspaceId}/${paymentId}`;
}

export function refundWorkflowId(workspaceId: string, refundId: string): string {
  return `refund/${workspaceId}/${refundId}`;
}

export function pushWorkflowId(workspaceId: string, documentId: string): string {
  return `push/${workspaceId}/${documentId}`;
}

export function resolutionWorkflowId(workspaceId: string, resolutionId: string): string {
  return `resolve/${workspaceId}/${resolutionId}`;
}

export function askPayerWorkflowId(workspaceId: string, paymentId: string): string {
  return `ask/${workspaceId}/${paymentId}`;
}

/** One check at a time of a payment whose own workflow is gone. */
export function lateCheckWorkflowId(workspaceId: string, paymentId: string): string {
  return `late/${workspaceId}/${paymentId}/check`;
}

export function lateEventWorkflowId(workspaceId: string, providerEventId: string): string {
  return `late/${workspaceId}/${providerEventId}`;
}
