import { releaseIdempotencyKey, takeIdempotencyKey } from '../../db/idempotency-keys.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { IdempotencyUse } from '../../db/idempotency-keys.ts';
import type { Sql } from '../../db/pool.ts';
import { Problem } from '../../domain/problems.ts';
import type { ApiContext } from '../context.ts';
import type { AnswerStore, StoredAnswer } from './idempotency.ts';
import { isKept, jsonAnswer, problemAnswer } from './idempotency.ts';

/** How a request creates something that a workflow continues: once per key, whatever dies in between. */
export interface Making<Made> {
  /** Its name in the sentence of a 503. */
  readonly noun: 'payment' | 'refund';
  /** Its id; an earlier request with this key may have used another one. */
  readonly id: string;
  /** What an earlier request with this key wrote before it died: it is started, never written again. */
  recover(tx: Sql, id: string): Promise<Made | null>;
  /** Checks and writes it, in the transaction of its key. @throws Problem */
  make(tx: Sql): Promise<Made>;
  /** Starts its workflow and waits a while; false if nothing was started. */
  start(made: Made): Promise<boolean>;
  /** Its present state; `isUnderWay` makes the answer a 202. */
  show(tx: Sql, made: Made): Promise<{ id: string; json: unknown; isUnderWay: boolean }>;
}

export interface Answered {
  readonly answer: StoredAnswer;
  readonly isReplay: boolean;
}

/**
 * Writes together with the idempotency key in one transaction, starts the workflow, and stores the answer. The same
 * key and body get the same answer. A final refusal is stored too. If the start failed, the request may be repeated
 * with the key.
 */
export async function makeOnce<Made>(
  context: Pick<ApiContext, 'pool'>,
  answers: AnswerStore,
  use: IdempotencyUse,
  making: Making<Made>,
): Promise<Answered> {
  const { pool } = context;
  const written = await inWorkspace(pool, use.workspaceId, (tx) => write(answers, tx, use, making));
  if ('answer' in written) return written;
  const { made } = written;
  const isStarted = await making.start(made);
  return inWorkspace(pool, use.workspaceId, async (tx) => {
    if (!isStarted) {
      await releaseIdempotencyKey(tx, use);
      return { answer: problemAnswer(notStarted(making.noun)), isReplay: false };
    }
    const { id, json, isUnderWay } = await making.show(tx, made);
    const answer = jsonAnswer(isUnderWay ? 202 : 201, json);
    await answers.store(tx, use, answer, id);
    return { answer, isReplay: false };
  });
}

async function write<Made>(
  answers: AnswerStore,
  tx: Sql,
  use: IdempotencyUse,
  making: Making<Made>,
): Promise<Answered | { readonly made: Made }> {
  const taken = await takeIdempotencyKey(tx, use, making.id);
  if (taken !== null && !('takenOver' in taken))
    return { answer: answers.resolve(use, taken), isReplay: true };
  const earlier = taken === null ? null : await making.recover(tx, taken.takenOver);
  if (earlier !== null) return { made: earlier };
  try {
    return { made: await making.make(tx) };
  } catch (error) {
    if (!(error instanceof Problem) || !isKept(error)) throw error;
    const answer = problemAnswer(error);
    await answers.store(tx, use, answer, null);
    return { answer, isReplay: false };
  }
}

function notStarted(noun: string): Problem {
  const sentence = `the ${noun} is stored but could not be started; send the same request with the same key again`;
  return new Problem('unavailable', sentence, { retryAfterSeconds: 2 });
}
