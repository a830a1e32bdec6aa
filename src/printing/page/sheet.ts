import type { Day } from '../../domain/calendar.ts';
import { isConfirmation, mayIssueTaxInvoice } from '../../domain/tax-document.ts';
import { createTypesetter } from '../../typesetter.ts';
import type { Typesetter } from '../../typesetter.ts';
import { toAmountText, toDayText } from './figures.ts';
import { LABELS } from './labels.ts';
import type { Labels } from './labels.ts';
import type { Locale } from '../../domain/workspace.ts';
import { html } from '../../markup.ts';
import type { Markup } from '../../markup.ts';
import type { PrintableDocument } from './printable-document.ts';

/** Selects a word of a language. */
export type Word = (labels: Labels) => string;

/** One language of a document: its words, its direction, and how it writes figures. */
export interface Voice extends Typesetter {
  readonly labels: Labels;
  /** Minor units of the document's currency. */
  readonly amount: (minor: number) => Markup;
  readonly day: (day: Day) => Markup;
}

/** A document with its words and typesetter, from which every part of the page is made. Its own voice is the page's. */
export interface Sheet extends Voice {
  readonly document: PrintableDocument;
  /** The languages of its fixed words, the page's own first. */
  readonly languages: readonly Labels[];
  /** A fixed word in every language of the document, each on a line of its own. */
  readonly say: (word: Word) => Markup;
  /** A whole line in every language: no line mixes two. Null of a language leaves its line out. */
  readonly inEach: (line: (voice: Voice) => Markup | null) => Markup;
  /** A paper beside the legal document of an invoice service: no original and no copy, no VAT, no words of a dealer. */
  readonly isConfirmation: boolean;
  /**
   * Whether the document may show VAT at all (docs/reference/israel-tax.md, "Who issues what"). The receipt of post-dated
   * cheques does not: its tax invoice does.
   */
  readonly saysVat: boolean;
}

/**
 * Prepares a document for printing. A Hebrew one is in Hebrew only. An English one of an Israeli dealer is bilingual,
 * with each fixed word in English and Hebrew: the customer and the tax office both read it. One of a foreign dealer
 * is in English only.
 */
export function createSheet(document: PrintableDocument): Sheet {
  const { locale, issuer } = document.content;
  const isBilingual = locale === 'en' && issuer.dealerType !== 'foreign';
  const own = voiceOf(locale, document);
  const beside = isBilingual ? voiceOf('he', document) : null;
  return {
    ...own,
    document,
    languages: beside === null ? [own.labels] : [own.labels, beside.labels],
    say: (word) => {
      const first = word(own.labels);
      const isSame = beside === null || word(beside.labels) === first;
      return inLines(own.text(first), isSame ? null : beside.text(word(beside.labels)));
    },
    inEach: (line) => inLines(line(own), beside === null ? null : line(beside)),
    isConfirmation: isConfirmation(document.type),
    saysVat:
      mayIssueTaxInvoice(issuer) &&
      !isConfirmation(document.type) &&
      document.content.invoiceDueOn === undefined,
  };
}

function voiceOf(locale: Locale, { currency }: PrintableDocument): Voice {
  const typesetter = createTypesetter(locale === 'he' ? 'rtl' : 'ltr');
  return {
    ...typesetter,
    labels: LABELS[locale],
    amount: (minor) => typesetter.figure(toAmountText(minor, currency)),
    day: (day) => typesetter.figure(toDayText(day, locale)),
  };
}

/** Hebrew on a smaller line below, or set apart beside (stylesheet.ts), the page's own language. Alone, a line needs no frame. */
export function inLines(first: Markup | null, hebrew: Markup | null): Markup {
  if (first === null || hebrew === null) return first ?? html`${hebrew}`;
  return html`<span class="both"
    ><span>${first}</span> <span lang="he" dir="rtl" class="beside">${hebrew}</span></span
  >`;
}
