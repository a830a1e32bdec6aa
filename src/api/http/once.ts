import type { IdempotencyUse } from '../../db/idempotency-keys.ts';
import type { Sql } from '../../db/pool.ts';
import { Problem } from '../../domain/errors.ts';
import type { ApiContext } from '../context.ts';
import type { AnswerStore, StoredAnswer } from './idempotency.ts';
import { isKept, jsonAnswer, problemAnswer } from './idempotency.ts';

/** How a request makes something that a workflow then carries on with: once for a key, whatever dies in between. */
export interface Making<Made> {
  /** What it is called in the sentence of a 503. */
  readonly noun: 'payment' | 'refund';
  /** The id under which it is made; an earlier request with this key may have taken another. */
  readonly id: string;
  /** What an earlier request with this key left behind before it died: it is started, never made again. */
  recover(tx: Sql, id: string): Promise<Made | null>;
  /** Checks and writes it, in the transaction of its key. @throws Problem */
  make(tx: Sql): Promise<Made>;
  /** Has its workflow started and waits a while; false where nothing was started. */
  start(made: Made): Promise<boolean>;
  /** How it stands now; `isUnderWay` makes the answer a 202. */
  show(tx: Sql, made: Made): Promise<{ id: string; json: Record<string, unknown>; isUnderWay: boolean }>;
}

export interface Answered {
  readonly answer: StoredAnswer;
  readonly isReplay: boolean;
}

/**
 * Writes with the idempotency key in one transaction, starts, and stores the answer. The same key and body is answered
 * the same; a refusal that would be repeated is stored too; what could not be started may be tried again with the key.
 */
export async function makeOnce<Made>(
  context: Pick<ApiContext, 'db' | 'pool'>,
  answers: AnswerStore,
  use: IdempotencyUse,
  making: Making<Made>,
): Promise<Answered> {
  const { db, pool } = context;
  const written = await db.inWorkspace(pool, use.workspaceId, (tx) => write(db, answers, tx, use, making));
  if ('answer' in written) return written;
  const { made } = written;
  const isStarted = await making.start(made);
  return db.inWorkspace(pool, use.workspaceId, async (tx) => {
    if (!isStarted) {
      await db.idempotencyKeys.releaseIdempotencyKey(tx, use);
      return { answer: problemAnswer(notStarted(making.noun)), isReplay: false };
    }
    const { id, json, isUnderWay } = await making.show(tx, made);
    const answer = jsonAnswer(isUnderWay ? 202 : 201, json);
    await answers.store(tx, use, answer, id);
    return { answer, isReplay: false };
  });
}

async function write<Made>(
  db: ApiContext['db'],
  answers: AnswerStore,
  tx: Sql,
  use: IdempotencyUse,
  making: Making<Made>,
): Promise<Answered | { readonly made: Made }> {
  const taken = await db.idempotencyKeys.takeIdempotencyKey(tx, use, making.id);
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
