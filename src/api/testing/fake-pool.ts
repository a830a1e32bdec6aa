import type { Pool } from '../../db/pool.ts';

type Statement = string | { readonly text: string; readonly values?: readonly unknown[] };

/** The rows that a statement gets. */
type Answer = (text: string, values: readonly unknown[]) => readonly object[];

/** A pool for unit tests of routes: `answer` gives each statement its rows. */
export function fakePool(answer: Answer = () => []): Pool {
  const query = (statement: Statement, given: readonly unknown[] = []) => {
    const { text, values = given } = typeof statement === 'string' ? { text: statement } : statement;
    return Promise.resolve().then(() => {
      const rows = answer(text, values);
      return { command: text.split(' ')[0], rows, rowCount: rows.length };
    });
  };
  const client = { query, release: () => undefined };
  return { query, connect: () => Promise.resolve(client) } as unknown as Pool;
}
