import type { MeansMethod } from '../../domain/means.ts';
import type { DocumentType } from '../../domain/tax-document.ts';
import type { PrintableDocument } from './printable-document.ts';

/**
 * The grade of a signature by the Electronic Signature Law 2001: `secured` (מאובטחת) binds a document to its signer,
 * `certified` (מאושרת) also has a certificate of a registered authority.
 */
export type SignatureGrade = 'secured' | 'certified';

/** Documents that may be computerised at all. Source: docs/reference/israel-tax.md, "Computerised documents". */
const MAY_BE: Readonly<Record<DocumentType, boolean>> = {
  receipt: true,
  tax_invoice: true,
  tax_invoice_receipt: true,
  credit_receipt: true,
  credit_invoice: true,
  payment_confirmation: false,
  refund_confirmation: false,
};

/**
 * Payments from the customer's own card or account, which a merely secured signature requires. A wallet contains a
 * card. Tax that was withheld is no payment to the issuer.
 */
const BY_CARD_OR_ACCOUNT: ReadonlySet<MeansMethod> = new Set([
  'card',
  'apple_pay',
  'google_pay',
  'bank_transfer',
  'withheld',
]);

/**
 * Whether the document is a "מסמך ממוחשב": signed, of an Israeli dealer, with its allocation number, and paid in a
 * way that the grade of the signature allows (Bookkeeping Directives 18ב(ד)). Cash, apps and cheques that are not
 * known to be crossed need a certified signature. Otherwise the paper keeps its line for a signature by hand.
 */
export function isComputerised({ type, status, signature, content }: PrintableDocument): boolean {
  const isIsraeli = content.issuer.dealerType !== 'foreign';
  if (signature === null || !isIsraeli || !MAY_BE[type] || status === 'allocation_required') return false;
  return signature === 'certified' || content.means.every(({ method }) => BY_CARD_OR_ACCOUNT.has(method));
}
