import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { migrateDatabase } from '../../src/db/migrate.ts';
import { createPool } from '../../src/db/pool.ts';
import type { Pool } from '../../src/db/pool.ts';
import { readEnvironment } from '../support/environment.ts';

/** A migrated database beside the one under test. */
export interface OwnDatabase {
  /** As the owner. */
  readonly url: string;
  readonly pool: Pool;
  drop(): Promise<void>;
}

export async function createOwnDatabase(purpose: string): Promise<OwnDatabase> {
  const name = `${purpose}_${randomUUID().slice(0, 8)}`;
  await asOwner(`CREATE DATABASE ${name}`);
  const own = new URL(readEnvironment().databaseUrl);
  own.pathname = `/${name}`;
  const directory = fileURLToPath(new URL('../../migrations', import.meta.url));
  await migrateDatabase({ databaseUrl: own.href, directory, systemPassword: null, log: () => undefined });
  const pool = createPool({ connectionString: own.href, onError: () => undefined });
  const drop = async (): Promise<void> => {
    await pool.end();
    await asOwner(`DROP DATABASE ${name} WITH (FORCE)`);
  };
  return { url: own.href, pool, drop };
}

async function asOwner(statement: string): Promise<void> {
  const client = new Client({ connectionString: readEnvironment().databaseUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
