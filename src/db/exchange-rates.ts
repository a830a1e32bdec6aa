import type { Day } from '../domain/calendar.ts';
import type { DocumentContent } from '../domain/document-content.ts';
import type { Currency } from '../domain/money.ts';
import type { ExchangeRate, ShekelSums } from '../domain/shekel-sums.ts';
import { conditions } from './conditions.ts';
import type { Sql } from './pool.ts';

/** A stored rate, in millionths of a shekel. */
export interface ExchangeRateRow extends ExchangeRate {
  readonly currency: Currency;
  /** The last day for which this rate may be used: mostly that on which the next one is published. */
  readonly knownUntil: Day;
  readonly enteredAt: Date;
}

const COLUMNS = 'currency, day, known_until AS "knownUntil", rate, entered_at AS "enteredAt"';

/** Of rate `r` and a day: it is the day's own, or no other is published for the day. */
const isFinalFor = (day: string): string => `(r.day = ${day} OR (r.day < ${day} AND r.known_until > ${day}))`;

/**
 * Holds the rates of a currency for this transaction: none is corrected while a document takes one, and none is taken while one is
 * corrected.
 */
async function lockRates(tx: Sql, currency: Currency, mode: '' | '_shared'): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock${mode}(hashtextextended('exchange_rates/' || $1, 0))`, [
    currency,
  ]);
}

/**
 * Holds the rates of a currency while one is corrected: documents that take one wait until the transaction
 * ends.
 */
export const lockExchangeRates = (tx: Sql, currency: Currency): Promise<void> => lockRates(tx, currency, '');

/**
 * The rate of a document that is made now, by its tax point; null for shekels, and where nobody has entered it. On the tax point
 * itself it is the last known one. After it, it is the day's own, or that of an earlier day where none is published for the day.
 * Source: docs/reference/israel-tax.md, "Other currencies".
 */
export async function findExchangeRate(
  tx: Sql,
  currency: Currency,
  { taxPoint, today }: { readonly taxPoint: Day; readonly today: Day },
): Promise<ExchangeRate | null> {
  if (currency === 'ILS') return null;
  await lockRates(tx, currency, '_shared');
  const { rows } = await tx.query<ExchangeRate>(
    `SELECT day, rate FROM exchange_rates r WHERE currency = $1
       AND (${isFinalFor('$2::date')} OR (r.day < $2::date AND r.known_until = $2::date AND $2::date >= $3::date))
     ORDER BY day DESC LIMIT 1`,
    [currency, taxPoint, today],
  );
  return rows[0] ?? null;
}

/**
 * The same for a document that was made before its rate was entered: only one that no other can take the place of, and that was
 * entered so many minutes ago.
 */
export async function findFinalRate(
  tx: Sql,
  currency: Currency,
  { taxPoint, waitMinutes }: { readonly taxPoint: Day; readonly waitMinutes: number },
): Promise<ExchangeRate | null> {
  await lockRates(tx, currency, '_shared');
  const { rows } = await tx.query<ExchangeRate>(
    `SELECT day, rate FROM (
       SELECT * FROM exchange_rates r WHERE currency = $1 AND ${isFinalFor('$2::date')} ORDER BY day DESC LIMIT 1) AS last
     WHERE entered_at <= now() - make_interval(mins => $3)`,
    [currency, taxPoint, waitMinutes],
  );
  return rows[0] ?? null;
}

/** The rate of a day, whether or not it is used; null where nobody has entered it. */
export async function findRateOfDay(tx: Sql, currency: Currency, day: Day): Promise<ExchangeRateRow | null> {
  const { rows } = await tx.query<ExchangeRateRow>(
    `SELECT ${COLUMNS} FROM exchange_rates WHERE currency = $1 AND day = $2`,
    [currency, day],
  );
  return rows[0] ?? null;
}

/** The rates of the nearest day before and after that were entered, at most a month away. */
export async function listRatesNearby(tx: Sql, currency: Currency, day: Day): Promise<ExchangeRate[]> {
  const nearest = (side: '<' | '>', order: 'ASC' | 'DESC'): string =>
    `(SELECT day, rate FROM exchange_rates WHERE currency = $1 AND day ${side} $2::date AND abs(day - $2::date) <= 31
      ORDER BY day ${order} LIMIT 1)`;
  const { rows } = await tx.query<ExchangeRate>(`${nearest('<', 'DESC')} UNION ALL ${nearest('>', 'ASC')}`, [
    currency,
    day,
  ]);
  return rows;
}

/** Documents of all workspaces with sums by the rate of a day: some of their ids, and how many there are. System role. */
export async function findUsesOfRate(
  tx: Sql,
  currency: Currency,
  day: Day,
): Promise<{ readonly ids: readonly string[]; readonly count: number }> {
  const { rows } = await tx.query<{ id: string; count: number }>(
    `SELECT d.id, count(*) OVER ()::int AS count FROM tax_documents d LEFT JOIN document_shekels s ON s.document_id = d.id
     WHERE d.currency = $1 AND d.currency <> 'ILS' AND coalesce(d.content -> 'ils', s.sums) ->> 'rateDay' = $2
     ORDER BY d.created_at LIMIT 3`,
    [currency, day],
  );
  return { ids: rows.map(({ id }) => id), count: rows[0]?.count ?? 0 };
}

/** The workspaces whose books a rate is for, in order: they are paid in its currency, or were. System role. */
export async function listWorkspacesPaidIn(tx: Sql, currency: Currency): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM workspaces w WHERE currency = $1 OR EXISTS (
       SELECT FROM tax_documents d WHERE d.workspace_id = w.id AND d.currency = $1 AND d.currency <> 'ILS')
     ORDER BY id`,
    [currency],
  );
  return rows.map(({ id }) => id);
}

/** Stores the rate of a day. Documents that have their sums keep them. What is entered again unchanged keeps its time. */
export async function upsertExchangeRate(
  tx: Sql,
  { currency, day, knownUntil, rate }: Omit<ExchangeRateRow, 'enteredAt'>,
): Promise<ExchangeRateRow> {
  const { rows } = await tx.query<ExchangeRateRow>(
    `INSERT INTO exchange_rates AS r (currency, day, known_until, rate) VALUES ($1, $2, $3, $4)
     ON CONFLICT (currency, day) DO UPDATE SET rate = excluded.rate, known_until = excluded.known_until,
       entered_at = CASE WHEN (r.rate, r.known_until) = (excluded.rate, excluded.known_until) THEN r.entered_at ELSE now() END
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
 * Payments with a document whose sums in shekels can be known now: its rate was entered so many minutes ago, or what it credits
 * or reverses has its sums. At most `most`, in no order, so that those that fail each time leave room for others. System role.
 */
export async function listConvertiblePayments(
  sql: Sql,
  most: number,
  waitMinutes: number,
): Promise<{ readonly workspaceId: string; readonly paymentId: string }[]> {
  const { rows } = await sql.query<{ workspaceId: string; paymentId: string }>(
    `SELECT d.workspace_id AS "workspaceId", d.payment_id AS "paymentId" FROM tax_documents d
     WHERE ${ISSUED_WITHOUT} AND NOT ${hasLaterSums('d.id')}
       AND CASE WHEN d.original_document_id IS NULL AND d.reverses_document_id IS NULL
         THEN (SELECT r.entered_at FROM exchange_rates r WHERE r.currency = d.currency AND ${isFinalFor(TAX_POINT)}
           ORDER BY r.day DESC LIMIT 1) <= now() - make_interval(mins => $2)
         ELSE EXISTS (SELECT FROM tax_documents o WHERE o.id = coalesce(d.original_document_id, d.reverses_document_id)
           AND (o.content ? 'ils' OR ${hasLaterSums('o.id')})) END
     GROUP BY d.workspace_id, d.payment_id ORDER BY random() LIMIT $1`,
    [most, waitMinutes],
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
