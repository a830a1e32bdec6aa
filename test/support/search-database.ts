import type { Books } from '../e2e/support/books.ts';

/** A value in the database that contains a text. */
export interface Found {
  /** `schema.table.column` */
  readonly place: string;
  readonly text: string;
}

/**
 * Every value of the whole database that contains one of these texts: columns of text, JSON and lists of them in every schema,
 * read as the superuser. Bytes count as well, as text and as base64, so that what is merely not sealed is found.
 */
export async function searchDatabase(books: Books, texts: readonly string[]): Promise<Found[]> {
  const columns = await books.query<{ schema: string; table: string; column: string; type: string }>(
    `SELECT n.nspname AS schema, c.relname AS table, a.attname AS column, t.typname AS type
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_type t ON t.oid = a.atttypid
     WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND n.nspname NOT IN ('pg_catalog', 'information_schema')
       AND (t.typcategory IN ('S', 'A') OR t.typname IN ('json', 'jsonb', 'bytea'))`,
  );
  const found: Found[] = [];
  for (const { schema, table, column, type } of columns) {
    // Escapes of a form, so that bytes which are no UTF-8 can be searched too.
    const text = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`;
    const rows = await books.query<{ text: string }>(
      `SELECT DISTINCT planted AS text FROM "${schema}"."${table}", unnest($1::text[]) AS planted
       WHERE position(lower(planted) IN lower(${text})) > 0`,
      [texts],
    );
    found.push(...rows.map((row) => ({ place: `${schema}.${table}.${column}`, text: row.text })));
  }
  return found;
}
