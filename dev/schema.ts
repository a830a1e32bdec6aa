import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { EnvironmentInfo } from './environment-info.ts';
import { CHECKOUT, createPaths, readStateDir } from './paths.ts';

/** The file of the listing, which is under review. */
export const SCHEMA_FILE = join(CHECKOUT, 'migrations', 'schema.sql');

const HEADING =
  '-- What the migrations come to, listed from the catalogs by `npm run schema`. Do not edit: a test holds it against the database.\n';

/** One statement per kind of object; each row is one line of the listing. */
const LISTINGS: readonly { title: string; sql: string }[] = [
  {
    title: 'columns',
    sql: `SELECT format('%s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
            CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END,
            coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')) AS line
          FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
          LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
          WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
            AND c.relname <> 'migrations'
          ORDER BY c.relname, a.attnum`,
  },
  {
    title: 'constraints',
    sql: `SELECT format('%s %s: %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS line
          FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
            AND conrelid::regclass::text <> 'migrations'
          ORDER BY conrelid::regclass::text, conname`,
  },
  {
    title: 'indexes',
    sql: `SELECT indexdef AS line FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'migrations' ORDER BY indexname`,
  },
  {
    title: 'views',
    sql: `SELECT format('%s (%s): %s', relname, array_to_string(reloptions, ', '),
            regexp_replace(pg_get_viewdef(oid), '\\s+', ' ', 'g')) AS line
          FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'v' ORDER BY relname`,
  },
  {
    title: 'row-level security',
    sql: `SELECT format('%s %s TO %s USING %s WITH CHECK %s', tablename, policyname, array_to_string(roles, ','), qual, with_check) AS line
          FROM pg_policies WHERE schemaname = 'public' ORDER BY tablename, policyname`,
  },
  {
    title: 'triggers',
    sql: `SELECT pg_get_triggerdef(t.oid) AS line FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
          WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal ORDER BY c.relname, t.tgname`,
  },
  {
    title: 'grants',
    sql: `SELECT format('%s to %s: %s', table_name, grantee, string_agg(privilege_type, ', ' ORDER BY privilege_type)) AS line
          FROM information_schema.role_table_grants
          WHERE table_schema = 'public' AND grantee LIKE 'tashlum_%' AND table_name <> 'migrations'
          GROUP BY table_name, grantee ORDER BY table_name, grantee`,
  },
];

/** The whole schema as text, the same for the same migrations. */
export const listSchema = async (databaseUrl: string): Promise<string> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    let text = HEADING;
    for (const { title, sql } of LISTINGS) {
      const { rows } = await client.query<{ line: string }>(sql);
      text += `\n-- ${title}\n${rows.map((row) => row.line).join('\n')}\n`;
    }
    return text;
  } finally {
    await client.end();
  }
};

if (import.meta.main) {
  const { info } = createPaths(readStateDir());
  const { databaseUrl } = JSON.parse(await readFile(info, 'utf8')) as EnvironmentInfo;
  await writeFile(SCHEMA_FILE, await listSchema(databaseUrl));
}
