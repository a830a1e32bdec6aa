import type { Day } from './calendar.ts';
import type { DealerType, DocumentIssuer, ExemptSales, TaxProfile } from './workspace.ts';
import type { VatSplit, VatTreatment } from './vat.ts';

/** Types of documents. The last three are credits. */
export const DOCUMENT_TYPES = [
  'receipt',
  'tax_invoice',
  'tax_invoice_receipt',
  'payment_confirmation',
  'credit_receipt',
  'credit_invoice',
  'refund_confirmation',
] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];
/**
 * What a document stands for. Post-dated cheques of a dealer of VAT have a receipt (`money`) and later a tax invoice (`sale`); every
 * other document is `both`. Credits count as what they credit.
 */
export type CountsAs = 'money' | 'sale' | 'both';
/** How a document stands. `allocation_required` waits for the tax authority's number. */
export type DocumentStatus = 'issued' | 'allocation_required' | 'cancelled';

/**
 * Each type has a series of its own. The prefix tells series of one uniform-structure type apart.
 * Source: docs/reference/uniform-structure.md, "Document numbers".
 */
export const SERIES_PREFIX: Readonly<Record<DocumentType, string>> = {
  receipt: '',
  tax_invoice: '',
  tax_invoice_receipt: '',
  payment_confirmation: '',
  credit_receipt: 'CR',
  credit_invoice: '',
  refund_confirmation: 'RC',
};

/** A number as it is printed, and as the uniform structure has it: the series' prefix and the number, `CR7`. */
export function displayNumber(type: DocumentType, number: number): string {
  return `${SERIES_PREFIX[type]}${number}`;
}

/**
 * The name of a printed file says what it is, so that a folder of downloads keeps them apart. It has type and number.
 * It says whether it is the original, a copy, one that waits for its allocation number, or cancelled. A confirmation is
 * neither original nor copy.
 */
export function fileNameOf(
  { type, number, status }: { type: DocumentType; number: number; status: DocumentStatus },
  variant: 'original' | 'copy' | 'awaiting' | 'pushed',
): string {
  const kind = status === 'cancelled' ? 'cancelled' : variant;
  const ending = isConfirmation(type) ? '' : `-${kind}`;
  return `${type.replaceAll('_', '-')}-${number}${ending}.pdf`;
}

/** May this dealer issue tax invoices on this profile? (docs/reference/israel-tax.md, "Who issues what") */
export function mayIssueTaxInvoice(profile: Pick<TaxProfile, 'dealerType' | 'vatRegistered'>): boolean {
  return TAX_INVOICE_DEALERS[profile.dealerType] && profile.vatRegistered;
}

const TAX_INVOICE_DEALERS: Readonly<Record<DealerType, boolean>> = {
  osek_murshe: true,
  company: true,
  amuta: true,
  osek_patur: false,
  foreign: false,
};

/**
 * The type of the one document of a paid payment. It depends on whose document is the legal one, then on the dealer
 * of that day.
 */
export function paymentDocumentType(
  issuer: DocumentIssuer,
  profile: Pick<TaxProfile, 'dealerType' | 'vatRegistered'>,
): DocumentType {
  if (issuer === 'invoice_service') return 'payment_confirmation';
  return mayIssueTaxInvoice(profile) ? 'tax_invoice_receipt' : 'receipt';
}

/**
 * The same for what was sold: a sale that is exempt altogether is no tax invoice, unless the business's accountant says
 * otherwise. Its receipt is a transaction invoice too. Zero-rated sales are taxable.
 * Source: docs/reference/israel-tax.md, "Exempt-only sales".
 */
export function saleDocumentType(
  issuer: DocumentIssuer,
  profile: Pick<TaxProfile, 'dealerType' | 'vatRegistered'>,
  lines: readonly { readonly vatTreatment: VatTreatment }[],
  exemptSales: ExemptSales = 'transaction_invoice',
): DocumentType {
  const type = paymentDocumentType(issuer, profile);
  const isExempt = lines.every(({ vatTreatment }) => vatTreatment === 'exempt');
  return type === 'tax_invoice_receipt' && isExempt && exemptSales === 'transaction_invoice'
    ? 'receipt'
    : type;
}

/** Whether a receipt is a transaction invoice too: an exempt sale of a dealer who charges VAT. Also of its credit. */
export function isTransactionInvoice({
  type,
  content: { issuer, lines },
}: {
  readonly type: DocumentType;
  readonly content: {
    readonly issuer: Pick<TaxProfile, 'dealerType' | 'vatRegistered'>;
    readonly lines: readonly { readonly vatTreatment: VatTreatment }[];
  };
}): boolean {
  return (
    (type === 'receipt' || type === 'credit_receipt') &&
    mayIssueTaxInvoice(issuer) &&
    lines.every(({ vatTreatment }) => vatTreatment === 'exempt')
  );
}

/** The type of the document that credits one of these after a refund. */
export function creditTypeOf(original: DocumentType): DocumentType {
  if (original === 'tax_invoice_receipt' || original === 'tax_invoice') return 'credit_invoice';
  return original === 'receipt' ? 'credit_receipt' : 'refund_confirmation';
}

/** A paper beside the legal document of an invoice service. */
export function isConfirmation(type: DocumentType): boolean {
  return type === 'payment_confirmation' || type === 'refund_confirmation';
}

/** The type of the legal document that an invoice service makes for one of ours. */
export function legalTypeOf(
  type: DocumentType,
  profile: Pick<TaxProfile, 'dealerType' | 'vatRegistered'>,
): DocumentType {
  if (!isConfirmation(type)) return type;
  const original = paymentDocumentType('engine', profile);
  return type === 'payment_confirmation' ? original : creditTypeOf(original);
}

/** How a document relates to others of its payment. */
interface RelatedDocument {
  readonly id: string;
  readonly refundId: string | null;
  readonly originalDocumentId: string | null;
  /** The credit document that this one reverses. */
  readonly reversesDocumentId: string | null;
  readonly countsAs: CountsAs;
}

/** Whether it is the document of the payment's money: no credit, no reversal of one, and no invoice that followed a receipt. */
export function isOriginal({ refundId, reversesDocumentId, countsAs }: RelatedDocument): boolean {
  return refundId === null && reversesDocumentId === null && countsAs !== 'sale';
}

/** Whether it is the tax invoice that followed the receipt of post-dated cheques. */
export function isDueInvoice({
  type,
  reversesDocumentId,
}: {
  readonly type: DocumentType;
  readonly reversesDocumentId: string | null;
}): boolean {
  return type === 'tax_invoice' && reversesDocumentId === null;
}

/** The credits of a document that were not reversed. */
export function standingCreditsOf<T extends RelatedDocument>(
  original: { readonly id: string },
  documents: readonly T[],
): T[] {
  const takenBack = new Set(documents.map(({ reversesDocumentId }) => reversesDocumentId));
  return documents.filter(
    ({ id, originalDocumentId }) => originalDocumentId === original.id && !takenBack.has(id),
  );
}

/** The profile in force on a day. @throws RangeError when the day lies before the first */
export function profileOn(profiles: readonly TaxProfile[], day: Day): TaxProfile {
  const valid = profiles.filter((profile) => profile.validFrom <= day);
  const latest = valid.sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0];
  if (!latest) throw new RangeError(`the workspace has no tax profile on ${day}`);
  return latest;
}

/**
 * Above this net amount (minor units, ILS) a tax invoice to a registered customer needs an allocation number.
 * Source: docs/reference/israel-tax.md, "Allocation number thresholds".
 */
export const ALLOCATION_THRESHOLDS: readonly { readonly from: Day; readonly netAbove: number }[] = [
  { from: '2026-06-01', netAbove: 500_000 },
  { from: '2026-01-01', netAbove: 1_000_000 },
  { from: '2025-01-01', netAbove: 2_000_000 },
  { from: '2024-05-05', netAbove: 2_500_000 },
];

/**
 * Whether the law requires an allocation number: all conditions together. Where no exchange rate is known, nobody knows whether
 * the threshold is passed: the document is held until a person or the authority says.
 * Source: docs/reference/israel-tax.md, "When an allocation number is needed".
 */
export function needsAllocationNumber(document: {
  type: DocumentType;
  day: Day;
  split: Pick<VatSplit, 'vat'>;
  /** Net in agorot; null if no exchange rate is known. */
  shekels: Pick<VatSplit, 'net'> | null;
  customerIsRegistered: boolean;
}): boolean {
  const threshold = ALLOCATION_THRESHOLDS.find((row) => row.from <= document.day);
  return (
    threshold !== undefined &&
    (document.type === 'tax_invoice_receipt' || document.type === 'tax_invoice') &&
    document.customerIsRegistered &&
    document.split.vat > 0 &&
    (document.shekels === null || document.shekels.net > threshold.netAbove)
  );
}
