import { setTimeout as pause } from 'node:timers/promises';
import { createPool } from '../db/pool.ts';
import type { Pool } from '../db/pool.ts';
import { deleteOtherKeys, checkKeysFit } from '../db/encryption-keys.ts';
import {
  allowLongReads,
  countByKey,
  listSealed,
  lockSealedOtherwise,
  replaceSealed,
  seesEveryRow,
} from '../db/sealed-values.ts';
import type { SealedValue } from '../db/sealed-values.ts';
import { transaction } from '../db/transaction.ts';
import { placeIn, ROTATED_COLUMNS } from '../sealed-places.ts';
import type { RotatedColumn } from '../sealed-places.ts';
import { createSecrets, keyIdOf, readMasterKeys } from '../secrets.ts';
import type { Secrets } from '../secrets.ts';
import { runCommand } from './run-command.ts';
import { readTarget } from './target.ts';

/** The result for one column. */
export interface ColumnReport {
  readonly column: string;
  /** Values that were re-sealed. */
  readonly rotated: number;
  /** Values by the id of the key that now seals them. */
  readonly counts: readonly { readonly keyId: string; readonly count: number }[];
  /**
   * Values, also of the current key, that no configured key opens or that were moved from their place; they are left
   * as they are.
   */
  readonly unopened: number;
}

interface Deps {
  readonly pool: Pool;
  /** Has every key that may still seal values. */
  readonly secrets: Secrets;
  /** Id of the current key. */
  readonly keyId: string;
}

/** Rows locked at once, for some milliseconds: API and worker continue meanwhile. */
const BATCH = 200;
/** How many times the command looks again for rows that were locked, or written with an older key meanwhile. */
const PASSES = 10;
const PAUSE_MS = 500;

/**
 * Re-seals every value with the current key while API and worker run. Then opens every value and counts them by the key
 * that opened them. The id in front of a value proves nothing if two keys had the same id.
 * @param columns of the database of `pool`
 * @throws Error if the login role does not see every row, because then the counts would prove nothing
 */
export async function rotateKeys(deps: Deps, columns: readonly RotatedColumn[]): Promise<ColumnReport[]> {
  const tables = [...new Set(columns.map(({ table }) => table))];
  if (!(await seesEveryRow(deps.pool, tables))) {
    throw new Error(
      'DATABASE_URL logs in as a role that sees no workspace: use tashlum_system, as API and worker do',
    );
  }
  await checkKeysFit(deps.pool, deps.secrets, deps.keyId);
  const done: { column: RotatedColumn; rotated: number }[] = [];
  for (const column of columns) done.push({ column, rotated: await rotateColumn(deps, column) });
  // Opened at the end, so that values written meanwhile count too.
  const reports: ColumnReport[] = [];
  for (const { column, rotated } of done) {
    const name = `${column.table}.${column.column}`;
    reports.push({ column: name, rotated, ...(await openAll(deps, column)) });
  }
  return reports;
}

/** Whether every value was opened, and by the current key. */
export function isRotated(reports: readonly ColumnReport[], keyId: string): boolean {
  return reports.every(
    ({ counts, unopened }) => unopened === 0 && counts.every((held) => held.keyId === keyId),
  );
}

/** After a complete rotation: start and readiness no longer need the older keys. */
export async function forgetOlderKeys({ pool, keyId }: Deps): Promise<void> {
  await deleteOtherKeys(pool, keyId);
}

async function rotateColumn(deps: Deps, column: RotatedColumn): Promise<number> {
  let rotated = 0;
  for (let pass = 1; ; pass += 1) {
    const seen = await runPass(deps, column);
    rotated += seen.rotated;
    const counts = await countAll(deps, column);
    const left = counts.reduce((sum, { keyId, count }) => sum + (keyId === deps.keyId ? 0 : count), 0);
    if (left === seen.unopened || pass === PASSES) return rotated;
    await pause(PAUSE_MS);
  }
}

function countAll({ pool }: Deps, column: RotatedColumn): Promise<ColumnReport['counts']> {
  return transaction(pool, async (tx) => {
    await allowLongReads(tx);
    return countByKey(tx, column);
  });
}

async function runPass(
  { pool, secrets, keyId }: Deps,
  column: RotatedColumn,
): Promise<{ rotated: number; unopened: number }> {
  const seen = { rotated: 0, unopened: 0 };
  let after: readonly string[] | null = null;
  for (;;) {
    const page = { keyId, after, limit: BATCH };
    const last: SealedValue | undefined = await transaction(pool, async (tx) => {
      await allowLongReads(tx);
      const found = await lockSealedOtherwise(tx, column, page);
      const renewed = found.flatMap((value) => sealAnew(secrets, column, value) ?? []);
      if (renewed.length > 0) await replaceSealed(tx, column, renewed);
      seen.rotated += renewed.length;
      seen.unopened += found.length - renewed.length;
      return found.at(-1);
    });
    if (last === undefined) return seen;
    after = last.rowKey;
  }
}

/** Opens every value of a column, and counts by the key id in the value. */
async function openAll(
  { pool, secrets }: Deps,
  column: RotatedColumn,
): Promise<Pick<ColumnReport, 'counts' | 'unopened'>> {
  const held = new Map<string, number>();
  let unopened = 0;
  let after: readonly string[] | null = null;
  for (;;) {
    const page: { after: readonly string[] | null; limit: number } = { after, limit: BATCH };
    const found: SealedValue[] = await transaction(pool, async (tx) => {
      await allowLongReads(tx);
      return listSealed(tx, column, page);
    });
    for (const value of found) {
      const keyId = nameOfKey(value);
      held.set(keyId, (held.get(keyId) ?? 0) + 1);
      if (open(secrets, column, value) === null) unopened += 1;
    }
    const last = found.at(-1);
    if (last === undefined) break;
    after = last.rowKey;
  }
  const counts = [...held].map(([keyId, count]) => ({ keyId, count }));
  return { counts: counts.sort((a, b) => (a.keyId < b.keyId ? -1 : 1)), unopened };
}

/** '' for an incomplete value without a key id. */
function nameOfKey({ sealed }: SealedValue): string {
  try {
    return keyIdOf(sealed);
  } catch {
    return '';
  }
}

/** Null if it does not open. */
function sealAnew(secrets: Secrets, column: RotatedColumn, value: SealedValue): SealedValue | null {
  const plain = open(secrets, column, value);
  if (plain === null) return null;
  const place = placeOf(column, value);
  return { rowKey: value.rowKey, sealed: secrets.seal(place, plain) };
}

function open(secrets: Secrets, column: RotatedColumn, value: SealedValue): Buffer | null {
  try {
    return secrets.open(placeOf(column, value), value.sealed);
  } catch {
    return null;
  }
}

const placeOf = ({ name }: RotatedColumn, { rowKey }: SealedValue) => placeIn(name, rowKey.join(' '));

/** Re-seals everything with the first of the configured keys; exit code 1 unless nothing is left on another. */
async function main(): Promise<number> {
  const target = await readTarget(process.env);
  const masters = readMasterKeys(target.encryptionKeys);
  const keyId = masters[0].id;
  const pool = createPool({ connectionString: target.databaseUrl, max: 2, onError: () => undefined });
  try {
    const deps = { pool, secrets: createSecrets(masters), keyId };
    const reports = await rotateKeys(deps, ROTATED_COLUMNS);
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
  return `${column.padEnd(40)} ${held} (${rotated} re-sealed${trouble})`;
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
  say('Use the same keys in the same order for API and worker, and restart both. Then run this again.');
  say('If a value does not open, add the key that it was sealed with.');
  return 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (import.meta.main) await runCommand('rotate-keys', main);
