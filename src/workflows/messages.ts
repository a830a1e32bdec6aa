import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Currency } from '../domain/money.ts';
import type { PaymentStatus, ReviewReason } from '../domain/payment.ts';

/**
 * What the outside may say to a payment's workflow. A message carries ids of our own rows and no facts: whoever can
 * reach the Temporal UI can send one, and it must change nothing that the provider does not confirm.
 */

/** Input of `collectPayment`: ids, codes, amounts, instants (ISO 8601) only. */
export interface CollectPaymentInput {
  readonly workspaceId: string;
  readonly paymentId: string;
  readonly provider: string;
  readonly currency: Currency;
  readonly amount: number;
  /** How long to wait for a webhook before asking, milliseconds. */
  readonly graceMs: number;
  readonly expiresAt: string;
  readonly print: 'at_issue' | 'on_demand';
}

/** Where a payment's page is; `failure` says why there is none and never will be. */
export interface LinkAnswer {
  readonly url: string | null;
  readonly failure: string | null;
}

/** What a check by the provider came to. */
export interface CheckAnswer {
  readonly status: PaymentStatus;
  readonly review: ReviewReason | null;
}

/** Answers once the first page exists. */
export const linkUpdate = defineUpdate<LinkAnswer>('link');
/** Asks the provider now and answers when what it said has been acted on. */
export const checkUpdate = defineUpdate<CheckAnswer>('check');
/** Makes a new page where the live one is dead; asks the provider first. */
export const renewLinkUpdate = defineUpdate<LinkAnswer>('renewLink');
/** An inbox row about this payment was stored. */
export const providerEventSignal = defineSignal<[string]>('providerEvent');

/** Input of `settleLateEvent`: news of a payment whose workflow is gone. No inbox row: somebody asked. */
export interface SettleLateEventInput {
  readonly workspaceId: string;
  readonly paymentId: string;
  readonly providerEventId: string | null;
  readonly print: 'at_issue' | 'on_demand';
}

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
export const WORKFLOWS = { collectPayment: 'collectPayment', settleLateEvent: 'settleLateEvent' } as const;

export function paymentWorkflowId(workspaceId: string, paymentId: string): string {
  return `pay/${workspaceId}/${paymentId}`;
}

/** One check at a time of a payment whose own workflow is gone. */
export function lateCheckWorkflowId(workspaceId: string, paymentId: string): string {
  return `late/${workspaceId}/${paymentId}/check`;
}

export function lateEventWorkflowId(workspaceId: string, providerEventId: string): string {
  return `late/${workspaceId}/${providerEventId}`;
}
