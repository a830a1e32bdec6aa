import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Pool, Sql, SqlTransaction } from './pool.ts';

/**
 * Runs a transaction as the system role: look-ups by secret, admin, jobs. Work for a tenant belongs into
 * `inWorkspace`.
 */
export function transaction<T>(pool: Pool, run: (tx: SqlTransaction) => Promise<T>): Promise<T> {
  return within(pool, 'BEGIN', run);
}

/**
 * Runs a transaction as the app role of one workspace. Row-level security shows only the rows of that workspace,
 * whatever the WHERE of a statement says.
 */
export function inWorkspace<T>(
  pool: Pool,
  workspaceId: string,
  run: (tx: SqlTransaction) => Promise<T>,
): Promise<T> {
  return within(pool, beginIn(workspaceId), run);
}

/**
 * Statements of one workspace that do not depend on each other, in a transaction of one round trip. BEGIN, all of them
 * and COMMIT leave together. `run` starts every statement before it returns. One that comes later is refused, because
 * it would run outside the transaction.
 */
export async function inOneTrip<T extends readonly unknown[]>(
  pool: Pool,
  workspaceId: string,
  run: (tx: Sql) => T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const client = await pool.connect();
  const { tx, end } = prepared(client);
  let broken: Error | undefined;
  try {
    const begun = send(client, beginIn(workspaceId));
    const results = Promise.all(run(tx));
    end();
    const [answers] = await Promise.all([results, begun, commit(client)]);
    return answers;
  } catch (error) {
    broken = await rollBack(client);
    throw error;
  } finally {
    client.release(broken);
  }
}

const BEGIN_SNAPSHOT = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = '10min';
  SET LOCAL idle_in_transaction_session_timeout = '10min'`;

/**
 * Reads a workspace as it is at this moment: what is committed meanwhile is not seen. Nothing can be written. A statement, and
 * each pause between two, may take ten minutes: a file is made of what is read.
 */
export function inSnapshot<T>(pool: Pool, workspaceId: string, run: (tx: Sql) => Promise<T>): Promise<T> {
  return within(pool, beginIn(workspaceId, BEGIN_SNAPSHOT), run);
}

function beginIn(workspaceId: string, begin = 'BEGIN'): string {
  const workspace = pg.escapeLiteral(workspaceId);
  return `${begin}; SET LOCAL ROLE tashlum_app; SET LOCAL tashlum.workspace_id = ${workspace}`;
}

/** BEGIN leaves together with the first statement. If it fails, every statement behind it fails too. */
async function within<T>(pool: Pool, begin: string, run: (tx: SqlTransaction) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const { tx, end } = prepared(client);
  const afterwards: (() => void)[] = [];
  let broken: Error | undefined;
  try {
    const begun = send(client, begin);
    const running = run({ ...tx, afterCommit: (one) => void afterwards.push(one) });
    const [result] = await Promise.all([running, begun]);
    end();
    await commit(client);
    for (const one of afterwards) one();
    return result;
  } catch (error) {
    end();
    broken = await rollBack(client);
    throw error;
  } finally {
    client.release(broken);
  }
}

/** The promise may be forgotten: a connection that breaks fails what waits for it, and nothing else. */
function send(client: pg.PoolClient, text: string): Promise<pg.QueryResult> {
  const answer = client.query(text);
  answer.catch(() => undefined);
  return answer;
}

/** @throws Error if a statement of the transaction failed and nobody threw: PostgreSQL rolls back instead */
async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query('COMMIT');
  if (command !== 'COMMIT')
    throw new Error('the transaction was rolled back, because one of its statements failed');
}

/**
 * Statements are prepared once per connection, so that PostgreSQL parses and plans each text once. After `end` none
 * leaves any more: the connection belongs to another transaction, perhaps of another workspace.
 */
function prepared(client: pg.PoolClient): { readonly tx: Sql; readonly end: () => void } {
  let isOver = false;
  const query = <Row extends object>(text: string, values: readonly unknown[] = []) => {
    if (isOver)
      return Promise.reject(new Error(`a statement came after the end of its transaction: ${text}`));
    return client.query<Row>({ name: nameOf(text), text, values: [...values] });
  };
  return { tx: { query }, end: () => void (isOver = true) };
}

/** Single statements outside of a transaction, as the system role: prepared too, for those that run often. */
export function withoutTransaction(pool: Pool): Sql {
  return {
    query: <Row extends object>(text: string, values: readonly unknown[] = []) =>
      pool.query<Row>({ name: nameOf(text), text, values: [...values] }),
  };
}

/** Names of statements by their text. The texts are those of src/db, so the map stays small. */
const names = new Map<string, string>();

function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 22);
  names.set(text, name);
  return name;
}

/** A connection that cannot roll back is closed: its next user must not find an open transaction. */
async function rollBack(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error('rollback failed');
  }
}
