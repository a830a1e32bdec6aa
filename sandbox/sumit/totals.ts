import { divideRounded, minorDigits, toScaled } from '../decimal.ts';
import { vatWithin } from '../israel.ts';
import type { Fields } from '../ledger/records.ts';
import { toDocumentMinor, toDocumentSum } from './prices.ts';

const DIGITS = 4;

/** How the rows of a document have VAT. */
export interface VatRules {
  rateBp: number;
  /** No row has VAT: an exempt business, or a customer without VAT. */
  isExempt: boolean;
  isIncluded: boolean;
  /** Each row has its own VAT. */
  isPerItem: boolean;
}

/** Integer minor units. */
export interface Totals {
  net: number;
  vat: number;
  total: number;
  /** VAT of each row. */
  vats: number[];
}

/** The totals of the rows, or null if a number has too many decimals. */
export function toTotals(items: readonly Fields[], currency: string, rules: VatRules): Totals | null {
  const rows = items.map((item) => toRow(item, currency, rules));
  if (rows.some((row) => row === null)) return null;
  const sum = (pick: (row: Row) => number) => rows.reduce((total, row) => total + (row ? pick(row) : 0), 0);
  const vat = sum((row) => row.vat);
  const total = sum((row) => row.gross);
  return { net: total - vat, vat, total, vats: rows.map((row) => row?.vat ?? 0) };
}

interface Row {
  gross: number;
  vat: number;
}

function toRow(item: Fields, currency: string, rules: VatRules): Row | null {
  const price = toDocumentSum(item, 'UnitPrice', currency);
  const quantity = toScaled(item['Quantity'] ?? 1, DIGITS);
  if (price === null || quantity === null) return null;
  const sum = divideRounded(price * quantity, 10n ** BigInt(2 * DIGITS - minorDigits(currency)));
  const vat = vatOf(item, sum, currency, rules);
  return vat === null ? null : { gross: Number(rules.isIncluded ? sum : sum + vat), vat: Number(vat) };
}

function vatOf(item: Fields, sum: bigint, currency: string, rules: VatRules): bigint | null {
  if (rules.isExempt) return 0n;
  if (rules.isPerItem) {
    const given = toDocumentMinor(item, 'VAT', currency);
    return given === null ? null : BigInt(given);
  }
  return rules.isIncluded ? vatWithin(sum, rules.rateBp) : divideRounded(sum * BigInt(rules.rateBp), 10_000n);
}
