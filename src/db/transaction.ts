import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Pool, Sql } from './pool.ts';

/**
 * Runs a transaction as the system role: look-ups by secret, admin, jobs. Work for a tenant belongs into
 * `inWorkspace`.
 */
export function transaction<T>(pool: Pool, run: (tx: Sql) => Promise<T>): Promise<T> {
  return within(pool, 'BEGIN', run);
}

/**
 * Runs a transaction as the app role of one workspace: row-level security shows only the rows of that workspace,
 * whatever the WHERE of a statement says.
 */
export function inWorkspace<T>(pool: Pool, workspaceId: string, run: (tx: Sql) => Promise<T>): Promise<T> {
  const workspace = pg.escapeLiteral(workspaceId);
  return within(
    pool,
    `BEGIN; SET LOCAL ROLE tashlum_app; SET LOCAL tashlum.workspace_id = ${workspace}`,
    run,
  );
}

async function within<T>(pool: Pool, begin: string, run: (tx: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await run(prepared(client));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    broken = await rollBack(client);
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Statements are prepared once per connection, so that PostgreSQL parses and plans each text once. */
function prepared(client: pg.PoolClient): Sql {
  return {
    query: <Row extends object>(text: string, values: readonly unknown[] = []) =>
      client.query<Row>({ name: nameOf(text), text, values: [...values] }),
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
