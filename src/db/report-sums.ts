import type { Day } from '../domain/calendar.ts';
import type { PaymentMethod } from '../domain/means.ts';
import { CURRENCIES } from '../domain/money.ts';
import { PAYMENT_WARNINGS } from '../domain/payment-warnings.ts';
import type { PaymentWarning } from '../domain/payment-warnings.ts';
import type { DocumentType } from '../domain/tax-document.ts';
import { byDayAndNumber } from './conditions.ts';
import { HAS_NO_SHEKELS } from './exchange-rates.ts';
import type { Sql } from './pool.ts';

/** Whose documents are summed. The range is half-open. */
export interface SumsOf {
  readonly workspaceId: string;
  readonly currency: string;
  readonly from: Day;
  readonly to: Day;
}

/** Its parameters `$1` to `$4`, in this order. */
export function rangeValues({ workspaceId, currency, from, to }: SumsOf): readonly unknown[] {
  return [workspaceId, currency, from, to];
}

/** Sums of the documents of one day, payment method and provider. Minor units. */
export interface RevenueSum {
  readonly day: Day;
  readonly method: PaymentMethod | null;
  readonly provider: string;
  readonly gross: number;
  readonly net: number;
  readonly vat: number;
  /** Sum of the credit documents. */
  readonly refunds: number;
  readonly count: number;
}

/**
 * Post-dated cheques of a dealer of VAT have two documents. One is a receipt of the money, the other, on the due date,
 * the tax invoice of the sale. What sums sales, turnover or VAT leaves the first out, what sums money leaves the second
 * out. Credits follow what they credit. Source: docs/reference/israel-tax.md, "What a document says".
 */
export const OF_SALES = `counts_as <> 'money'`;
/** Documents that count as money that came. See `OF_SALES`. */
export const OF_MONEY = `counts_as <> 'sale'`;

/** By document date: sales, or money with `OF_MONEY`. Cancelled documents count nowhere. */
export async function sumRevenue(
  tx: Sql,
  of: SumsOf,
  counted: typeof OF_SALES | typeof OF_MONEY = OF_SALES,
): Promise<RevenueSum[]> {
  const { rows } = await tx.query<RevenueSum>(
    `SELECT d.document_date AS day, d.payment_method AS method, d.payment_provider AS provider,
       coalesce(sum(d.total) FILTER (WHERE d.refund_id IS NULL), 0)::bigint AS gross,
       coalesce(sum(d.net) FILTER (WHERE d.refund_id IS NULL), 0)::bigint AS net,
       coalesce(sum(d.vat) FILTER (WHERE d.refund_id IS NULL), 0)::bigint AS vat,
       coalesce(sum(d.total) FILTER (WHERE d.refund_id IS NOT NULL), 0)::bigint AS refunds,
       count(*) FILTER (WHERE d.refund_id IS NULL) AS count
     FROM reported_documents d
     WHERE d.workspace_id = $1 AND d.currency = $2 AND d.document_date >= $3 AND d.document_date < $4
       AND d.status <> 'cancelled' AND d.${counted}
     GROUP BY d.document_date, d.payment_method, d.payment_provider`,
    [of.workspaceId, of.currency, of.from, of.to],
  );
  return rows;
}

/** Sums of the documents of one day with one rate, by what they are. Minor units. */
export interface VatSum {
  readonly day: Day;
  readonly rateBp: number;
  readonly isCredit: boolean;
  /** A credit that lowers the VAT only once the customer confirmed it, and they did not. */
  readonly isUnconfirmed: boolean;
  readonly net: number;
  readonly vat: number;
  /** Parts of `net` that bear no VAT. */
  readonly zeroRated: number;
  readonly exempt: number;
}

/**
 * A document counts on its date. A confirmed credit of VAT counts on its date or on the day of the confirmation in
 * `timeZone`, whichever is later. Source: docs/reference/israel-tax.md, "Corrections".
 */
export async function sumVat(tx: Sql, of: SumsOf & { readonly timeZone: string }): Promise<VatSum[]> {
  const { rows } = await tx.query<VatSum>(
    `SELECT day, rate_bp AS "rateBp", is_credit AS "isCredit", is_unconfirmed AS "isUnconfirmed",
       sum(net)::bigint AS net, sum(vat)::bigint AS vat, sum(zero_rated)::bigint AS "zeroRated", sum(exempt)::bigint AS exempt
     FROM (
       SELECT document_date AS day, refund_id IS NOT NULL AS is_credit, ${AWAITS_CONFIRMATION} AS is_unconfirmed,
         rate_bp, net, vat, zero_rated, exempt
       FROM reported_documents
       WHERE workspace_id = $1 AND currency = $2 AND document_date >= $3 AND document_date < $4 AND status <> 'cancelled'
         AND ${OF_SALES} AND NOT (${CONFIRMED})
       UNION ALL
       SELECT ${CONFIRMED_ON}, true, false, rate_bp, net, vat, zero_rated, exempt
       FROM reported_documents
       WHERE workspace_id = $1 AND currency = $2 AND status <> 'cancelled' AND ${CONFIRMED}
         AND ${CONFIRMED_ON} >= $3 AND ${CONFIRMED_ON} < $4) AS counted
     GROUP BY 1, 2, 3, 4`,
    [of.workspaceId, of.currency, of.from, of.to, of.timeZone],
  );
  return rows;
}

/** A document that bears another day than its money, with the day of the money. Minor units. */
export interface MovedDocument {
  readonly id: string;
  readonly type: DocumentType;
  readonly number: number;
  readonly documentDate: Day;
  readonly taxPoint: Day;
  readonly rateBp: number;
  readonly net: number;
  readonly vat: number;
  readonly total: number;
}

/** Sales documents of the range whose money came on another day, by day and number, at most `most`. */
export async function listMovedDocuments(tx: Sql, of: SumsOf, most: number): Promise<MovedDocument[]> {
  const { rows } = await tx.query<MovedDocument>(
    `SELECT id, type, number, document_date AS "documentDate", content ->> 'movedFromDay' AS "taxPoint", rate_bp AS "rateBp",
       net, vat, total
     FROM reported_documents
     WHERE workspace_id = $1 AND currency = $2 AND document_date >= $3 AND document_date < $4
       AND refund_id IS NULL AND content ->> 'movedFromDay' IS NOT NULL AND status <> 'cancelled' AND ${OF_SALES}
     ORDER BY ${byDayAndNumber()} LIMIT $5`,
    [of.workspaceId, of.currency, of.from, of.to, most],
  );
  return rows;
}

/** Which of a payment's documents bears a warning: too much cash is seen where money comes, the rest where something is sold. */
const BORNE_BY: Readonly<Record<PaymentWarning, typeof OF_SALES | typeof OF_MONEY>> = {
  customer_unidentified: OF_SALES,
  cash_limit: OF_MONEY,
  exchange_rate_missing: OF_SALES,
};

/** Whether document `d` of payment `p` bears the warning. */
export const bears = (warning: PaymentWarning): string =>
  `(d.refund_id IS NULL AND d.reverses_document_id IS NULL AND d.${BORNE_BY[warning]} AND '${warning}' = ANY (p.warnings))`;

const BORNE = PAYMENT_WARNINGS.map((warning) => `CASE WHEN ${bears(warning)} THEN '${warning}' END`);

/** A document about which the accountant was warned. `total` in minor units. */
export interface WarnedDocument {
  readonly id: string;
  readonly paymentId: string;
  readonly type: DocumentType;
  readonly number: number;
  readonly documentDate: Day;
  readonly total: number;
  readonly warnings: readonly PaymentWarning[];
}

/** Documents of the range that bear warnings, by day and number, at most `most`. */
export async function listWarnedDocuments(tx: Sql, of: SumsOf, most: number): Promise<WarnedDocument[]> {
  const { rows } = await tx.query<WarnedDocument>(
    `SELECT d.id, d.payment_id AS "paymentId", d.type, d.number, d.document_date AS "documentDate", d.total,
       array_remove(ARRAY[${BORNE.join(', ')}], NULL) AS warnings
     FROM payments p JOIN reported_documents d ON d.payment_id = p.id
     WHERE p.workspace_id = $1 AND p.warnings <> '{}' AND d.currency = $2 AND d.document_date >= $3 AND d.document_date < $4
       AND d.status <> 'cancelled' AND (${PAYMENT_WARNINGS.map(bears).join(' OR ')})
     ORDER BY ${byDayAndNumber('d.')} LIMIT $5`,
    [of.workspaceId, of.currency, of.from, of.to, most],
  );
  return rows;
}

/** A credit of VAT, whether or not the customer confirmed it. */
export const AWAITS_CONFIRMATION = `(type = 'credit_invoice' AND vat > 0)`;
/** Spelled as in the index `tax_documents_confirmed`. */
export const CONFIRMED = `type = 'credit_invoice' AND vat > 0 AND acknowledged_at IS NOT NULL`;
/** The day on which a confirmed credit counts; $5 is the time zone. */
export const CONFIRMED_ON = `greatest(document_date, (acknowledged_at AT TIME ZONE $5)::date)`;

/** Other currencies with documents in the range that sums in this one leave out: in shekels, those without sums in shekels. */
export async function listOtherCurrencies(tx: Sql, of: SumsOf): Promise<string[]> {
  const isLeftOut = of.currency === 'ILS' ? HAS_NO_SHEKELS : 'true';
  const { rows } = await tx.query<{ currency: string }>(
    `SELECT known.currency FROM unnest($5::text[]) AS known (currency)
     WHERE EXISTS (SELECT FROM tax_documents d
       WHERE d.workspace_id = $1 AND d.currency = known.currency::char(3) AND d.document_date >= $3 AND d.document_date < $4
         AND d.currency <> $2 AND ${isLeftOut})
     ORDER BY known.currency`,
    [...rangeValues(of), CURRENCIES.filter((one) => one !== of.currency)],
  );
  return rows.map(({ currency }) => currency);
}

/** The date of the first document; null if there is none. */
export async function findFirstDocumentDay(tx: Sql, workspaceId: string): Promise<Day | null> {
  const { rows } = await tx.query<{ day: Day | null }>(
    'SELECT min(document_date) AS day FROM tax_documents WHERE workspace_id = $1',
    [workspaceId],
  );
  return rows[0]?.day ?? null;
}

/** Open links of one currency and age. */
export interface OpenSum {
  readonly currency: string;
  /** Whole days since the payment was created. */
  readonly fromDays: number;
  readonly count: number;
  readonly amount: number;
  readonly oldest: Date;
  readonly newest: Date;
}

/** Links that may still be paid, by age. `steps`: where a group of ages begins, whole days, in order. */
export async function sumOpenLinks(
  tx: Sql,
  workspaceId: string,
  steps: readonly number[],
): Promise<OpenSum[]> {
  const { rows } = await tx.query<OpenSum>(
    `SELECT currency, ($2::int[])[width_bucket((extract(epoch FROM now() - created_at) / 86400)::int, $2::int[])] AS "fromDays",
       count(*), sum(charge_amount)::bigint AS amount, min(created_at) AS oldest, max(created_at) AS newest
     FROM payments WHERE workspace_id = $1 AND status IN ('creating', 'pending')
     GROUP BY 1, 2 ORDER BY 1, 2`,
    [workspaceId, steps],
  );
  return rows;
}
