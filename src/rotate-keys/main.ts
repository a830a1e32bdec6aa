import { createPool } from '../db/pool.ts';
import { readTarget } from '../dev/running.ts';
import { createSecrets, readMasterKeys } from '../secrets.ts';
import { forgetOlderKeys, isRotated, rotateKeys } from './rotate-keys.ts';
import type { ColumnReport } from './rotate-keys.ts';
import { SEALED_COLUMNS } from './sealed-columns.ts';

/** Seals everything anew with the first of the configured keys; the exit code is 1 unless nothing is left on another. */
async function main(): Promise<number> {
  const target = await readTarget(process.env);
  const masters = readMasterKeys(target.encryptionKeys);
  const keyId = masters[0].id;
  const pool = createPool({ connectionString: target.databaseUrl, max: 2, onError: () => undefined });
  try {
    const deps = { pool, secrets: createSecrets(masters), keyId };
    const reports = await rotateKeys(deps, SEALED_COLUMNS);
    for (const report of reports) say(toLine(report));
    if (isRotated(reports, keyId)) await forgetOlderKeys(deps);
    return conclude(reports, keyId);
  } finally {
    await pool.end();
  }
}

function toLine({ column, counts, rotated, unopened }: ColumnReport): string {
  const held = counts.map(({ keyId, count }) => `${keyId || 'no key'}: ${count}`).join(', ') || 'empty';
  const trouble = unopened === 0 ? '' : `, ${unopened} do not open`;
  return `${column.padEnd(40)} ${held} (${rotated} sealed anew${trouble})`;
}

function conclude(reports: readonly ColumnReport[], keyId: string): number {
  if (isRotated(reports, keyId)) {
    say(`Everything is sealed with "${keyId}" and opens. The audit log is signed, not sealed: keep older`);
    say('keys where the audit log is verified, or their entries cannot be verified.');
    return 0;
  }
  const counts = reports.flatMap((report) => report.counts);
  const left = counts.reduce((sum, held) => sum + (held.keyId === keyId ? 0 : held.count), 0);
  const unopened = reports.reduce((sum, report) => sum + report.unopened, 0);
  say(`${left} values are not yet sealed with "${keyId}", and ${unopened} do not open.`);
  say(`Give API and worker the same keys in the same order, restart them and`);
  say(' run this again; a value that does not open needs the key that it was sealed with.');
  return 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`rotate-keys: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
