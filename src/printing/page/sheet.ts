import type { Day } from '../../domain/calendar.ts';
import { isConfirmation, mayIssueTaxInvoice } from '../../domain/tax-document.ts';
import { createTypesetter } from '../../typesetter.ts';
import type { Typesetter } from '../../typesetter.ts';
import { toAmountText, toDayText } from './figures.ts';
import { LABELS } from './labels.ts';
import type { Labels } from './labels.ts';
import { html } from '../../markup.ts';
import type { Markup } from '../../markup.ts';
import type { PrintableDocument } from './printable-document.ts';

/** Selects a word of a language. */
export type Word = (labels: Labels) => string;

/** A document with its words and typesetter, from which every part of the page is made. */
export interface Sheet extends Typesetter {
  readonly document: PrintableDocument;
  /** The languages of its fixed words, the page's own first. */
  readonly languages: readonly Labels[];
  /** A fixed word in every language of the document. */
  readonly say: (word: Word) => Markup;
  /** A paper beside the legal document of an invoice service: no original and no copy, no VAT, no words of a dealer. */
  readonly isConfirmation: boolean;
  /**
   * Whether the document may show VAT at all (docs/reference/israel-tax.md, "Who issues what"). The receipt of post-dated
   * cheques does not: its tax invoice does.
   */
  readonly saysVat: boolean;
  /** Minor units of the document's currency. */
  readonly amount: (minor: number) => Markup;
  readonly day: (day: Day) => Markup;
}

/**
 * Prepares a document for printing. A Hebrew one is in Hebrew only. An English one of an Israeli dealer is bilingual,
 * with each fixed word in English and Hebrew: the customer and the tax office both read it. One of a foreign dealer
 * is in English only.
 */
export function createSheet(document: PrintableDocument): Sheet {
  const { locale, issuer } = document.content;
  const typesetter = createTypesetter(locale === 'he' ? 'rtl' : 'ltr');
  const isBilingual = locale === 'en' && issuer.dealerType !== 'foreign';
  return {
    ...typesetter,
    document,
    languages: isBilingual ? [LABELS.en, LABELS.he] : [LABELS[locale]],
    say: (word) => (isBilingual ? inBoth(typesetter, word) : typesetter.text(word(LABELS[locale]))),
    isConfirmation: isConfirmation(document.type),
    saysVat:
      mayIssueTaxInvoice(issuer) &&
      !isConfirmation(document.type) &&
      document.content.invoiceDueOn === undefined,
    amount: (minor) => typesetter.figure(toAmountText(minor, document.currency)),
    day: (day) => typesetter.figure(toDayText(day, locale)),
  };
}

/** The mark after the Hebrew keeps a following figure from being read as part of it. */
function inBoth({ text }: Typesetter, word: Word): Markup {
  const [english, hebrew] = [word(LABELS.en), word(LABELS.he)];
  if (english === hebrew) return text(english);
  return html`${text(english)} <span lang="he" class="beside">${text(hebrew)}<i>‎</i></span>`;
}
