import type { Day } from './calendar.ts';
import { shareOut } from './document-lines.ts';
import type { DocumentLine } from './document-lines.ts';
import type { Means } from './means.ts';
import { exponentOf, sumMinor, toMajorText } from './money.ts';
import type { Currency } from './money.ts';
import type { VatSplit } from './vat.ts';
import type { DealerType } from './workspace.ts';

/** Decimals of an exchange rate: it is an integer of millionths of a shekel for one whole unit of the currency. */
export const RATE_DECIMALS = 6;
const MILLION = 10n ** BigInt(RATE_DECIMALS);

/** What a currency is worth on a day, in millionths of a shekel: 3.7152 is 3715200. */
export interface ExchangeRate {
  readonly rate: number;
  readonly day: Day;
}

/**
 * A document in another currency, in shekels: frozen with it, so that reports and files need no arithmetic of their own.
 * Sums in agorot; net and VAT are the total, and lines and means add up as those of the document do.
 */
export interface ShekelSums {
  /** Millionths of a shekel. */
  readonly rate: number;
  readonly rateDay: Day;
  readonly net: number;
  readonly vat: number;
  readonly total: number;
  readonly lines: readonly DocumentLine[];
  readonly means: readonly Means[];
  /** What the document itself says, in its own currency. */
  readonly foreign: { readonly currency: Currency; readonly total: number };
}

/** The books of an Israeli dealer are in shekels, whatever the currency of a document. */
export function needsShekels(
  currency: Currency,
  { dealerType }: { readonly dealerType: DealerType },
): boolean {
  return currency !== 'ILS' && dealerType !== 'foreign';
}

/**
 * For how many days after its own a rate may stay the last known one: none is published on weekends and holidays.
 * Source: docs/reference/israel-tax.md, "Other currencies".
 */
export const RATE_KNOWN_FOR_DAYS = 7;

/** A document's sums in agorot; null while they are not known. */
export function inShekels<Sums>(document: {
  readonly currency: Currency;
  readonly split: Sums;
  readonly content: { readonly ils?: ShekelSums };
}): Sums | ShekelSums | null {
  return document.currency === 'ILS' ? document.split : (document.content.ils ?? null);
}

/** A rate as people write it: 3715200 → "3.7152". */
export function toRateNumber(rate: number): string {
  return toMajorText(rate, RATE_DECIMALS).replace(/\.?0+$/, '');
}

/** Minor units of a currency in agorot, half up, by exact arithmetic. @throws RangeError if it is beyond 2^53−1 */
export function toAgorot(minor: number, currency: Currency, rate: number): number {
  const unit = 10n ** BigInt(exponentOf(currency)) * MILLION;
  const exact = BigInt(minor) * BigInt(rate) * 10n ** BigInt(exponentOf('ILS'));
  const agorot = Number((exact * 2n + unit) / (unit * 2n));
  if (!Number.isSafeInteger(agorot)) throw new RangeError(`${minor} of ${currency} is too large in shekels`);
  return agorot;
}

/** What is converted: a document's own sums, lines and means. */
interface Converted {
  readonly currency: Currency;
  readonly split: Pick<VatSplit, 'net' | 'vat' | 'total'>;
  readonly content: {
    readonly lines: readonly DocumentLine[];
    readonly means: readonly Means[];
    readonly pricesIncludeVat: boolean;
  };
}

/** The sums of a document at a rate: total and VAT are rounded once each, and the net is what lies between. */
export function shekelSums(document: Converted, rate: ExchangeRate): ShekelSums {
  const { currency, split } = document;
  const total = toAgorot(split.total, currency, rate.rate);
  return partsIn(document, rate, { total, vat: toAgorot(split.vat, currency, rate.rate) });
}

/** A credit with its sums in shekels. */
export interface ConvertedCredit {
  readonly split: Pick<VatSplit, 'vat' | 'total'>;
  readonly ils: ShekelSums;
}

/**
 * The sums of a credit at the rate of its original: with the earlier credits, they come to what the credited part of the
 * original was. Of total, VAT and net none exceeds what is left, so credits of all of it come to exactly its shekels.
 * @param earlier those that were not reversed
 */
export function creditShekelSums(
  document: Converted,
  original: ShekelSums,
  earlier: readonly ConvertedCredit[],
): ShekelSums {
  const taken = (own: 'total' | 'vat'): number => sumMinor(earlier.map(({ ils }) => ils[own]));
  const upTo = (own: 'total' | 'vat'): number => {
    const credited = sumMinor(earlier.map(({ split }) => split[own])) + document.split[own];
    return toAgorot(credited, document.currency, original.rate) - taken(own);
  };
  const [totalLeft, vatLeft] = [original.total - taken('total'), original.vat - taken('vat')];
  const total = Math.max(0, Math.min(upTo('total'), totalLeft));
  const vat = Math.max(0, total - (totalLeft - vatLeft), Math.min(upTo('vat'), total, vatLeft));
  return partsIn(document, { rate: original.rate, day: original.rateDay }, { total, vat });
}

function partsIn(
  { currency, split, content }: Converted,
  { rate, day }: ExchangeRate,
  { total, vat }: { readonly total: number; readonly vat: number },
): ShekelSums {
  const net = total - vat;
  const of = (minor: number): number => toAgorot(minor, currency, rate);
  const totals = shareOut(
    content.pricesIncludeVat ? total : net,
    content.lines.map((line) => line.total),
  );
  const amounts = shareOut(
    total,
    content.means.map((one) => one.amount),
  );
  return {
    rate,
    rateDay: day,
    net,
    vat,
    total,
    lines: content.lines.map((line, at) => ({
      ...line,
      unitPrice: of(line.unitPrice),
      ...(line.discount === undefined ? {} : { discount: of(line.discount) }),
      ...(line.documentDiscount === undefined ? {} : { documentDiscount: of(line.documentDiscount) }),
      total: totals[at] ?? 0,
    })),
    means: content.means.map((one, at) => ({
      ...one,
      amount: amounts[at] ?? 0,
      firstAmount: one.firstAmount === null ? null : of(one.firstAmount),
      restAmount: one.restAmount === null ? null : of(one.restAmount),
    })),
    foreign: { currency, total: split.total },
  };
}
