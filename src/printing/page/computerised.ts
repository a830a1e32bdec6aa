import type { PaymentMethod } from '../../domain/means.ts';
import type { DocumentType } from '../../domain/tax-document.ts';
import type { PrintableDocument } from '../printable-document.ts';

/**
 * What a signature is worth by the Electronic Signature Law 2001: `secured` (מאובטחת) binds a document to its signer,
 * `certified` (מאושרת) also rests on a certificate of a registered authority.
 */
export type SignatureGrade = 'secured' | 'certified';

/** Documents that may be computerised at all (docs/reference/israel-tax.md, "Computerised documents"). */
const MAY_BE: Readonly<Record<DocumentType, boolean>> = {
  receipt: true,
  tax_invoice_receipt: true,
  credit_receipt: true,
  credit_invoice: true,
  payment_confirmation: false,
  refund_confirmation: false,
};

/** Payments out of the customer's own card or account, as a merely secured signature wants them. A wallet holds his card. */
const BY_CARD_OR_ACCOUNT: ReadonlySet<PaymentMethod> = new Set([
  'card',
  'apple_pay',
  'google_pay',
  'bank_transfer',
]);

/**
 * Whether the paper is a "מסמך ממוחשב": signed, of an Israeli dealer, not waiting for a number, and paid in a way that the grade of the signature
 * allows (Bookkeeping Directives 18ב(ד)). Cash, apps and cheques of which nobody said that they are crossed want a certified
 * one; else the paper keeps its line for a hand's signature.
 */
export function isComputerised({ type, status, signature, content }: PrintableDocument): boolean {
  const isIsraeli = content.issuer.dealerType !== 'foreign';
  if (signature === null || !isIsraeli || !MAY_BE[type] || status === 'allocation_required') return false;
  return signature === 'certified' || content.means.every(({ method }) => BY_CARD_OR_ACCOUNT.has(method));
}
