import { dayInZone } from './calendar.ts';
import type { Day } from './calendar.ts';
import { faultOfItems, hasMixedLines, leftByLine, restOf } from './credit-lines.ts';
import type { CreditItem, LinedDocument } from './credit-lines.ts';
import { TEMPLATE_VERSION } from './document-content.ts';
import type { DocumentContent, DraftDocument } from './document-content.ts';
import { dayOfMoney, documentDay } from './document-day.ts';
import type { OpenDays } from './document-day.ts';
import { untaxedIn } from './document-lines.ts';
import type { DocumentLine } from './document-lines.ts';
import type { Means } from './means.ts';
import { sumMinor } from './money.ts';
import type { Currency } from './money.ts';
import { unitPriceOf } from './quantity.ts';
import { creditShekelSums } from './shekel-sums.ts';
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
export interface CreditSource extends OpenDays {
  readonly original: CreditedDocument;
  /** Earlier credit documents that were not reversed. */
  readonly earlier: readonly LinedDocument[];
  readonly amount: number;
  /** What of each line is credited. Required for a part of a document with mixed VAT, unless it is all that is left. */
  readonly items: readonly CreditItem[] | null;
  readonly means: readonly Means[];
  readonly reason: string;
  readonly refundedAt: Date;
  /** When the document is made. */
  readonly issuedAt: Date;
  readonly timeZone: string;
}

/**
 * Makes the credit document of a refund from frozen content alone: issuer and customer as they were, the rate of the
 * original, positive amounts. The legal credits of an original add up to exactly the original. None is dated before
 * it, even if the vendor's clock or closed books suggest an earlier day.
 * @throws RangeError if the amount is more than the earlier credits left, or the lines are missing or wrong
 */
export function draftCredit(source: CreditSource): DraftDocument {
  const { original } = source;
  const day = dayOfMoney(source.refundedAt, source.issuedAt, source.timeZone);
  const today = dayInZone(source.issuedAt, source.timeZone);
  const { booksClosedThrough, vatReturn = null } = source;
  const own = documentDay({ movedOn: day, today, booksClosedThrough, vatReturn });
  const documentDate = own < original.documentDate ? original.documentDate : own;
  const left = leftOf(source);
  if (source.amount > left) throw new RangeError(`a credit of ${source.amount} where ${left} are left`);
  const isWhole = source.earlier.length === 0 && source.amount === original.split.total;
  const parts = partLines(source);
  // Health funds need the patient's name on a receipt. Nobody needs it on a credit.
  const { treated: _treated, ils: _ils, ...content } = original.content;
  const credit = {
    type: creditTypeOf(original.type),
    status: 'issued',
    documentDate,
    currency: original.currency,
    split: creditSplit(source, taxedIn(parts)),
    content: {
      ...content,
      templateVersion: TEMPLATE_VERSION,
      lines: isWhole ? original.content.lines : parts,
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
  } as const;
  return { ...credit, content: { ...credit.content, ...shekelsOf(credit, source) } };
}

/** In shekels at the rate of the original, once it and the earlier credits have theirs. */
function shekelsOf(credit: DraftDocument, { original, earlier }: CreditSource) {
  const { ils } = original.content;
  const before = earlier.flatMap(({ split, content }) =>
    content.ils === undefined ? [] : [{ split, ils: content.ils }],
  );
  if (ils === undefined || before.length < earlier.length) return {};
  return { ils: creditShekelSums(credit, ils, before) };
}

/** What the earlier credits left of the document, minor units. */
function leftOf({ original, earlier }: Pick<CreditSource, 'earlier'> & { original: LinedDocument }): number {
  return original.split.total - sumMinor(earlier.map(({ split }) => split.total));
}

/** Whether a credit of this amount can only be made by a person who names its lines. */
export function lacksLines({
  original,
  earlier,
  amount,
  items,
}: Pick<CreditSource, 'earlier' | 'amount' | 'items'> & { readonly original: LinedDocument }): boolean {
  if (amount === leftOf({ original, earlier })) return false;
  if (items === null) return hasMixedLines(original);
  return faultOfItems(original, leftByLine(original, earlier), items, amount) !== null;
}

/** VAT of the taxed part, minor units. */
function creditSplit(source: CreditSource, taxed: number): VatSplit {
  const { original, amount } = source;
  const own = vatOf(original, taxed);
  // Beside a confirmation, the legal credit is the service's, which computes VAT for each document on its own.
  const vat =
    original.type === 'payment_confirmation'
      ? own
      : nearestPossible(withoutDrift(own, source, taxed), source, taxed);
  return { net: amount - vat, vat, total: amount, rateBp: taxed === 0 ? 0 : original.split.rateBp };
}

const vatOf = (original: CreditedDocument, taxed: number): number =>
  splitInclusive(taxed, original.split.rateBp).vat;

/** How far the VAT of all credits may be from the VAT of their sum, in minor units. */
const MOST_DRIFT = 1;

/**
 * Each credit rounds on its own, and so many small ones would all round the same way. Source:
 * docs/reference/israel-tax.md, "Rounding of VAT".
 */
function withoutDrift(vat: number, { original, earlier }: CreditSource, taxed: number): number {
  const credited = sumMinor(earlier.map(taxedOf));
  const exact = vatOf(original, credited + taxed) - sumMinor(earlier.map(({ split }) => split.vat));
  return Math.max(exact - MOST_DRIFT, Math.min(vat, exact + MOST_DRIFT));
}

/**
 * Of the taxed part, neither net nor VAT may fall below zero, here or in what is left. So the last credit takes exactly
 * the rest.
 */
function nearestPossible(vat: number, { original, earlier }: CreditSource, taxed: number): number {
  const vatLeft = original.split.vat - sumMinor(earlier.map(({ split }) => split.vat));
  const taxedLeft = taxedOf(original) - sumMinor(earlier.map(taxedOf));
  return Math.max(0, taxed - (taxedLeft - vatLeft), Math.min(vat, taxed, vatLeft));
}

const taxedOf = ({ split, content }: LinedDocument): number => split.total - untaxedIn(content.lines);

const taxedIn = (lines: readonly DocumentLine[]): number =>
  sumMinor(lines.map(({ total }) => total)) - untaxedIn(lines);

/** The lines that go back, or one line with the refunded sum. */
function partLines(source: CreditSource): DocumentLine[] {
  const { original, amount } = source;
  const { lines, locale } = original.content;
  const items = itemsOf(source);
  if (items !== null) return items.map((item) => creditLine(lines, item));
  const [first, ...others] = lines;
  const isOnly = first !== undefined && others.length === 0;
  const description = isOnly ? first.description : CREDIT_OF_SEVERAL[locale];
  const vatTreatment = first?.vatTreatment ?? 'standard';
  return [{ description, quantity: 1, unitPrice: amount, total: amount, vatTreatment }];
}

/** The named lines; of mixed VAT, all that is left names them by itself. */
function itemsOf({ original, earlier, amount, items }: CreditSource): readonly CreditItem[] | null {
  const isRest = amount === leftOf({ original, earlier });
  if (items === null && !hasMixedLines(original)) return null;
  const left = leftByLine(original, earlier);
  const faultOf = (named: readonly CreditItem[]) => faultOfItems(original, left, named, amount);
  if (items !== null && faultOf(items) === null) return items;
  const named = isRest ? restOf(left) : items;
  if (named === null) throw new RangeError('a part of a document with mixed VAT names its lines');
  const fault = faultOf(named);
  if (fault !== null) throw new RangeError(`${fault.pointer}: ${fault.detail}`);
  return named;
}

function creditLine(
  lines: readonly DocumentLine[],
  { line, quantity = 1, amount }: CreditItem,
): DocumentLine {
  const of = lines[line - 1];
  if (of === undefined) throw new RangeError(`the document has no line ${line}`);
  const { description, vatTreatment } = of;
  const unitPrice = unitPriceOf(amount, quantity);
  if (unitPrice === null) throw new RangeError(`${amount} is no whole price for each of ${quantity} units`);
  return {
    description,
    quantity,
    unitPrice,
    total: amount,
    vatTreatment,
    creditsLine: line,
  };
}

const CREDIT_OF_SEVERAL = { he: 'זיכוי חלקי', en: 'Partial credit' } as const;
