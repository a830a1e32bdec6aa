import pg from 'pg';
import { runner } from 'node-pg-migrate';
import { migrateQueue } from './queue.ts';

/**
 * Brings the database to the newest schema and allows the login role in. Runs as the owner; two at once wait for each
 * other.
 * @param systemPassword sets the password of role tashlum_system, if given
 */
export async function migrateDatabase(options: {
  databaseUrl: string;
  directory: string;
  systemPassword: string | null;
  log: (line: string) => void;
}): Promise<void> {
  const done = await runner({
    databaseUrl: options.databaseUrl,
    dir: options.directory,
    ignorePattern: 'schema\\.sql',
    direction: 'up',
    migrationsTable: 'migrations',
    log: () => undefined,
    advisoryLockKey: 7_254_551,
  } as Parameters<typeof runner>[0]);
  for (const migration of done) options.log(`applied ${migration.name}`);
  await migrateQueue(options.databaseUrl);
  await admitSystemRole(options.databaseUrl, options.systemPassword);
}

async function admitSystemRole(databaseUrl: string, password: string | null): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('GRANT USAGE ON SCHEMA pgboss TO tashlum_system');
    await client.query(
      'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA pgboss TO tashlum_system',
    );
    await client.query('GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pgboss TO tashlum_system');
    await client.query('GRANT SELECT ON migrations TO tashlum_system');
    if (password !== null)
      await client.query(`ALTER ROLE tashlum_system PASSWORD ${pg.escapeLiteral(password)}`);
  } finally {
    await client.end();
  }
}
