import { activityInfo } from '@temporalio/activity';
import { inWorkspace } from '../../db/transaction.ts';
import type { PaymentStatus, ReviewReason } from '../../domain/payment.ts';
import { comeBack, retryable } from '../failure.ts';
import type { ActivityContext } from '../context.ts';
import { loadPayment } from './load-payment.ts';
import { askProvider } from './ask-provider.ts';
import { judgeFinding } from './judge-finding.ts';
import { listOwnEvents, markOwnHandled } from './own-events.ts';

/** Why the provider is asked: inbox rows that arrived, or somebody's wish. */
export interface Question {
  readonly workspaceId: string;
  readonly paymentId: string;
  readonly eventIds: readonly string[];
  readonly isAsked: boolean;
}

/** What the provider's own truth comes to. `transactionId` (ours) is set when there is money to settle, or it is settled. */
export interface Verification {
  readonly verdict: 'unchanged' | 'not_yet' | 'paid' | 'settled' | 'review';
  readonly status: PaymentStatus;
  readonly review: ReviewReason | null;
  readonly transactionId: string | null;
}

/** How long a provider may lag behind its own signed webhook: it is asked again after these, then the poll goes on. */
const LAG_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/**
 * A webhook is a hint: reads the payment back and judges what is really there. Ids of rows that are not this payment's
 * are ignored, so a forged signal asks nothing and changes nothing.
 */
export function createVerifyPayment(context: ActivityContext) {
  return async function verifyPayment(question: Question): Promise<Verification> {
    const loaded = await loadPayment(context.pool, question);
    const events = await inWorkspace(context.pool, question.workspaceId, (tx) => listOwnEvents(tx, question));
    const { status, review } = loaded.payment;
    if (events.length === 0 && !question.isAsked)
      return { verdict: 'unchanged', status, review, transactionId: null };
    try {
      const finding = await askProvider(context, loaded);
      const verification = await judgeFinding(context, loaded, finding);
      const isClaimed = events.some((event) => event.kind === 'charge');
      if (verification.verdict === 'unchanged' && isClaimed) return { ...verification, verdict: 'not_yet' };
      if (verification.verdict !== 'paid') await close(context, question, verification.verdict);
      return verification;
    } catch (error) {
      throw retryable(error);
    }
  };
}

/**
 * The provider signed a webhook about money and does not know it yet: "cannot find" right after means *not yet*. Asks
 * again for a minute; what is still not there is left to the poll.
 */
export function createConfirmPayment(context: ActivityContext) {
  const verify = createVerifyPayment(context);
  return async function confirmPayment(question: Question): Promise<Verification> {
    const verification = await verify(question);
    if (verification.verdict !== 'not_yet') return verification;
    const delayMs = LAG_MS[activityInfo().attempt - 1];
    if (delayMs !== undefined)
      throw comeBack('not_yet', 'the provider does not show the payment of its webhook yet', delayMs);
    await close(context, question, 'unconfirmed');
    return { ...verification, verdict: 'unchanged' };
  };
}

async function close(context: ActivityContext, question: Question, handledAs: string): Promise<void> {
  if (question.eventIds.length === 0) return;
  await inWorkspace(context.pool, question.workspaceId, (tx) => markOwnHandled(tx, question, handledAs));
}
