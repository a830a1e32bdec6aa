import { divideRounded, minorDigits, toMinor, toScaled } from '../decimal.ts';
import { isFields } from '../fields.ts';
import { vatWithin } from '../israel.ts';
import type { Fields } from '../ledger/records.ts';

/** Integer minor units; net + vat = total, and `exempt` is the part of net without VAT. */
export interface Totals {
  net: number;
  vat: number;
  exempt: number;
  total: number;
}

const ROW_VAT = { added: 0, included: 1, exempt: 2 } as const;
/** Maximum decimals of the price and the quantity of a row. */
const ROW_DIGITS = 4;

/**
 * The totals of the rows. Rows of one kind are added exactly and rounded once. `isExempt`: no row has VAT, whatever
 * it says. Null if a price or quantity has more than four decimals.
 * Source: docs/reference/green-invoice.md, "VAT of rows".
 */
export function toTotals(
  income: readonly Fields[],
  currency: string,
  rateBp: number,
  isExempt: boolean,
): Totals | null {
  const kinds = { added: 0n, included: 0n, exempt: 0n };
  for (const row of income) {
    const price = toScaled(row['price'], ROW_DIGITS);
    const quantity = toScaled(row['quantity'], ROW_DIGITS);
    if (price === null || quantity === null) return null;
    kinds[isExempt ? 'exempt' : toKind(row['vatType'])] += price * quantity;
  }
  const perMinor = 10n ** BigInt(2 * ROW_DIGITS - minorDigits(currency));
  const net = divideRounded(kinds.added, perMinor);
  const gross = divideRounded(kinds.added * BigInt(10_000 + rateBp), perMinor * 10_000n);
  const included = divideRounded(kinds.included, perMinor);
  const exempt = divideRounded(kinds.exempt, perMinor);
  const vat = gross - net + vatWithin(included, rateBp);
  const total = gross + included + exempt;
  return { net: Number(total - vat), vat: Number(vat), exempt: Number(exempt), total: Number(total) };
}

/**
 * The rows after the discount of the document, which reduces the prices as given and is shown as separate rows, each
 * kind in proportion.
 * Source: docs/reference/green-invoice.md, "Fields of a document".
 */
export function toDiscounted(income: readonly Fields[], discount: unknown): readonly Fields[] {
  if (!isFields(discount)) return income;
  const sum = income.reduce((all, row) => all + Number(row['price']) * Number(row['quantity']), 0);
  const amount = Number(discount['amount']);
  const share = discount['type'] === 'percentage' ? amount / 100 : amount / sum;
  const lessOf = (row: Fields) =>
    -Math.round(Number(row['price']) * Number(row['quantity']) * share * 100) / 100;
  return [...income, ...income.map((row) => ({ ...row, quantity: 1, price: lessOf(row) }))];
}

/** The sum of the payments in minor units, or null if one has more decimals than the currency. */
export function sumPayments(payments: readonly Fields[], currency: string): number | null {
  let sum = 0;
  for (const payment of payments) {
    const price = toMinor(payment['price'], currency);
    if (price === null) return null;
    sum += price;
  }
  return sum;
}

function toKind(vatType: unknown): keyof typeof ROW_VAT {
  if (vatType === ROW_VAT.included) return 'included';
  return vatType === ROW_VAT.exempt ? 'exempt' : 'added';
}
