import { fileURLToPath } from 'node:url';
import { migrateDatabase } from '../db/migrate.ts';
import { prepareNamespace } from '../temporal/prepare-namespace.ts';
import { runCommand } from './run-command.ts';

/**
 * Brings PostgreSQL and the Temporal namespace to the state that this version needs. Runs as the owner of the
 * database.
 */
async function main(): Promise<number> {
  const databaseUrl = required('DATABASE_URL', 'postgres://owner:password@host/database');
  const address = required('TEMPORAL_ADDRESS', 'host:port of the Temporal server');
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  await migrateDatabase({
    databaseUrl,
    directory: fileURLToPath(new URL('../../migrations', import.meta.url)),
    systemPassword: process.env['SYSTEM_DATABASE_PASSWORD'] ?? null,
    log: say,
  });
  await prepareNamespace({ address, namespace: process.env['TEMPORAL_NAMESPACE'] ?? 'default' });
  say('the database and the Temporal namespace are ready');
  return 0;
}

function required(name: string, form: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: ${form}`);
  return value;
}

await runCommand('migrate', main);
