import type { BookedRow } from '../../db/export-documents.ts';
import type { Day } from '../../domain/calendar.ts';
import { cashBoxOf } from '../../domain/hashavshevet.ts';
import type { HashavshevetSettings } from '../../domain/hashavshevet.ts';
import { sumMinor } from '../../domain/money.ts';
import { customerKey } from '../customer-key.ts';
import { byTreatment } from '../files/documents.ts';
import { moneyDay, sumsOf } from '../uniform/money-rows.ts';

/** A sum on an account, minor units. */
interface Posting {
  readonly account: string;
  readonly amount: number;
}

/** A balanced row of the journal: its debit is the sum of its credits. All are negative for a credit document. */
export interface Entry {
  readonly code: string;
  readonly valueDay: Day;
  readonly debit: Posting;
  readonly credits: readonly [Posting] | readonly [Posting, Posting];
}

/**
 * The journal of a document: a row for each sum of money and each treatment of VAT. With accounts of customers the sale is a
 * row of its own for each treatment, and the money pays it. Source: docs/reference/hashavshevet.md, "Rows".
 */
export function entriesOf(
  row: BookedRow,
  settings: HashavshevetSettings,
  timeZone: string,
): readonly Entry[] {
  const money = moneyOf(row, settings, timeZone);
  const sales = salesOf(row, settings);
  const customer = accountOfCustomer(row, settings);
  if (customer === null) return pair(money, sales).map((part) => toEntry(row, settings, part));
  const whole = { account: customer, amount: row.total, valueDay: row.documentDate };
  const code = row.type.startsWith('credit') ? saleCode(row, settings) : settings.receiptCode;
  return [
    ...pair([whole], sales).map((part) => toEntry(row, settings, part)),
    ...money.map((paid): Entry => {
      const amount = signed(row, paid.amount);
      return {
        code,
        valueDay: paid.valueDay,
        debit: { account: paid.account, amount },
        credits: [{ account: customer, amount }],
      };
    }),
  ];
}

/** The account of a document's customer; null where money goes straight to income. */
export function accountOfCustomer(
  { content: { customer } }: Pick<BookedRow, 'content'>,
  { customers, customerAccount }: HashavshevetSettings,
): string | null {
  return customers === 'each' ? customerKey(customer) : customerAccount;
}

interface Money extends Posting {
  readonly valueDay: Day;
}

function moneyOf(row: BookedRow, settings: HashavshevetSettings, timeZone: string): readonly Money[] {
  const { content, documentDate } = row;
  const paidDay = moneyDay({ paidAt: content.paidAt, documentDate }, timeZone);
  return sumsOf(row, timeZone).map(({ method, amount, dueDay }) => ({
    account: cashBoxOf(settings, method, row.provider),
    amount,
    valueDay: dueDay ?? paidDay,
  }));
}

/** What a document sells under one treatment: `amount` with its VAT. */
interface Sale extends Posting {
  readonly vat: number;
}

function salesOf(row: BookedRow, settings: HashavshevetSettings): readonly Sale[] {
  const { taxable, zeroRated, exempt } = byTreatment(row);
  return [
    { account: settings.income, amount: taxable + row.vat, vat: row.vat },
    { account: settings.incomeZeroRated, amount: zeroRated, vat: 0 },
    { account: settings.incomeExempt, amount: exempt, vat: 0 },
  ];
}

interface Part {
  readonly money: Money;
  readonly sale: Posting;
  readonly amount: number;
  readonly vat: number;
}

/**
 * Matches money with what it pays, both in their order, so that each part is of one sum and one sale, and no agora is lost.
 * The VAT of a sale is shared out by its parts.
 */
function pair(money: readonly Money[], sales: readonly Sale[]): readonly Part[] {
  const parts: Part[] = [];
  const left = money.map(({ amount }) => amount);
  let at = 0;
  for (const sale of sales) {
    let paid = 0;
    while (paid < sale.amount) {
      const next = money[at];
      if (next === undefined) throw new RangeError('the means of the document do not come to its total');
      const amount = Math.min(left[at] ?? 0, sale.amount - paid);
      const vat = vatUpTo(sale, paid + amount) - vatUpTo(sale, paid);
      if (amount > 0) parts.push({ money: next, sale, amount, vat });
      paid += amount;
      left[at] = (left[at] ?? 0) - amount;
      if (left[at] === 0) at += 1;
    }
  }
  return parts;
}

/** The VAT in the first agorot of a sale, half up. */
function vatUpTo({ amount, vat }: Sale, paid: number): number {
  return Number((BigInt(paid) * BigInt(vat) * 2n + BigInt(amount)) / (BigInt(amount) * 2n));
}

function toEntry(row: BookedRow, settings: HashavshevetSettings, part: Part): Entry {
  const income = {
    account: part.sale.account,
    amount: signed(row, sumMinor([part.amount, 0 - part.vat])),
  };
  const vat = { account: settings.vat, amount: signed(row, part.vat) };
  return {
    code: saleCode(row, settings),
    valueDay: part.money.valueDay,
    debit: { account: part.money.account, amount: signed(row, part.amount) },
    credits: part.vat === 0 ? [income] : [income, vat],
  };
}

function saleCode({ type }: BookedRow, settings: HashavshevetSettings): string {
  if (type === 'tax_invoice_receipt' || type === 'tax_invoice') return settings.invoiceCode;
  return type === 'credit_invoice' ? settings.creditCode : settings.receiptCode;
}

const signed = ({ type }: BookedRow, amount: number): number =>
  type.startsWith('credit') ? 0 - amount : amount;
