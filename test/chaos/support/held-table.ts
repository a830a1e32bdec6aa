import pg from 'pg';
import { readEnvironment } from '../../support/environment.ts';
import { moment } from './recovered.ts';

/** Whatever writes to the table waits: a transaction is caught in the very middle, for sure. */
export interface HeldTable {
  /** Resolves once this many transactions wait for the table. */
  caught(transactions: number): Promise<void>;
  /** Lets them go on. May be called again. */
  release(): Promise<void>;
}

/** Holds a table of the engine against every writer until it is released, or PostgreSQL is killed. */
export async function holdTable(table: string): Promise<HeldTable> {
  const connectionString = readEnvironment().databaseUrl;
  const holder = new pg.Client({ connectionString });
  // Nothing to do about a lost connection: the lock is gone with it.
  holder.on('error', () => undefined);
  await holder.connect();
  await holder.query(`BEGIN; LOCK TABLE ${table} IN SHARE MODE`);
  const waiting = async (): Promise<number> => {
    const { rows } = await holder.query<{ n: string }>(
      'SELECT count(*) AS n FROM pg_locks WHERE NOT granted AND relation = $1::regclass',
      [table],
    );
    return Number(rows[0]?.n);
  };
  return {
    caught: (transactions) =>
      moment(`${transactions} writers waiting for ${table}`, async () => (await waiting()) >= transactions),
    release: () => holder.end().catch(() => undefined),
  };
}
