import type { Sql } from './pool.ts';

/** Rows that are held in memory at a time. */
const BATCH = 500;

/**
 * The rows of one statement, some at a time, by a cursor of the transaction. The memory that it takes does not grow with the
 * number of rows. `cursor` names it: once in a transaction, and always for the same statement.
 */
export async function* inBatches<Row extends object>(
  tx: Sql,
  cursor: string,
  statement: string,
  values: readonly unknown[],
): AsyncGenerator<readonly Row[]> {
  await tx.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${statement}`, values);
  for (;;) {
    const { rows } = await tx.query<Row>(`FETCH ${BATCH} FROM ${cursor}`);
    if (rows.length > 0) yield rows;
    if (rows.length < BATCH) break;
  }
  await tx.query(`CLOSE ${cursor}`);
}
