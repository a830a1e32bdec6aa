import { randomUUID } from 'node:crypto';
import type { UpdateOutcome } from './temporal.ts';

/** Sends a question to a workflow under this id; the same id continues the same question. */
type Put<Answer> = (updateId: string) => Promise<UpdateOutcome<Answer>>;

/**
 * Merges repeated questions: per kind and payment, a process has one in progress and at most one waiting, however
 * many callers ask. A caller during a question gets the next one, because the first may have been answered too early.
 * After a question without a timely answer, no other is sent: a workflow takes ten. Each answer belongs to one
 * question only, because Temporal repeats the first answer for a repeated id.
 */
export interface MergedUpdates {
  put<Answer>(key: string, put: Put<Answer>): Promise<UpdateOutcome<Answer>>;
}

interface Line {
  readonly current: Promise<UpdateOutcome<unknown>>;
  next: Promise<UpdateOutcome<unknown>> | null;
}

/** Unanswered questions are remembered for this many payments. */
const MOST_LEFT = 10_000;

/** Makes the memory of one process. `newId` gives the id of each new question. */
export function createMergedUpdates(newId: () => string = randomUUID): MergedUpdates {
  const lines = new Map<string, Line>();
  /** Ids of questions that Temporal has not answered yet. */
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
    // An answer that came meanwhile is too old: it was asked for earlier.
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
