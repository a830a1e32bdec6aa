import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';

/** How far a payment must have come to count as done. */
export type Goal = 'pushed' | 'pushed_and_printed';

/** Tells when payments are done, by one small statement for all that are waited for. */
export interface Completions {
  until(goal: Goal, paymentId: string): Promise<void>;
  close(): Promise<void>;
}

const PAUSE_MS = 50;
const PATIENCE_MS = 120_000;

const DONE: Readonly<Record<Goal, string>> = {
  pushed: `p.status = 'pushed'`,
  pushed_and_printed: `p.status = 'pushed' AND EXISTS (SELECT FROM document_files f WHERE f.document_id = d.id)`,
};

export function createCompletions(pool: Pool): Completions {
  const waiting = new Map<
    string,
    { goal: Goal; since: number; resolve: () => void; reject: (why: Error) => void }
  >();
  let isClosed = false;

  const look = async (goal: Goal): Promise<void> => {
    const ids = [...waiting].filter(([, one]) => one.goal === goal).map(([id]) => id);
    if (ids.length === 0) return;
    const { rows } = await pool.query<{ id: string }>(
      `SELECT d.payment_id AS id FROM tax_documents d JOIN invoice_pushes p ON p.document_id = d.id
       WHERE d.payment_id = ANY($1) AND ${DONE[goal]}`,
      [ids],
    );
    for (const { id } of rows) {
      waiting.get(id)?.resolve();
      waiting.delete(id);
    }
    for (const id of ids) {
      const late = waiting.get(id);
      if (late !== undefined && performance.now() - late.since > PATIENCE_MS)
        late.reject(new Error(`payment ${id} was not ${goal} within ${PATIENCE_MS / 1_000} s`));
    }
  };
  const loop = async (): Promise<void> => {
    while (!isClosed) {
      await look('pushed');
      await look('pushed_and_printed');
      await delay(PAUSE_MS);
    }
  };
  const running = loop().catch((error: unknown) => {
    const why = error instanceof Error ? error : new Error(String(error));
    for (const one of waiting.values()) one.reject(why);
  });

  return {
    until: (goal, id) =>
      new Promise((resolve, reject) => {
        waiting.set(id, { goal, since: performance.now(), resolve, reject });
      }),
    async close() {
      isClosed = true;
      await running;
    },
  };
}
