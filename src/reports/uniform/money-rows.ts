import type { DocumentRow } from '../../db/document-rows.ts';
import { dayInZone } from '../../domain/calendar.ts';
import type { Day } from '../../domain/calendar.ts';
import type { DealType, Means, MeansMethod } from '../../domain/means.ts';
import { plainMeans } from '../../domain/means.ts';
import { sumMinor } from '../../domain/money.ts';
import { toChequeDigits } from './cheque.ts';
import type { ChequeDigits } from './cheque.ts';

/** One row of money (docs/reference/uniform-structure.md, "Means of payment"). Amounts in minor units. */
export interface MoneyRow {
  readonly method: MeansMethod;
  readonly means: number;
  readonly amount: number;
  readonly check: ChequeDigits | null;
  /** Of a cheque or a card. */
  readonly dueDay: Day | null;
  readonly brand: string | null;
  readonly deal: number;
}

/** Field 1306. Apps and wallets that are neither card nor transfer are "other", and so is tax withheld. */
const MEANS_CODES: Readonly<Record<MeansMethod, number>> = {
  cash: 1,
  check: 2,
  card: 3,
  apple_pay: 3,
  google_pay: 3,
  bank_transfer: 4,
  bit: 9,
  paypal: 9,
  paybox: 9,
  other: 9,
  withheld: 9,
};
const CARD = 3;

/** Field 1315. */
const DEAL_CODES: Readonly<Record<DealType, number>> = { regular: 1, instalments: 2, credit: 3, deferred: 4 };

type Paid = Pick<DocumentRow, 'content' | 'total' | 'documentDate'>;

/** The money of a document for the uniform structure: a receipt says what came, without the tax that was withheld. */
export function moneyRows(row: DocumentRow, timeZone: string): readonly MoneyRow[] {
  const rows = sumsOf(row, timeZone);
  return row.type === 'receipt' ? rows.filter(({ method }) => method !== 'withheld') : rows;
}

/** What a document came to, a row for each means and each instalment. Together they are its total. */
export function sumsOf(row: Paid, timeZone: string): readonly MoneyRow[] {
  const { content, total } = row;
  const named = sumMinor(content.means.map((one) => one.amount));
  const means = named === total ? content.means : [plainMeans(content.means[0]?.method ?? 'other', total)];
  const paidDay = moneyDay({ paidAt: content.paidAt, documentDate: row.documentDate }, timeZone);
  return means.flatMap((one) => rowsOf(one, paidDay));
}

/** The day on which the money of a document came or went. */
export function moneyDay(
  { paidAt, documentDate }: { readonly paidAt: string; readonly documentDate: Day },
  timeZone: string,
): Day {
  return paidAt === '' ? documentDate : dayInZone(new Date(paidAt), timeZone);
}

function rowsOf(means: Means, paidDay: Day): readonly MoneyRow[] {
  const code = MEANS_CODES[means.method];
  const isCard = code === CARD;
  const row = {
    method: means.method,
    means: code,
    check: means.check === undefined ? null : toChequeDigits(means.check),
    brand: isCard ? means.brand : null,
    deal: isCard ? DEAL_CODES[means.dealType] : 0,
  };
  const firstDay = means.dueDate ?? paidDay;
  const due = (month: number): Day | null =>
    isCard ? monthsAfter(firstDay, month) : (means.check?.dueDate ?? null);
  return instalmentsOf(means).map((amount, month) => ({ ...row, amount, dueDay: due(month) }));
}

/** One sum where the vendor did not tell how the instalments are split. */
function instalmentsOf({ amount, installments, firstAmount, restAmount }: Means): readonly number[] {
  if (installments < 2 || firstAmount === null || restAmount === null) return [amount];
  const parts = [firstAmount, ...Array<number>(installments - 1).fill(restAmount)];
  return sumMinor(parts) === amount ? parts : [amount];
}

/** The same day of a later month, or the last day of a shorter one. */
function monthsAfter(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.slice(0, 10).split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}
