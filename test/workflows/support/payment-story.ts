import { ApplicationFailure } from '@temporalio/common';
import type { Terms } from '../../../src/activities/payments/read-terms.ts';
import type { SettlementResult } from '../../../src/activities/payments/settle-payment.ts';
import type { Verification } from '../../../src/activities/books/verification.ts';
import type { CollectPaymentInput } from '../../../src/workflows/messages.ts';
import type { Answers, Drive } from './drive-workflow.ts';
import type { WorkflowSandbox } from './sandbox.ts';

/** One payment of 150 shekels on New Year's Day, and what may be said about it. */

export const NOW = Date.UTC(2026, 0, 1, 9);
export const SECOND = 1_000;
export const HOUR = 3_600 * SECOND;
export const DAY = 24 * HOUR;

export const INPUT: CollectPaymentInput = {
  workspaceId: 'ws_1',
  paymentId: 'pay_1',
};
/** What its rows say: a webhook is waited for a day. */
export const TERMS: Terms = {
  pollFrom: new Date(NOW + DAY).toISOString(),
  expiresAt: new Date(NOW + 30 * DAY).toISOString(),
  underWayFrom: null,
  print: 'at_issue',
};

export const UNCHANGED: Verification = {
  verdict: 'unchanged',
  status: 'pending',
  review: null,
  transactionId: null,
};
/** Money is on its way; the provider is to be asked again after half a second. */
export const UNDER_WAY: Verification = {
  ...UNCHANGED,
  verdict: 'under_way',
  nextCheckAt: new Date(NOW + SECOND / 2).toISOString(),
};
export const PAID: Verification = { ...UNCHANGED, verdict: 'paid', transactionId: 'txn_1' };
export const MISMATCH: Verification = { ...UNCHANGED, verdict: 'held', review: 'amount_mismatch' };
export const SETTLED: Verification = {
  verdict: 'settled',
  status: 'completed',
  review: null,
  transactionId: 'txn_1',
};
export const SETTLEMENT: SettlementResult = { status: 'completed', review: null, documentId: 'doc_1' };

/** Everything works, and the payer has not paid: `verifyPayment` and `pollPayment` are for the test to answer. */
export const WORLD: Answers = {
  readTerms: () => TERMS,
  createPage: () => ({ url: 'https://pages.test/1' }),
  closePage: () => 'dead',
  settlePayment: () => SETTLEMENT,
  printDocument: () => undefined,
  pushDocument: () => null,
};

/** The same, and the payer has paid by the time somebody asks. */
export const PAID_WORLD: Answers = { ...WORLD, verifyPayment: () => PAID };

/** A call that failed and may be tried again. */
export const trouble = (type = 'unavailable'): ApplicationFailure =>
  ApplicationFailure.create({ message: 'the other side does not answer', type });

/** A call that was refused for good. */
export const refusal = (type: string): ApplicationFailure =>
  ApplicationFailure.nonRetryable('the other side refused', type);

/** Starts the payment as the API does: with the update that asks for its link. */
export const startPayment = (
  sandbox: WorkflowSandbox,
  answers: Answers,
  { expiresAt = TERMS.expiresAt, print = TERMS.print }: Partial<Omit<Terms, 'pollFrom'>> = {},
): Promise<Drive> => {
  const pollFrom = expiresAt < TERMS.pollFrom ? expiresAt : TERMS.pollFrom;
  const world: Answers = { ...answers, readTerms: () => ({ ...TERMS, pollFrom, expiresAt, print }) };
  return sandbox.start('collectPayment', INPUT, { now: NOW, answers: world, asking: { link: 'link' } });
};

/** Inputs of every call of `verifyPayment`: which inbox rows it was about, and whether somebody asked. */
export const questions = (drive: Drive): { eventIds: readonly string[]; isAsked: boolean }[] =>
  drive.calls('verifyPayment').map(({ input }) => {
    const { eventIds, isAsked } = input as { eventIds: readonly string[]; isAsked: boolean };
    return { eventIds, isAsked };
  });
