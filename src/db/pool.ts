import pg from 'pg';

/** The pool of one process. */
export type Pool = pg.Pool;

/** Anything that runs one statement: the pool itself (system role) or a transaction. */
export interface Sql {
  query<Row extends object>(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ rows: Row[]; rowCount: number | null }>;
}

/** An open transaction. */
export interface SqlTransaction extends Sql {
  /** Runs this after COMMIT, and never if the transaction is rolled back or the answer to COMMIT is lost. */
  afterCommit(run: () => void): void;
}

const INT8 = 20;
const DATE = 1082;

/** bigint columns hold minor units and counts up to 2^53−1. A larger value must not lose digits silently. */
function readSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} in the database is beyond 2^53−1`);
  return value;
}

/**
 * Opens a pool. Connections are made when first needed, so a process may start while PostgreSQL is down. `waitMs`: how long a caller
 * waits for a free connection.
 */
export function createPool(options: {
  connectionString: string;
  max?: number;
  waitMs?: number;
  onError: (error: Error) => void;
}): Pool {
  const types = new pg.TypeOverrides();
  types.setTypeParser(INT8, readSafeInteger);
  types.setTypeParser(DATE, (text) => text);
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.max ?? 20,
    connectionTimeoutMillis: options.waitMs ?? 5_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
    // A statement leaves before the one in front of it is answered, so that a transaction costs few round trips.
    pipeline: true,
    types,
  });
  pool.on('error', options.onError);
  // The pool does not listen to a connection in use, and an unheard error would end the process. The user of the
  // connection learns about it from the failing statement.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** SQLSTATE of a unique violation, and the name of the constraint. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  return error instanceof pg.DatabaseError && error.code === '23505' && error.constraint === constraint;
}

/** Classes of SQLSTATE that say: the values break a rule of the schema, or cannot be stored at all. */
const REFUSALS = /^(22|23)/;

/**
 * Whether an error says that the values break a rule. It is one of the schema, or of the domain (no rate, no profile, a
 * credit above its original). Every further try would fail in the same way.
 */
export function isRefusedByTheBooks(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return REFUSALS.test(error.code ?? '');
  return error instanceof RangeError;
}

/** Which rule it is, in words that hold none of the values: for an error of which `isRefusedByTheBooks` is true. */
export function ruleOf(error: unknown): string {
  if (error instanceof pg.DatabaseError) return error.constraint ?? `SQLSTATE ${error.code ?? 'unknown'}`;
  return error instanceof Error ? error.message : String(error);
}

/** Whether PostgreSQL is unavailable (down, starting, stopping), rather than refusing a statement. */
export function isDatabaseDown(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(08|57P|53)/.test(error.code ?? '');
  return (
    error instanceof Error &&
    /ECONNREFUSED|ECONNRESET|EPIPE|terminated|timeout exceeded when trying to connect|Connection ended|not queryable/i.test(
      `${(error as NodeJS.ErrnoException).code ?? ''} ${error.message}`,
    )
  );
}
