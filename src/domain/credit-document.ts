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

/** What a credit document is made of. Amounts minor units. */
export interface CreditSource {
  readonly original: CreditedDocument;
  /** Splits of the credit documents that were issued before this one. */
  readonly earlier: readonly VatSplit[];
  readonly amount: number;
  readonly means: readonly Means[];
  readonly reason: string;
  readonly refundedAt: Date;
  readonly timeZone: string;
  readonly booksClosedThrough: Day | null;
}

/**
 * Draws up the document of money given back, from frozen content alone: the issuer and customer as they were, the
 * original's rate, positive amounts. The last of several takes what is left, so that all credits together are the original.
 */
export function draftCredit(source: CreditSource): DraftDocument {
  const { original } = source;
  const day = dayInZone(source.refundedAt, source.timeZone);
  const documentDate = openDay(day, source.booksClosedThrough);
  const split = creditSplit(source);
  return {
    type: creditTypeOf(original.type),
    status: 'issued',
    documentDate,
    currency: original.currency,
    split,
    content: {
      ...original.content,
      templateVersion: TEMPLATE_VERSION,
      lines: creditLines(source),
      pricesIncludeVat: true,
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

function creditSplit({ original, earlier, amount }: CreditSource): VatSplit {
  const { split } = original;
  const vatLeft = split.vat - sumMinor(earlier.map((credit) => credit.vat));
  const isLast = sumMinor(earlier.map(({ total }) => total)) + amount === split.total;
  const ofThisPart = splitInclusive(taxedShare(original, amount), split.rateBp).vat;
  const vat = isLast ? vatLeft : Math.min(ofThisPart, vatLeft);
  return { net: amount - vat, vat, total: amount, rateBp: split.rateBp };
}

/** Of a document with untaxed lines too, a part given back is taxed in the proportion of the whole. */
function taxedShare({ split, content }: CreditedDocument, amount: number): number {
  const untaxed = untaxedIn(content.lines);
  if (untaxed === 0) return amount;
  const total = BigInt(split.total);
  return Number((BigInt(amount) * BigInt(split.total - untaxed) * 2n + total) / (total * 2n));
}

/** The original's lines where all of it goes back at once, else one line of the sum. */
function creditLines({ original, earlier, amount }: CreditSource): DocumentLine[] {
  const { content, split } = original;
  if (earlier.length === 0 && amount === split.total && content.pricesIncludeVat) return [...content.lines];
  const [first] = content.lines;
  const description =
    content.lines.length === 1 && first ? first.description : CREDIT_OF_SEVERAL[content.locale];
  const vatTreatment = first?.vatTreatment ?? 'standard';
  return [{ description, quantity: 1, unitPrice: amount, total: amount, vatTreatment }];
}

const CREDIT_OF_SEVERAL = { he: 'זיכוי חלקי', en: 'Partial credit' } as const;
