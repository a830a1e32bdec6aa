import { isRefusedByTheBooks, ruleOf } from '../../db/pool.ts';
import type { Sql, SqlTransaction } from '../../db/pool.ts';
import { lockPayment } from '../../db/payments.ts';
import { askPersonAgain } from '../../db/review-questions.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { toRefusal } from '../../domain/review.ts';
import { tell } from '../../history/tell.ts';
import type { ActivityContext } from '../context.ts';
import { updateStanding } from './update-standing.ts';
import type { Kept } from './update-standing.ts';

/** What was tried, as the question for the person names it. What a person's `accept` does about it: `refused-steps.ts`. */
export interface Attempt {
  readonly workspaceId: string;
  readonly paymentId: string;
  readonly subject: string;
}

/**
 * Runs a transaction about a payment. If a rule of ours refuses it, every further try would fail too: it is not
 * repeated, and a person is asked. `instead` runs in the same transaction as the question, before the standing is
 * updated.
 */
export async function runOrAsk<T>(
  { pool, logger }: Pick<ActivityContext, 'pool' | 'logger'>,
  attempt: Attempt,
  run: (tx: SqlTransaction) => Promise<T>,
  answer: (tx: Sql, kept: Kept) => Promise<T>,
  instead: (tx: Sql) => Promise<unknown> = () => Promise.resolve(),
): Promise<T> {
  const { workspaceId, paymentId, subject } = attempt;
  try {
    return await inWorkspace(pool, workspaceId, run);
  } catch (error) {
    if (!isRefusedByTheBooks(error)) throw error;
    logger.error({ err: error, paymentId, subject }, 'a rule of the database refused a change');
    return inWorkspace(pool, workspaceId, async (tx) => {
      await lockPayment(tx, paymentId);
      const owner = { workspaceId, paymentId };
      await instead(tx);
      const question = { ...owner, reason: 'reconciliation', subject: toRefusal(subject) } as const;
      if (await askPersonAgain(tx, question))
        await tell(tx, owner, {
          kind: 'refused',
          summary: `A change could not be recorded, because it breaks a rule of the books (${ruleOf(error)}). A person must look at this payment`,
          detail: { subject },
        });
      return answer(tx, await updateStanding(tx, paymentId));
    });
  }
}
