import type { HashavshevetSettings } from './hashavshevet.ts';
import type { Currency } from './money.ts';

/** How the tax authority knows the business. */
export const DEALER_TYPES = ['osek_murshe', 'osek_patur', 'company', 'amuta', 'foreign'] as const;
export type DealerType = (typeof DEALER_TYPES)[number];

/** Languages of documents, mails and payers' pages. */
export const LOCALES = ['he', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** Whether the workspace moves real money. */
export type Mode = 'live' | 'test';
/** Whose documents are the legal ones: ours, or the invoice service's. */
export type DocumentIssuer = 'engine' | 'invoice_service';
/** When documents are printed. `on_demand` prints when a document is first requested. */
export type PrintPolicy = 'at_issue' | 'on_demand';

/** What the lines of an invoice service's documents say: the neutral text, or what the app wrote. */
export const INVOICE_SERVICE_TEXTS = ['neutral', 'lines'] as const;
export type InvoiceServiceText = (typeof INVOICE_SERVICE_TEXTS)[number];

/** What a sale that is exempt from VAT altogether is titled. Source: docs/reference/israel-tax.md, "Exempt-only sales". */
export const EXEMPT_SALES = ['transaction_invoice', 'tax_invoice'] as const;
export type ExemptSales = (typeof EXEMPT_SALES)[number];

/** The address of a business, as its documents show it. `country` is an ISO 3166 code of two letters. */
export interface Address {
  readonly street: string;
  readonly houseNumber: string;
  readonly city: string;
  readonly zip: string;
  readonly country: string;
}

/** Dealer type and VAT registration from a day on: businesses may register in mid-year. */
export interface TaxProfile {
  readonly validFrom: string;
  readonly dealerType: DealerType;
  readonly vatRegistered: boolean;
}

/**
 * How the business reports its VAT: for one month or two (January and February, March and April, …). From this day of the month
 * after a period on, the period counts as reported.
 */
export interface VatReturn {
  readonly months: 1 | 2;
  readonly reportedFromDay: number;
}

/** A return is due on the 15th after its period. Source: docs/reference/israel-tax.md, "Days of documents". */
export const REPORTED_FROM_DAY = 16;

/** The business whose payments these are. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly legalName: { readonly he: string; readonly en: string };
  readonly taxId: string;
  readonly address: Address;
  readonly timeZone: string;
  readonly currency: Currency;
  readonly locale: Locale;
  readonly mode: Mode;
  /** null: follows from the invoice service. */
  readonly documentIssuer: DocumentIssuer | null;
  /** `onPayPage`: payers find a copy behind their link once they paid. */
  readonly receipt: { readonly email: boolean; readonly print: PrintPolicy; readonly onPayPage: boolean };
  /** What vendors are told that a payment is for; never the app's description. null: "תשלום" / "Payment". */
  readonly providerDescription: string | null;
  readonly booksClosedThrough: string | null;
  /** Default: null, nobody said. */
  readonly vatReturn?: VatReturn | null;
  /** Default: a transaction invoice with receipt. */
  readonly exemptSales?: ExemptSales;
  /** Default: null, nobody set them. */
  readonly hashavshevet?: HashavshevetSettings | null;
}

/** The neutral words that a vendor sees: no medical word leaves Tashlum. */
export function neutralDescription(
  workspace: Pick<Workspace, 'providerDescription'>,
  locale: Locale,
): string {
  return workspace.providerDescription ?? (locale === 'he' ? 'תשלום' : 'Payment');
}

/**
 * Who issues the legal document. A service that creates legal documents does, unless the workspace chose the engine.
 * Without such a service it is always the engine, because else there would be no legal document.
 */
export function effectiveIssuer(
  set: DocumentIssuer | null,
  invoiceServiceIssuesLegalDocuments: boolean,
): DocumentIssuer {
  if (!invoiceServiceIssuesLegalDocuments) return 'engine';
  return set ?? 'invoice_service';
}

/**
 * An Israeli identity, company or dealer number in nine digits, as the authority prints it: shorter numbers get zeros
 * on the left. Null if it is not one: only zeros, or a wrong check digit (weights 1 2 1 2 …).
 */
export function toIsraeliTaxId(text: string): string | null {
  if (!/^\d{5,9}$/.test(text) || /^0+$/.test(text)) return null;
  const padded = text.padStart(9, '0');
  const digits = padded.split('').map(Number);
  const sum = digits.reduce((total, digit, index) => {
    const weighted = digit * ((index % 2) + 1);
    return total + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return sum % 10 === 0 ? padded : null;
}

/** The name of a country in a language: ("IL", "he") → "ישראל". Anything but a code of two letters stays as it is. */
export function countryName(country: string, locale: Locale): string {
  if (!/^[A-Z]{2}$/.test(country)) return country;
  return new Intl.DisplayNames(locale, { type: 'region' }).of(country) ?? country;
}
