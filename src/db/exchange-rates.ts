import type { Day } from '../domain/calendar.ts';
import type { DocumentContent } from '../domain/document-content.ts';
import type { Currency } from '../domain/money.ts';
import { RATE_KNOWN_FOR_DAYS } from '../domain/shekel-sums.ts';
import type { ExchangeRate, ShekelSums } from '../domain/shekel-sums.ts';
import { conditions } from './conditions.ts';
import type { Sql } from './pool.ts';

/** A stored rate, in millionths of a shekel. */
export interface ExchangeRateRow extends ExchangeRate {
  readonly currency: Currency;
  readonly enteredAt: Date;
}

const COLUMNS = 'currency, day, rate, entered_at AS "enteredAt"';

/** The last rate that is known on a day; null if none of the days before it is near enough. */
export async function findExchangeRate(tx: Sql, currency: Currency, day: Day): Promise<ExchangeRate | null> {
  const { rows } = await tx.query<ExchangeRate>(
    `SELECT day, rate FROM exchange_rates WHERE currency = $1 AND day <= $2 AND day > $2::date - $3::int
     ORDER BY day DESC LIMIT 1`,
    [currency, day, RATE_KNOWN_FOR_DAYS],
  );
  return rows[0] ?? null;
}

/** Stores the rate of a day. Documents that were issued by an earlier one keep it. */
export async function upsertExchangeRate(
  tx: Sql,
  { currency, day, rate }: Omit<ExchangeRateRow, 'enteredAt'>,
): Promise<ExchangeRateRow> {
  const { rows } = await tx.query<ExchangeRateRow>(
    `INSERT INTO exchange_rates (currency, day, rate) VALUES ($1, $2, $3)
     ON CONFLICT (currency, day) DO UPDATE SET rate = excluded.rate, entered_at = now() RETURNING ${COLUMNS}`,
    [currency, day, rate],
  );
  if (!rows[0]) throw new Error('the rate was not stored');
  return rows[0];
}

/** Latest day first, at most `most`. */
export async function listExchangeRates(
  tx: Sql,
  filter: {
    readonly currency?: Currency | undefined;
    readonly from?: Day | undefined;
    readonly to?: Day | undefined;
  },
  most: number,
): Promise<ExchangeRateRow[]> {
  const { where, values, add } = conditions('true', true);
  add((n) => `currency = $${n}`, filter.currency);
  add((n) => `day >= $${n}`, filter.from);
  add((n) => `day < $${n}`, filter.to);
  const { rows } = await tx.query<ExchangeRateRow>(
    `SELECT ${COLUMNS} FROM exchange_rates WHERE ${where.join(' AND ')} ORDER BY day DESC, currency LIMIT ${most}`,
    values,
  );
  return rows;
}

/** A document in another currency without sums in shekels. Amounts in minor units of its currency. */
export interface UnconvertedDocument {
  readonly id: string;
  readonly workspaceId: string;
  readonly currency: Currency;
  readonly net: number;
  readonly vat: number;
  readonly total: number;
  readonly rateBp: number;
  readonly content: DocumentContent;
  /** The day whose rate it takes. */
  readonly day: Day;
  /** Of a credit: the document that it credits. Of a reversal: the credit that it reverses. */
  readonly relatedId: string | null;
}

const LACKS_SHEKELS = `d.currency <> 'ILS' AND d.content -> 'ils' IS NULL AND d.content -> 'issuer' ->> 'dealerType' <> 'foreign'
  AND NOT EXISTS (SELECT FROM document_shekels s WHERE s.document_id = d.id)`;
const TAX_POINT = `coalesce((d.content ->> 'movedFromDay')::date, d.document_date)`;

/** Of all workspaces, those that a rate of this day may serve, and all credits of such documents; in the order of issue. */
export async function listUnconverted(tx: Sql, currency: Currency, day: Day): Promise<UnconvertedDocument[]> {
  const { rows } = await tx.query<UnconvertedDocument>(
    `SELECT d.id, d.workspace_id AS "workspaceId", d.currency, d.net, d.vat, d.total, d.rate_bp AS "rateBp", d.content,
       ${TAX_POINT} AS day, coalesce(d.original_document_id, d.reverses_document_id) AS "relatedId"
     FROM tax_documents d
     WHERE d.currency = $1 AND ${LACKS_SHEKELS} AND ${TAX_POINT} >= $2
       AND (coalesce(d.original_document_id, d.reverses_document_id) IS NOT NULL OR ${TAX_POINT} < $2::date + $3::int)
     ORDER BY d.created_at, d.id`,
    [currency, day, RATE_KNOWN_FOR_DAYS],
  );
  return rows;
}

/** How many documents of the range have no sums in shekels, by their currency. */
export async function countUnconverted(
  tx: Sql,
  of: { readonly workspaceId: string; readonly from: Day; readonly to: Day },
): Promise<{ readonly currency: Currency; readonly count: number }[]> {
  const { rows } = await tx.query<{ currency: Currency; count: number }>(
    `SELECT d.currency, count(*) FROM tax_documents d
     WHERE d.workspace_id = $1 AND d.document_date >= $2 AND d.document_date < $3 AND d.status <> 'cancelled'
       AND d.currency <> 'ILS' AND d.content -> 'ils' IS NULL
       AND NOT EXISTS (SELECT FROM document_shekels s WHERE s.document_id = d.id)
     GROUP BY d.currency ORDER BY d.currency`,
    [of.workspaceId, of.from, of.to],
  );
  return rows;
}

/** The sums in shekels of a document, whenever they became known. */
export async function findShekelSums(tx: Sql, documentId: string): Promise<ShekelSums | null> {
  const { rows } = await tx.query<{ sums: ShekelSums | null }>(
    `SELECT coalesce(d.content -> 'ils', s.sums) AS sums FROM tax_documents d
     LEFT JOIN document_shekels s ON s.document_id = d.id WHERE d.id = $1`,
    [documentId],
  );
  return rows[0]?.sums ?? null;
}

/** A document with its sums in shekels, also where they became known after it was issued. */
export async function withShekelSums<Row extends Pick<UnconvertedDocument, 'id' | 'currency' | 'content'>>(
  tx: Sql,
  row: Row,
): Promise<Row> {
  if (row.currency === 'ILS' || row.content.ils !== undefined) return row;
  const ils = await findShekelSums(tx, row.id);
  return ils === null ? row : { ...row, content: { ...row.content, ils } };
}

/** The credits of a document that stand and were issued before one of them, with their sums. */
export async function listEarlierCredits(
  tx: Sql,
  { originalId, creditId }: { readonly originalId: string; readonly creditId: string },
): Promise<
  { readonly net: number; readonly vat: number; readonly total: number; readonly ils: ShekelSums | null }[]
> {
  const { rows } = await tx.query<{ net: number; vat: number; total: number; ils: ShekelSums | null }>(
    `SELECT d.net, d.vat, d.total, coalesce(d.content -> 'ils', s.sums) AS ils FROM tax_documents d
     LEFT JOIN document_shekels s ON s.document_id = d.id
     WHERE d.original_document_id = $1 AND (d.created_at, d.id) < (SELECT created_at, id FROM tax_documents WHERE id = $2)
       AND NOT EXISTS (SELECT FROM tax_documents r WHERE r.reverses_document_id = d.id)`,
    [originalId, creditId],
  );
  return rows;
}

/** Adds the sums of a document that was issued without them. */
export async function insertShekelSums(
  tx: Sql,
  { id, workspaceId }: Pick<UnconvertedDocument, 'id' | 'workspaceId'>,
  sums: ShekelSums,
): Promise<void> {
  await tx.query(
    'INSERT INTO document_shekels (document_id, workspace_id, sums) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [id, workspaceId, JSON.stringify(sums)],
  );
}
