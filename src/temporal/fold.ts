import { randomUUID } from 'node:crypto';
import type { UpdateOutcome } from './temporal.ts';

/** Puts a question to a workflow under this id; the same id again takes up the same question. */
type Put<Answer> = (updateId: string) => Promise<UpdateOutcome<Answer>>;

/**
 * Folds repeated questions: of one kind about one payment a process has one under way and at most one that waits for it,
 * however many ask. Who asks while one is under way gets the next, for the first may have been answered before he had
 * anything to ask. While a question that was not answered in time stays open, no other is put: a workflow takes ten. An
 * answer is given for one question only: Temporal would repeat the first one for ever to whoever uses its id again.
 */
export interface Fold {
  put<Answer>(key: string, put: Put<Answer>): Promise<UpdateOutcome<Answer>>;
}

interface Line {
  readonly current: Promise<UpdateOutcome<unknown>>;
  next: Promise<UpdateOutcome<unknown>> | null;
}

/** Questions that were not answered in time are remembered for this many payments. */
const MOST_LEFT = 10_000;

export function createFold(newId: () => string = randomUUID): Fold {
  const lines = new Map<string, Line>();
  /** Ids of questions that Temporal still has to answer. */
  const left = new Map<string, string>();

  function begin(key: string, put: Put<unknown>): Promise<UpdateOutcome<unknown>> {
    const current = putAfterLeft(key, put).finally(() => {
      if (lines.get(key)?.current === current) lines.delete(key);
    });
    lines.set(key, { current, next: null });
    return current;
  }
  async function putAfterLeft(key: string, put: Put<unknown>): Promise<UpdateOutcome<unknown>> {
    const old = left.get(key);
    // What was answered meanwhile is old: it was asked before.
    if (old !== undefined && (await put(old)).state === 'waiting') return { state: 'waiting' };
    left.delete(key);
    const id = newId();
    const outcome = await put(id);
    if (outcome.state === 'waiting') remember(key, id);
    return outcome;
  }
  function remember(key: string, id: string): void {
    left.set(key, id);
    const [oldest] = left.keys();
    if (left.size > MOST_LEFT && oldest !== undefined) left.delete(oldest);
  }
  function askInTurn(key: string, put: Put<unknown>): Promise<UpdateOutcome<unknown>> {
    const line = lines.get(key);
    if (line === undefined) return begin(key, put);
    const start = () => begin(key, put);
    line.next ??= line.current.then(start, start);
    return line.next;
  }
  return {
    put: <Answer>(key: string, put: Put<Answer>) => askInTurn(key, put) as Promise<UpdateOutcome<Answer>>,
  };
}
