import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '#jest';
import { ROTATED_COLUMNS } from './sealed-places.ts';

const MIGRATIONS = new URL('../migrations/', import.meta.url);

/** `table.column` of every sealed column that the migrations make. */
function sealedColumnsOf(sql: string): string[] {
  const tables = [...sql.matchAll(/^CREATE TABLE (\w+) \(\n([\s\S]*?)^\);/gm)];
  const made = tables.flatMap(([, table = '', body = '']) =>
    [...body.matchAll(/^\s+(\w+_sealed)\s/gm)].map(([, column = '']) => `${table}.${column}`),
  );
  const added = [...sql.matchAll(/^ALTER TABLE (\w+)\s+ADD (?:COLUMN )?(\w+_sealed)\s/gm)];
  return [...made, ...added.map(([, table = '', column = '']) => `${table}.${column}`)];
}

describe('the list of sealed columns', () => {
  // A canary belongs to its key: it is deleted with it, never re-sealed.
  const CANARY = 'encryption_keys.canary_sealed';

  it('names every column of the migrations that ends in _sealed, and no other', () => {
    const files = readdirSync(MIGRATIONS).filter((name) => /^\d{4}_.*\.sql$/.test(name));
    const sql = files.map((name) => readFileSync(new URL(name, MIGRATIONS), 'utf8')).join('\n');
    expect(sql.match(/_sealed\s+bytea/g)?.length).toBe(sealedColumnsOf(sql).length);
    expect([...ROTATED_COLUMNS.map(({ table, column }) => `${table}.${column}`), CANARY].sort()).toEqual(
      sealedColumnsOf(sql).sort(),
    );
  });
});
