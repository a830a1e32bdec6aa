import { dayInZone } from './calendar.ts';
import type { Day } from './calendar.ts';
import { dayOfMoney, documentDay } from './document-day.ts';
import { linesOf, splitOf } from './document-lines.ts';
import type { DocumentLine } from './document-lines.ts';
import type { Means } from './means.ts';
import type { Currency } from './money.ts';
import type { Customer, Item, Patient } from './payer.ts';
import { inShekels, needsShekels, shekelSums } from './shekel-sums.ts';
import type { ExchangeRate, ShekelSums } from './shekel-sums.ts';
import {
  legalTypeOf,
  mayIssueTaxInvoice,
  needsAllocationNumber,
  profileOn,
  saleDocumentType,
} from './tax-document.ts';
import type { DocumentStatus, DocumentType } from './tax-document.ts';
import { isBlank } from './text.ts';
import { israeliVatRateBp } from './vat.ts';
import type { VatSplit, VatTreatment } from './vat.ts';
import { countryName } from './workspace.ts';
import type {
  Address,
  DealerType,
  DocumentIssuer,
  Locale,
  Mode,
  TaxProfile,
  Workspace,
} from './workspace.ts';

/** Bumped when the printed form changes; a stored document keeps the version it was issued with. */
export const TEMPLATE_VERSION = 1;

export type { DocumentLine } from './document-lines.ts';

/** Everything a document says, frozen when it is issued. Copies, mails, exports and credits read only this. */
export interface DocumentContent {
  readonly templateVersion: number;
  readonly locale: Locale;
  readonly mode: Mode;
  readonly issuer: {
    readonly name: { readonly he: string; readonly en: string };
    readonly taxId: string;
    readonly dealerType: DealerType;
    readonly vatRegistered: boolean;
    readonly address: Address;
  };
  readonly customer: {
    readonly name: string;
    readonly taxId: string | null;
    readonly taxIdKind: 'private' | 'dealer' | 'company';
    readonly address: string | null;
    readonly phone: string | null;
  };
  readonly lines: readonly DocumentLine[];
  readonly pricesIncludeVat: boolean;
  readonly means: readonly Means[];
  readonly vatReason: string | null;
  readonly reference: string;
  readonly paidAt: string;
  readonly serviceDate: Day | null;
  /** The day of payment, or of the refund, if the document has another day; else null. It is the tax point. */
  readonly movedFromDay: Day | null;
  /** The logo above the issuer's name. Documents issued before logos existed have no such field. */
  readonly logoSha256?: string | null;
  /** Whom the payment was for and when, where the app asked to print it. */
  readonly treated?: { readonly patient: Patient; readonly sessionDates: readonly Day[] };
  /** On the receipt of post-dated cheques, and on its credits: the day of the tax invoice that follows. */
  readonly invoiceDueOn?: Day;
  /** On the tax invoice that followed: that receipt. */
  readonly invoices?: {
    readonly type: DocumentType;
    readonly displayNumber: string;
    readonly documentDate: Day;
  };
  /** For a credit: the document that it credits. */
  readonly credits?: {
    readonly type: DocumentType;
    readonly displayNumber: string;
    readonly documentDate: Day;
  };
  /** For a document that reverses a credit: that credit. */
  readonly reverses?: {
    readonly type: DocumentType;
    readonly displayNumber: string;
    readonly documentDate: Day;
  };
  /** For a credit: why the money was refunded, in the app's words. */
  readonly refundReason?: string;
  /** Of a document in another currency: its sums in shekels, where the rate of its day was known. */
  readonly ils?: ShekelSums;
}

/** A document ready to be numbered and inserted. */
export interface DraftDocument {
  readonly type: DocumentType;
  readonly status: DocumentStatus;
  readonly documentDate: Day;
  readonly currency: Currency;
  readonly split: VatSplit;
  readonly content: DocumentContent;
}

/** Input of a payment's document. `amount` is what was really paid, in minor units. */
export interface DocumentSource {
  readonly workspace: Workspace;
  readonly profiles: readonly TaxProfile[];
  readonly issuer: DocumentIssuer;
  readonly payment: {
    readonly reference: string;
    readonly description: string;
    readonly currency: Currency;
    readonly items: readonly Item[] | null;
    /** Of all items together, minor units. */
    readonly discount?: number;
    readonly vatIncluded: boolean;
    readonly vatTreatment: VatTreatment;
    readonly vatReason: string | null;
    readonly serviceDate: Day | null;
    readonly customer: Customer | null;
    readonly patient?: Patient | null;
    readonly sessionDates?: readonly Day[];
    /** Whether the document names the patient and the sessions. Default: no. */
    readonly printPatient?: boolean;
  };
  readonly amount: number;
  readonly means: readonly Means[];
  readonly paidAt: Date;
  /** When the document is made. */
  readonly issuedAt: Date;
  /** The name that the vendor reported, used if the app gave none. */
  readonly payerName: string | null;
  /** The workspace's current logo. */
  readonly logoSha256: string | null;
  /** What the payment's currency is worth on the tax point; null for shekels, or if no rate is known. */
  readonly rate: ExchangeRate | null;
}

/**
 * Makes the document of a paid payment. The day of payment is the tax point: it selects the VAT rate and the dealer. Pure:
 * the same source gives the same document.
 * @throws RangeError (no profile, no rate)
 */
export function draftDocument(source: DocumentSource): DraftDocument {
  const paidDay = dayOfMoney(source.paidAt, source.issuedAt, source.workspace.timeZone);
  const profile = profileOn(source.profiles, paidDay);
  const rateBp = mayIssueTaxInvoice(profile) ? israeliVatRateBp(paidDay) : 0;
  const lines = linesOf(source.payment, source.amount, rateBp);
  const type = saleDocumentType(source.issuer, profile, lines, source.workspace.exemptSales);
  const split = splitOf(source.amount, lines, rateBp);
  const taxIdKind = source.payment.customer?.taxIdKind ?? 'private';
  const isDeducted = taxIdKind !== 'private' && legalTypeOf(type, profile) === 'tax_invoice_receipt';
  const documentDate = dateOf(source, paidDay, isDeducted);
  const { currency } = source.payment;
  const movedFromDay = documentDate === paidDay ? null : paidDay;
  const content = withShekels(source, split, contentOf(source, { profile, lines, taxIdKind, movedFromDay }));
  const isHeld = needsAllocationNumber({
    ...{ type, split, day: documentDate, customerIsRegistered: taxIdKind !== 'private' },
    shekels: inShekels({ currency, split, content }),
  });
  return { type, status: isHeld ? 'allocation_required' : 'issued', documentDate, currency, split, content };
}

/** The content with its sums in shekels, where it needs them and the rate of its day is known. */
export function withShekels(
  { payment, rate }: DocumentSource,
  split: VatSplit,
  content: DocumentContent,
): DocumentContent {
  const { currency } = payment;
  const document = { currency, split, content };
  return rate && needsShekels(currency, content.issuer)
    ? { ...content, ils: shekelSums(document, rate) }
    : content;
}

/** The invoice of a customer who deducts its VAT bears the day on which it is made. */
function dateOf({ workspace, issuedAt }: DocumentSource, paidDay: Day, isDeducted: boolean): Day {
  const { timeZone, booksClosedThrough, vatReturn } = workspace;
  const today = dayInZone(issuedAt, timeZone);
  const movedOn = isDeducted && paidDay < today ? today : paidDay;
  return documentDay({ movedOn, today, booksClosedThrough, vatReturn: vatReturn ?? null });
}

/** What a document freezes of its source, beside what was `made` of it. */
export function contentOf(
  source: DocumentSource,
  made: {
    profile: TaxProfile;
    lines: DocumentLine[];
    taxIdKind: 'private' | 'dealer' | 'company';
    movedFromDay: Day | null;
  },
): DocumentContent {
  const { workspace, payment } = source;
  const locale = payment.customer?.locale ?? workspace.locale;
  return {
    templateVersion: TEMPLATE_VERSION,
    locale,
    mode: workspace.mode,
    issuer: {
      name: workspace.legalName,
      taxId: workspace.taxId,
      dealerType: made.profile.dealerType,
      vatRegistered: made.profile.vatRegistered,
      address: workspace.address,
    },
    customer: { ...customerOf(payment.customer ?? {}, source.payerName, locale), taxIdKind: made.taxIdKind },
    lines: made.lines,
    pricesIncludeVat: payment.vatIncluded,
    means: source.means,
    vatReason: payment.vatReason,
    reference: payment.reference,
    paidAt: source.paidAt.toISOString(),
    serviceDate: payment.serviceDate,
    movedFromDay: made.movedFromDay,
    logoSha256: source.logoSha256,
    ...treatedIn(payment),
  };
}

/** A hint at an illness: only what was asked for is written down. */
function treatedIn({ patient, sessionDates = [], printPatient }: DocumentSource['payment']) {
  return printPatient && patient ? { treated: { patient, sessionDates } } : {};
}

/** The name of a customer whom nobody named. */
export const OCCASIONAL_CUSTOMER: Readonly<Record<Locale, string>> = {
  he: 'לקוח מזדמן',
  en: 'Occasional customer',
};

function customerOf(customer: Customer, payerName: string | null, locale: Locale) {
  return {
    name: [customer.name, payerName].find(isSaid) ?? OCCASIONAL_CUSTOMER[locale],
    taxId: customer.taxId ?? null,
    address: addressLine(customer.address, locale),
    phone: customer.phone ?? null,
  };
}

/** An address as one printable line in the language of the document, or null if nothing of it is known. */
function addressLine(address: Partial<Address> | undefined, locale: Locale): string | null {
  if (!address) return null;
  const street = [address.street, address.houseNumber].filter(isSaid).join(' ');
  const town = [address.zip, address.city].filter(isSaid).join(' ');
  const country = address.country === undefined ? '' : countryName(address.country, locale);
  const line = [street, town, country].filter(isSaid).join(', ');
  return line === '' ? null : line;
}

function isSaid(text: string | null | undefined): text is string {
  return typeof text === 'string' && !isBlank(text);
}
