import type { Day } from '../../domain/calendar.ts';
import { mayIssueTaxInvoice } from '../../domain/tax-document.ts';
import { createTypesetter } from './direction.ts';
import type { Typesetter } from './direction.ts';
import { toAmountText, toDayText } from './figures.ts';
import { LABELS } from './labels.ts';
import type { Labels } from './labels.ts';
import type { Markup } from './markup.ts';
import type { PrintableDocument } from './printable-document.ts';

/** A document with the words and the hand that set it: what every part of the page is made from. */
export interface Sheet extends Typesetter {
  readonly document: PrintableDocument;
  readonly labels: Labels;
  /** The Hebrew words beside the English ones, where the law names them (an Israeli dealer's English document); else null. */
  readonly legalWords: Labels | null;
  /** Whether the dealer may show VAT at all (israel-tax.md §2). */
  readonly saysVat: boolean;
  /** Minor units of the document's currency. */
  readonly amount: (minor: number) => Markup;
  readonly day: (day: Day) => Markup;
}

/** Takes up a document for setting. */
export function createSheet(document: PrintableDocument): Sheet {
  const { locale, issuer } = document.content;
  const typesetter = createTypesetter(locale === 'he' ? 'rtl' : 'ltr');
  return {
    ...typesetter,
    document,
    labels: LABELS[locale],
    legalWords: locale === 'en' && issuer.dealerType !== 'foreign' ? LABELS.he : null,
    saysVat: mayIssueTaxInvoice(issuer),
    amount: (minor) => typesetter.figure(toAmountText(minor, document.currency)),
    day: (day) => typesetter.figure(toDayText(day, locale)),
  };
}
