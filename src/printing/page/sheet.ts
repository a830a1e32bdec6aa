import type { Day } from '../../domain/calendar.ts';
import { mayIssueTaxInvoice } from '../../domain/tax-document.ts';
import { createTypesetter } from '../../typesetter.ts';
import type { Typesetter } from '../../typesetter.ts';
import { toAmountText, toDayText } from './figures.ts';
import { LABELS } from './labels.ts';
import type { Labels } from './labels.ts';
import { html } from '../../markup.ts';
import type { Markup } from '../../markup.ts';
import type { PrintableDocument } from '../printable-document.ts';

/** Picks a word out of a language's. */
export type Word = (labels: Labels) => string;

/** A document with the words and the hand that set it: what every part of the page is made from. */
export interface Sheet extends Typesetter {
  readonly document: PrintableDocument;
  /** The languages of its own words: the page's first. */
  readonly languages: readonly Labels[];
  /** A word of ours, in every language of the document. */
  readonly say: (word: Word) => Markup;
  /** Whether the dealer may show VAT at all (docs/reference/israel-tax.md, "Who issues what"). */
  readonly saysVat: boolean;
  /** Minor units of the document's currency. */
  readonly amount: (minor: number) => Markup;
  readonly day: (day: Day) => Markup;
}

/**
 * Takes up a document for setting. A Hebrew one is Hebrew alone. An English one of an Israeli dealer is bilingual, each
 * word of ours in English with the Hebrew beside it: the customer reads it, and so does the tax office. Of a foreign
 * dealer it is English alone.
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
    saysVat: mayIssueTaxInvoice(issuer),
    amount: (minor) => typesetter.figure(toAmountText(minor, document.currency)),
    day: (day) => typesetter.figure(toDayText(day, locale)),
  };
}

/** The mark behind the Hebrew keeps a figure that follows from being read as its part. */
function inBoth({ text }: Typesetter, word: Word): Markup {
  const [english, hebrew] = [word(LABELS.en), word(LABELS.he)];
  if (english === hebrew) return text(english);
  return html`${text(english)} <span lang="he" class="beside">${text(hebrew)}<i>‎</i></span>`;
}
