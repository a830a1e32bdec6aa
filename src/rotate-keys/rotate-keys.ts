import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from '../db/pool.ts';
import {
  allowLongReads,
  countByKey,
  lockSealedOtherwise,
  replaceSealed,
  seesEveryRow,
} from '../db/sealed-values.ts';
import type { SealedValue } from '../db/sealed-values.ts';
import { transaction } from '../db/transaction.ts';
import type { Secrets } from '../secrets.ts';
import type { RotatedColumn } from './sealed-columns.ts';

/** What is left to say of one column when all was done. */
export interface ColumnReport {
  readonly column: string;
  /** Values that were sealed anew. */
  readonly rotated: number;
  /** Values by the id of the key that they are sealed with now. */
  readonly counts: readonly { readonly keyId: string; readonly count: number }[];
  /** Values that no configured key opens, or that are not where they were sealed; they are left as they are. */
  readonly unopened: number;
}

interface Deps {
  readonly pool: Pool;
  /** With every key that values may still be sealed with. */
  readonly secrets: Secrets;
  /** Of the current key. */
  readonly keyId: string;
}

/** Rows that are locked at once, for some milliseconds: what API and worker do goes on. */
const BATCH = 200;
/** What others hold, or write with an older key meanwhile, is looked for again so many times. */
const PASSES = 10;
const PAUSE_MS = 500;

/**
 * Seals every value anew with the current key while API and worker run, and counts what is sealed with which key then.
 * @param columns of the database that `pool` leads to
 * @throws Error where the login does not see every row, so that no count would prove anything
 */
export async function rotateKeys(deps: Deps, columns: readonly RotatedColumn[]): Promise<ColumnReport[]> {
  const tables = [...new Set(columns.map(({ table }) => table))];
  if (!(await seesEveryRow(deps.pool, tables))) {
    throw new Error(
      'DATABASE_URL logs in as a role that sees no workspace: use tashlum_system, as API and worker do',
    );
  }
  const done: { column: RotatedColumn; rotated: number; unopened: number }[] = [];
  for (const column of columns) done.push({ column, ...(await rotateColumn(deps, column)) });
  // Counted when all was done: what was written meanwhile counts too.
  const reports: ColumnReport[] = [];
  for (const { column, ...seen } of done) {
    const name = `${column.table}.${column.column}`;
    reports.push({ column: name, ...seen, counts: await countAll(deps, column) });
  }
  return reports;
}

async function rotateColumn(
  deps: Deps,
  column: RotatedColumn,
): Promise<{ rotated: number; unopened: number }> {
  let rotated = 0;
  for (let pass = 1; ; pass += 1) {
    const seen = await runPass(deps, column);
    rotated += seen.rotated;
    const counts = await countAll(deps, column);
    const left = counts.reduce((sum, { keyId, count }) => sum + (keyId === deps.keyId ? 0 : count), 0);
    if (left === seen.unopened || pass === PASSES) return { rotated, unopened: seen.unopened };
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

/** Null where it does not open. */
function sealAnew(
  secrets: Secrets,
  { table, place: column, purpose }: RotatedColumn,
  { rowKey, sealed }: SealedValue,
): SealedValue | null {
  const place = { table, rowId: rowKey.join(' '), column };
  try {
    return { rowKey, sealed: secrets.seal(purpose, place, secrets.open(purpose, place, sealed)) };
  } catch {
    return null;
  }
}
