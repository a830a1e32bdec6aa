import { readBooks } from '../../db/books.ts';
import { closeOldNews, listOpenNews } from '../../db/news.ts';
import type { Sql } from '../../db/pool.ts';
import { findPayment } from '../../db/payments.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { PaymentStatus, ReviewReason } from '../../domain/payment.ts';
import { standingOf } from '../../domain/standing.ts';
import { impossible, retryable } from '../failure.ts';
import type { ActivityContext } from '../context.ts';
import { loadPayment } from './load-payment.ts';
import { askProvider } from './ask-provider.ts';
import { passBreaker } from './behind-breaker.ts';
import { toVerification } from './judge-books.ts';
import { judgeFinding } from './judge-finding.ts';
import { keepInHand, waitForNews } from './wait-for-news.ts';

/** Why the provider is asked: inbox rows that arrived, or somebody's wish. */
export interface Question {
  readonly workspaceId: string;
  readonly paymentId: string;
  readonly eventIds: readonly string[];
  readonly isAsked: boolean;
}

/**
 * What the provider's own truth comes to. `transactionId` (ours) is set when there is money to settle, or it is settled.
 * `held`: money is there, or may be, that a person must decide about.
 */
export interface Verification {
  readonly verdict: 'unchanged' | 'under_way' | 'paid' | 'settled' | 'held';
  readonly status: PaymentStatus;
  readonly review: ReviewReason | null;
  readonly transactionId: string | null;
  /** While money is on its way: when the provider is to be asked again. */
  readonly nextCheckAt?: string | null;
}

/**
 * A webhook is a hint: reads the payment back and judges what is really there. Ids of rows that are not this payment's
 * are ignored, so a forged signal asks nothing and changes nothing; nor is anybody asked about a charge that is settled.
 * One answer serves every row that was open when it was asked for.
 */
export function createVerifyPayment(context: ActivityContext) {
  return async function verifyPayment(question: Question): Promise<Verification> {
    await passBreaker(context, question).catch(rethrow);
    const known = await inWorkspace(context.pool, question.workspaceId, (tx) => readKnown(tx, question));
    if ('verdict' in known) return known;
    try {
      const loaded = await loadPayment(context.pool, question);
      const finding = await askProvider(context, loaded);
      const verification = await judgeFinding(context, loaded, finding);
      const { deadPageIds = [] } = finding;
      return await waitForNews(context, question, { verification, deadPageIds, openIds: known.openIds });
    } catch (error) {
      await keepInHand(context, question, known.openIds);
      throw retryable(error);
    }
  };
}

const rethrow = (error: unknown): never => {
  throw retryable(error);
};

/** The answer that our books give, where none is needed of the provider; else the open rows that he is asked about. */
async function readKnown(
  tx: Sql,
  question: Question,
): Promise<Verification | { readonly openIds: readonly string[] }> {
  const { paymentId, eventIds } = question;
  await closeOldNews(tx, paymentId);
  const openIds = (await listOpenNews(tx, paymentId)).map(({ id }) => id);
  // Anybody who reaches Temporal can signal an id: only an open row of this payment counts.
  if (question.isAsked || openIds.some((id) => eventIds.includes(id))) return { openIds };
  const payment = await findPayment(tx, paymentId);
  if (payment === null) throw impossible('no_such_payment', `no payment ${paymentId}`);
  const books = await readBooks(tx, paymentId);
  const known = toVerification({ books, now: standingOf(books) });
  const at = payment.nextCheckAt?.toISOString() ?? null;
  if (known.verdict !== 'unchanged' || at === null) return known;
  return { ...known, verdict: 'under_way', nextCheckAt: at };
}
