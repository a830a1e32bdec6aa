import { dayInZone } from './calendar.ts';
import type { Day } from './calendar.ts';
import { openDay, TEMPLATE_VERSION } from './document-content.ts';
import type { DocumentContent, DraftDocument } from './document-content.ts';
import { untaxedIn } from './document-lines.ts';
import type { DocumentLine } from './document-lines.ts';
import type { Means } from './means.ts';
import { sumMinor } from './money.ts';
import type { Currency } from './money.ts';
import { creditTypeOf } from './tax-document.ts';
import type { DocumentType } from './tax-document.ts';
import { splitInclusive } from './vat.ts';
import type { VatSplit } from './vat.ts';

/** The document that is credited, as it was issued. */
export interface CreditedDocument {
  readonly type: DocumentType;
  readonly displayNumber: string;
  readonly documentDate: Day;
  readonly currency: Currency;
  readonly split: VatSplit;
  readonly content: DocumentContent;
}

/** Input of a credit document. Amounts are minor units. */
export interface CreditSource {
  readonly original: CreditedDocument;
  /** Splits of earlier credit documents that were not reversed. */
  readonly earlier: readonly VatSplit[];
  readonly amount: number;
  readonly means: readonly Means[];
  readonly reason: string;
  readonly refundedAt: Date;
  readonly timeZone: string;
  readonly booksClosedThrough: Day | null;
}

/**
 * Makes the credit document of a refund from frozen content alone: issuer and customer as they were, the rate of the
 * original, positive amounts. The legal credits of an original add up to exactly the original. None is dated before
 * it, even if the vendor's clock or closed books suggest an earlier day.
 * @throws RangeError if the amount is more than the earlier credits left
 */
export function draftCredit(source: CreditSource): DraftDocument {
  const { original } = source;
  const day = dayInZone(source.refundedAt, source.timeZone);
  const notBefore = day < original.documentDate ? original.documentDate : day;
  const documentDate = openDay(notBefore, source.booksClosedThrough);
  const left = original.split.total - sumMinor(source.earlier.map(({ total }) => total));
  if (source.amount > left) throw new RangeError(`a credit of ${source.amount} where ${left} are left`);
  const isWhole = source.earlier.length === 0 && source.amount === original.split.total;
  return {
    type: creditTypeOf(original.type),
    status: 'issued',
    documentDate,
    currency: original.currency,
    split: creditSplit(source),
    content: {
      ...original.content,
      templateVersion: TEMPLATE_VERSION,
      lines: isWhole ? original.content.lines : partLines(source),
      pricesIncludeVat: isWhole ? original.content.pricesIncludeVat : true,
      means: source.means,
      paidAt: source.refundedAt.toISOString(),
      serviceDate: null,
      movedFromDay: documentDate === day ? null : day,
      credits: {
        type: original.type,
        displayNumber: original.displayNumber,
        documentDate: original.documentDate,
      },
      refundReason: source.reason,
    },
  };
}

function creditSplit(source: CreditSource): VatSplit {
  const { original, amount } = source;
  const own = vatOf(original, amount);
  // Beside a confirmation, the legal credit is the service's, which computes VAT for each document on its own.
  const vat =
    original.type === 'payment_confirmation' ? own : nearestPossible(withoutDrift(own, source), source);
  return { net: amount - vat, vat, total: amount, rateBp: original.split.rateBp };
}

const vatOf = (original: CreditedDocument, amount: number): number =>
  splitInclusive(taxedShare(original, amount), original.split.rateBp).vat;

/** How far the VAT of all credits may be from the VAT of their sum, in minor units. */
const MOST_DRIFT = 1;

/**
 * Each credit rounds on its own, and so many small ones would all round the same way. Source:
 * docs/reference/israel-tax.md, "Rounding of VAT".
 */
function withoutDrift(vat: number, { original, earlier, amount }: CreditSource): number {
  const credited = sumMinor(earlier.map(({ total }) => total));
  const exact = vatOf(original, credited + amount) - sumMinor(earlier.map((credit) => credit.vat));
  return Math.max(exact - MOST_DRIFT, Math.min(vat, exact + MOST_DRIFT));
}

/** Neither net nor VAT may fall below zero, here or in what is left. So the last credit takes exactly the rest. */
function nearestPossible(vat: number, { original, earlier, amount }: CreditSource): number {
  const netLeft = original.split.net - sumMinor(earlier.map((credit) => credit.net));
  const vatLeft = original.split.vat - sumMinor(earlier.map((credit) => credit.vat));
  return Math.max(0, amount - netLeft, Math.min(vat, amount, vatLeft));
}

/** If the original also has untaxed lines, a partial refund is taxed in the proportion of the whole. */
function taxedShare({ split, content }: CreditedDocument, amount: number): number {
  const untaxed = untaxedIn(content.lines);
  if (untaxed === 0) return amount;
  const total = BigInt(split.total);
  return Number((BigInt(amount) * BigInt(split.total - untaxed) * 2n + total) / (total * 2n));
}

/** One line with the refunded sum, or two if one part of it has VAT and the other has none. */
function partLines({ original, amount }: CreditSource): DocumentLine[] {
  const { lines, locale } = original.content;
  const description = (lines.length === 1 ? lines[0]?.description : undefined) ?? CREDIT_OF_SEVERAL[locale];
  const taxed = taxedShare(original, amount);
  const untaxedKind = lines.find((line) => line.vatTreatment !== 'standard')?.vatTreatment ?? 'exempt';
  const parts = [
    { total: taxed, vatTreatment: 'standard' },
    { total: amount - taxed, vatTreatment: untaxedKind },
  ] as const;
  return parts
    .filter(({ total }) => total > 0)
    .map((part) => ({ description, quantity: 1, unitPrice: part.total, ...part }));
}

const CREDIT_OF_SEVERAL = { he: 'זיכוי חלקי', en: 'Partial credit' } as const;
