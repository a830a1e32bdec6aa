import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Sql } from './pool.ts';

/** What a column may hold. Objects and lists of objects go into jsonb columns. */
export type Cell = string | number | boolean | Date | null | Buffer | object;
/** The values of one row by column. */
export type Row<Column extends string> = Readonly<Record<Column, Cell>>;

/** One connection that writes many rows. Each batch is a transaction of its own. */
export interface Copier {
  /** Runs as one transaction. */
  batch<T>(run: (tx: Sql) => Promise<T>): Promise<T>;
  /** Writes rows by COPY, inside a batch. Constraints and triggers hold as always. */
  copy<Column extends string>(
    table: string,
    columns: readonly Column[],
    rows: readonly Row<Column>[],
  ): Promise<void>;
  end(): Promise<void>;
}

/**
 * Opens the connection; the caller ends it.
 * @throws Error if the server cannot be reached or refuses the role
 */
export async function createCopier(connectionString: string): Promise<Copier> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const sql: Sql = { query: (text, values) => client.query(text, values && [...values]) };
  return {
    batch: async (run) => {
      await client.query('BEGIN');
      try {
        const result = await run(sql);
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      }
    },
    copy: async (table, columns, rows) => {
      const target = client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
      await pipeline(Readable.from(toText(columns, rows)), target);
    },
    end: () => client.end(),
  };
}

/** So many rows leave as one piece: a write for each row costs more than the row. */
const ROWS_A_PIECE = 500;

function* toText<Column extends string>(
  columns: readonly Column[],
  rows: readonly Row<Column>[],
): Generator<string> {
  for (let at = 0; at < rows.length; at += ROWS_A_PIECE) {
    let piece = '';
    for (const row of rows.slice(at, at + ROWS_A_PIECE))
      piece += `${columns.map((column) => toCell(row[column])).join('\t')}\n`;
    yield piece;
  }
}

/** A cell in COPY's text format. Source: PostgreSQL documentation, COPY, "Text Format". */
function toCell(cell: Cell): string {
  if (cell === null) return '\\N';
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  if (cell instanceof Date) return cell.toISOString();
  if (Buffer.isBuffer(cell)) return `\\\\x${cell.toString('hex')}`;
  const text = typeof cell === 'string' ? cell : JSON.stringify(cell);
  return /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (found) => ESCAPES[found] ?? found) : text;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
