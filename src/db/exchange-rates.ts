import type { Day } from '../domain/calendar.ts';
import type { DocumentContent } from '../domain/document-content.ts';
import type { Currency } from '../domain/money.ts';
import type { ExchangeRate, ShekelSums } from '../domain/shekel-sums.ts';
import { conditions } from './conditions.ts';
import type { Sql } from './pool.ts';

/** A stored rate, in millionths of a shekel. */
export interface ExchangeRateRow extends ExchangeRate {
  readonly currency: Currency;
  /** The last day on which no newer one is known. */
  readonly knownUntil: Day;
  readonly enteredAt: Date;
}

const COLUMNS = 'currency, day, known_until AS "knownUntil", rate, entered_at AS "enteredAt"';

/** The last rate that is known on a day; null for shekels, and where nobody has entered it. */
export async function findExchangeRate(tx: Sql, currency: Currency, day: Day): Promise<ExchangeRate | null> {
  if (currency === 'ILS') return null;
  const { rows } = await tx.query<ExchangeRate>(
    `SELECT day, rate FROM exchange_rates WHERE currency = $1 AND day <= $2 AND known_until >= $2
     ORDER BY day DESC LIMIT 1`,
    [currency, day],
  );
  return rows[0] ?? null;
}

/** Stores the rate of a day. Documents that were issued by an earlier one keep it. */
export async function upsertExchangeRate(
  tx: Sql,
  { currency, day, knownUntil, rate }: Omit<ExchangeRateRow, 'enteredAt'>,
): Promise<ExchangeRateRow> {
  const { rows } = await tx.query<ExchangeRateRow>(
    `INSERT INTO exchange_rates (currency, day, known_until, rate) VALUES ($1, $2, $3, $4)
     ON CONFLICT (currency, day) DO UPDATE SET rate = excluded.rate, known_until = excluded.known_until, entered_at = now()
     RETURNING ${COLUMNS}`,
    [currency, day, knownUntil, rate],
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

/** Of document `d`: it was issued without sums in shekels and needs them. Spelled as in the index `tax_documents_that_lack_shekels`. */
const ISSUED_WITHOUT = `d.currency <> 'ILS' AND NOT d.content ? 'ils' AND d.content #>> '{issuer,dealerType}' <> 'foreign'`;
const hasLaterSums = (id: string): string =>
  `EXISTS (SELECT FROM document_shekels s WHERE s.document_id = ${id})`;
/** Of document `d`: sums in shekels leave it out. Spelled as in the index `tax_documents_without_shekels`. */
export const HAS_NO_SHEKELS = `d.currency <> 'ILS' AND NOT d.content ? 'ils' AND NOT ${hasLaterSums('d.id')}`;
const TAX_POINT = `coalesce((d.content ->> 'movedFromDay')::date, d.document_date)`;

/**
 * Payments with a document whose sums in shekels can be known now: the rate of its day was entered, or what it credits or reverses
 * has its sums. At most `most`, in no order, so that those that fail each time leave room for others. System role.
 */
export async function listConvertiblePayments(
  sql: Sql,
  most: number,
): Promise<{ readonly workspaceId: string; readonly paymentId: string }[]> {
  const { rows } = await sql.query<{ workspaceId: string; paymentId: string }>(
    `SELECT d.workspace_id AS "workspaceId", d.payment_id AS "paymentId" FROM tax_documents d
     WHERE ${ISSUED_WITHOUT} AND NOT ${hasLaterSums('d.id')}
       AND CASE WHEN d.original_document_id IS NULL AND d.reverses_document_id IS NULL
         THEN EXISTS (SELECT FROM exchange_rates r WHERE r.currency = d.currency AND ${TAX_POINT} BETWEEN r.day AND r.known_until)
         ELSE EXISTS (SELECT FROM tax_documents o WHERE o.id = coalesce(d.original_document_id, d.reverses_document_id)
           AND (o.content ? 'ils' OR ${hasLaterSums('o.id')})) END
     GROUP BY d.workspace_id, d.payment_id ORDER BY random() LIMIT $1`,
    [most],
  );
  return rows;
}

/** How many documents of the range lack their sums in shekels, by their currency. Cancelled ones have numbers, and count. */
export async function countUnconverted(
  tx: Sql,
  of: { readonly workspaceId: string; readonly from: Day; readonly to: Day },
): Promise<{ readonly currency: Currency; readonly count: number }[]> {
  const { rows } = await tx.query<{ currency: Currency; count: number }>(
    `SELECT d.currency, count(*) FROM tax_documents d
     WHERE d.workspace_id = $1 AND d.document_date >= $2 AND d.document_date < $3 AND ${ISSUED_WITHOUT}
       AND NOT ${hasLaterSums('d.id')}
     GROUP BY d.currency ORDER BY d.currency`,
    [of.workspaceId, of.from, of.to],
  );
  return rows;
}

/** A document with its sums in shekels, also where they became known after it was issued. */
export async function withShekelSums<
  Row extends { readonly id: string; readonly currency: Currency; readonly content: DocumentContent },
>(tx: Sql, row: Row): Promise<Row> {
  if (row.currency === 'ILS' || row.content.ils !== undefined) return row;
  const { rows } = await tx.query<{ sums: ShekelSums }>(
    'SELECT sums FROM document_shekels WHERE document_id = $1',
    [row.id],
  );
  const ils = rows[0]?.sums;
  return ils === undefined ? row : { ...row, content: { ...row.content, ils } };
}

/** Adds the sums of a document that was issued without them. */
export async function insertShekelSums(
  tx: Sql,
  { id, workspaceId }: { readonly id: string; readonly workspaceId: string },
  sums: ShekelSums,
): Promise<void> {
  await tx.query('INSERT INTO document_shekels (document_id, workspace_id, sums) VALUES ($1, $2, $3)', [
    id,
    workspaceId,
    JSON.stringify(sums),
  ]);
}
