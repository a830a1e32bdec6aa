import type { Sql } from './pool.ts';

/**
 * A column with sealed values: the length of the key's id, the id, then the rest. Table and column names are ours,
 * never a caller's.
 */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The columns of the table's primary key. */
  readonly key: readonly string[];
}

/** A sealed value and the key of its row. */
export interface SealedValue {
  readonly rowKey: readonly string[];
  readonly sealed: Buffer;
}

/** Old tables take longer to read than the usual time limit. Holds until the transaction ends. */
export async function allowLongReads(tx: Sql): Promise<void> {
  await tx.query('SET LOCAL statement_timeout = 0');
}

/** How many values of a column each key has sealed; under '' those without a key id. */
export async function countByKey(
  sql: Sql,
  { table, column }: SealedColumn,
): Promise<{ keyId: string; count: number }[]> {
  const { rows } = await sql.query<{ keyId: string; count: number }>(
    `SELECT CASE WHEN octet_length(${column}) = 0 THEN ''
         ELSE encode(substring(${column} FROM 2 FOR get_byte(${column}, 0)), 'escape') END AS "keyId", count(*) AS count
     FROM ${table} WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY 1`,
  );
  return rows;
}

/**
 * Values that another key than `keyId` has sealed, in the order of their row keys after the given one, locked until
 * the transaction ends. Locked rows are skipped, so that nobody waits.
 */
export async function lockSealedOtherwise(
  tx: Sql,
  { table, column, key }: SealedColumn,
  page: { readonly keyId: string; readonly after: readonly string[] | null; readonly limit: number },
): Promise<SealedValue[]> {
  const ofKey = Buffer.concat([Buffer.from([page.keyId.length]), Buffer.from(page.keyId)]);
  const columns = key.join(', ');
  const { rows } = await tx.query<SealedValue>(
    `SELECT ARRAY[${columns}]::text[] AS "rowKey", ${column} AS sealed FROM ${table}
     WHERE ${column} IS NOT NULL AND substring(${column} FROM 1 FOR ${ofKey.length}) <> $1
       AND ${after(key, '$2')}
     ORDER BY ${columns} LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED`,
    [ofKey, page.after, page.limit],
  );
  return rows;
}

/** A page of all values, in the order of their row keys after the given one. */
export async function listSealed(
  sql: Sql,
  { table, column, key }: SealedColumn,
  page: { readonly after: readonly string[] | null; readonly limit: number },
): Promise<SealedValue[]> {
  const columns = key.join(', ');
  const { rows } = await sql.query<SealedValue>(
    `SELECT ARRAY[${columns}]::text[] AS "rowKey", ${column} AS sealed FROM ${table}
     WHERE ${column} IS NOT NULL AND ${after(key, '$1')} ORDER BY ${columns} LIMIT $2`,
    [page.after, page.limit],
  );
  return rows;
}

/** Replaces the values that were locked. */
export async function replaceSealed(
  tx: Sql,
  { table, column, key }: SealedColumn,
  values: readonly SealedValue[],
): Promise<void> {
  const parts = key.map((_, place) => values.map(({ rowKey }) => rowKey[place]));
  const given = key.map((_, place) => `$${place + 2}::text[]`);
  await tx.query(
    `UPDATE ${table} AS held SET ${column} = given.sealed
     FROM unnest($1::bytea[], ${given.join(', ')}) AS given (sealed, ${key.join(', ')})
     WHERE ${key.map((name) => `held.${name} = given.${name}`).join(' AND ')}`,
    [values.map(({ sealed }) => sealed), ...parts],
  );
}

/** Rows whose key comes after the array in the parameter; all rows if it is null. */
function after(key: readonly string[], parameter: string): string {
  const parts = key.map((_, place) => `(${parameter}::text[])[${place + 1}]`);
  return `(${parameter}::text[] IS NULL OR (${key.join(', ')}) > (${parts.join(', ')}))`;
}

/** Whether the login role sees every row. If not, its counts prove nothing. */
export async function seesEveryRow(sql: Sql, tables: readonly string[]): Promise<boolean> {
  const { rows } = await sql.query<{ hides: boolean }>(
    'SELECT bool_or(row_security_active(name)) AS hides FROM unnest($1::text[]) AS name',
    [tables],
  );
  return rows[0]?.hides === false;
}
