import { releaseIdempotencyKey, takeIdempotencyKey } from '../../db/idempotency-keys.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { IdempotencyUse } from '../../db/idempotency-keys.ts';
import type { Sql } from '../../db/pool.ts';
import { Problem } from '../../domain/problems.ts';
import type { ApiContext } from '../context.ts';
import type { AnswerStore, StoredAnswer } from './idempotency.ts';
import { jsonAnswer, laterAnswer, checkSameBody } from './idempotency.ts';

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
  /** Starts its workflow, unless it has ended, and waits a while; false if nothing was started. */
  start(made: Made): Promise<boolean>;
  /** Its present state and where it is read; `isUnderWay` makes the answer a 202. */
  show(tx: Sql, made: Made): Promise<{ id: string; path: string; json: unknown; isUnderWay: boolean }>;
}

/** The answer, and whether it is the stored one of an earlier request. */
export interface Answered {
  readonly answer: StoredAnswer;
  readonly isReplay: boolean;
}

/**
 * Writes together with the idempotency key in one transaction, starts the workflow, and stores the answer if it is
 * a 201. Then the same key and body get the same answer. What is still under way is shown as it is, each time. A
 * refusal uses the key for nothing.
 * @throws Problem
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
  const answer = await inWorkspace(pool, use.workspaceId, async (tx) => {
    const shown = isStarted ? await making.show(tx, made) : null;
    if (shown === null || shown.isUnderWay) {
      await releaseIdempotencyKey(tx, use);
      return shown === null ? null : laterAnswer(shown.path, shown.json);
    }
    const final = jsonAnswer(201, shown.json);
    await answers.store(tx, use, final, { id: shown.id });
    return final;
  });
  if (answer === null) throw notStarted(making.noun);
  return { answer, isReplay: false };
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
  return { made: earlier ?? (await making.make(tx)) };
}

/**
 * Makes something that is whole once this transaction ends, and stores its answer in it: a crash leaves both or
 * neither. Without a key it is made at every call.
 * @param use null if the request has no key
 * @throws Problem
 */
export async function makeWhole(
  answers: AnswerStore,
  tx: Sql,
  use: IdempotencyUse | null,
  {
    id,
    status,
    holdsSecret,
    make,
  }: {
    readonly id: string;
    readonly status: 200 | 201;
    /** Whether the answer holds a secret: then it is stored for minutes. */
    readonly holdsSecret: boolean;
    readonly make: () => Promise<unknown>;
  },
): Promise<Answered> {
  const taken = use === null ? null : await takeIdempotencyKey(tx, use, id);
  if (use !== null && taken !== null && !('takenOver' in taken))
    return { answer: answers.resolve(use, taken), isReplay: true };
  const answer = jsonAnswer(status, await make());
  if (use !== null) await answers.store(tx, use, answer, { id, holdsSecret });
  return { answer, isReplay: false };
}

/**
 * Takes the key of a request that sends something. Null if it is to send it, else the id of what an earlier request
 * with this key sent. The caller answers with how that stands now. Called in the transaction that sends, so that a
 * refusal uses up no key.
 * @param use null if the request has no key: it sends each time
 * @param id of what it sends
 * @throws Problem idempotency_key_reused
 */
export async function findSentBefore(
  tx: Sql,
  use: IdempotencyUse | null,
  id: string,
): Promise<string | null> {
  const taken = use === null ? null : await takeIdempotencyKey(tx, use, id);
  if (use === null || taken === null) return null;
  if ('takenOver' in taken) return taken.takenOver;
  checkSameBody(use, taken);
  return taken.resourceId ?? id;
}

function notStarted(noun: string): Problem {
  const sentence = `the ${noun} is stored but could not be started; send the same request with the same key again`;
  return new Problem('unavailable', sentence, { retryAfterSeconds: 2 });
}
