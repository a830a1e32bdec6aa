import { readBooks } from '../../db/books.ts';
import { closeOldNews, listOpenNews } from '../../db/news.ts';
import type { Pool } from '../../db/pool.ts';
import { findPayment } from '../../db/payments.ts';
import { inOneTrip } from '../../db/transaction.ts';
import { standingOf } from '../../domain/standing.ts';
import { impossible, retryable } from '../failure.ts';
import type { ActivityContext } from '../context.ts';
import type { Question, Verification } from '../books/verification.ts';
import { loadPayment } from '../books/load-payment.ts';
import { askProvider } from '../books/ask-provider.ts';
import { failsForKeys, passBreaker } from '../behind-breaker.ts';
import { toVerification } from '../books/judge-books.ts';
import { judgeFinding } from '../books/judge-finding.ts';
import { keepInHand, waitForNews } from '../books/wait-for-news.ts';

/**
 * A webhook is a hint: this reads the payment back and decides from the answer. Ids of rows of other payments are
 * ignored, so a forged signal asks nothing and changes nothing. Settled charges are not asked about. One answer
 * serves every row that was open when the question was put.
 */
export function createVerifyPayment(context: ActivityContext) {
  return async function verifyPayment(question: Question): Promise<Verification> {
    try {
      await passBreaker(context, question);
      return await verify(context, question);
    } catch (error) {
      const known = await readUnasked(context, question, error);
      if (known !== null) return known;
      throw retryable(error);
    }
  };
}

async function verify(context: ActivityContext, question: Question): Promise<Verification> {
  const known = await readKnown(context, question);
  if ('verdict' in known) return known;
  try {
    const loaded = await loadPayment(context.pool, question);
    const finding = await askProvider(context, loaded);
    const verification = await judgeFinding(context, loaded, finding);
    const { deadPageIds = [] } = finding;
    return await waitForNews(context, question, { verification, deadPageIds, openIds: known.openIds });
  } catch (error) {
    await keepInHand(context, question, known.openIds);
    throw error;
  }
}

/** The answer of our books if the provider need not be asked; else the open rows to ask about. */
async function readKnown(
  { pool }: Pick<ActivityContext, 'pool'>,
  question: Question,
): Promise<Verification | { readonly openIds: readonly string[] }> {
  const { workspaceId, paymentId, eventIds } = question;
  const [, open] = await inOneTrip(pool, workspaceId, (tx) => [
    closeOldNews(tx, paymentId),
    listOpenNews(tx, paymentId),
  ]);
  const openIds = open.map(({ id }) => id);
  // Anybody with access to Temporal can signal an id: only open rows of this payment count.
  const isNews = openIds.some((id) => eventIds.includes(id));
  if (isNews || (question.isAsked && question.unlessSettled !== true)) return { openIds };
  const known = await readBooksOnly(pool, question);
  return question.isAsked && known.verdict !== 'settled' ? { openIds } : known;
}

/** The answer if our keys are refused; null if the provider is still waited for, as always for money on its way. */
async function readUnasked(
  context: ActivityContext,
  question: Question,
  error: unknown,
): Promise<Verification | null> {
  if (!(await failsForKeys(context, question.paymentId, error))) return null;
  const known = await readBooksOnly(context.pool, question);
  if (known.verdict === 'under_way') return null;
  return known.verdict === 'unchanged' ? { ...known, verdict: 'unasked' } : known;
}

/** The answer of the books alone. */
async function readBooksOnly(pool: Pool, { workspaceId, paymentId }: Question): Promise<Verification> {
  const [payment] = await inOneTrip(pool, workspaceId, (tx) => [findPayment(tx, paymentId)]);
  if (payment === null) throw impossible('no_such_payment', `no payment ${paymentId}`);
  const [books] = await inOneTrip(pool, workspaceId, (tx) => [readBooks(tx, paymentId)]);
  const known = toVerification({ books, now: standingOf(books) });
  const at = payment.nextCheckAt?.toISOString() ?? null;
  if (known.verdict !== 'unchanged' || at === null) return known;
  return { ...known, verdict: 'under_way', nextCheckAt: at };
}
