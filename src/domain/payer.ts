import { isConfirmation } from './tax-document.ts';
import type { DocumentType } from './tax-document.ts';
import type { VatTreatment } from './vat.ts';
import type { Address, DealerType, Locale } from './workspace.ts';

/** `dealer` and `company` are registered customers (allocation numbers); `private` is everyone else. */
export const TAX_ID_KINDS = ['private', 'dealer', 'company'] as const;
export type TaxIdKind = (typeof TAX_ID_KINDS)[number];

/** Who pays. Every field is optional: the app may not know the payer. */
export interface Customer {
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly taxId?: string;
  readonly taxIdKind?: TaxIdKind;
  readonly address?: Partial<Address>;
  readonly locale?: Locale;
  readonly eDocumentConsentAt?: string;
}

/** Who was treated. Only our books and the business know it: no vendor and no invoice service is told. */
export interface Patient {
  readonly name: string;
  readonly taxId?: string;
}

/** A line of what is paid for. `unitPrice` and `discount` in minor units; `quantity` has up to four decimals. */
export interface Item {
  readonly description: string;
  readonly quantity: number;
  readonly unitPrice: number;
  /** Taken off quantity × price. */
  readonly discount?: number;
  readonly vatTreatment?: VatTreatment;
}

/** What a vendor is told about the payer, as far as it is known. */
export interface Contact {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

/** The payer's contact. What the customer lacks is null, and so is everything without a customer. */
export function contactOf(customer: Customer | null | undefined): Contact {
  return { name: customer?.name ?? null, email: customer?.email ?? null, phone: customer?.phone ?? null };
}

/**
 * Whether an original may be mailed to this address. Its owner consented to computerised documents, or the business
 * says that it holds such consents (Bookkeeping Directives 18ב). Everybody else is mailed a copy.
 * Source: docs/reference/israel-tax.md, "Computerised documents".
 */
export function mayBeMailedOriginal(
  workspace: { readonly eDocumentConsentsHeld: boolean },
  customer: Customer | null,
  recipient: string,
): boolean {
  const hasConsented = customer?.eDocumentConsentAt !== undefined && customer.email === recipient;
  return workspace.eDocumentConsentsHeld || hasConsented;
}

/**
 * Why a mail carries a copy and the original stays with the business. `consent`: the payer did not give it. `unsigned`:
 * the file is not signed. `means`: its signature is not of the grade that the means of payment need.
 */
export type CopyReason = 'consent' | 'unsigned' | 'means';

/**
 * Why the original may not leave by mail; null if it may. `file`: the printed original, null while there is none. A
 * confirmation is no original, and the directives are no foreign dealer's.
 * Source: docs/reference/israel-tax.md, "Computerised documents".
 */
export function whyCopy(
  { type, dealerType }: { readonly type: DocumentType; readonly dealerType: DealerType },
  hasConsent: boolean,
  file: { readonly signed: boolean; readonly computerised: boolean } | null,
): CopyReason | null {
  if (isConfirmation(type)) return null;
  if (!hasConsent) return 'consent';
  if (file === null || file.computerised || dealerType === 'foreign') return null;
  return file.signed ? 'means' : 'unsigned';
}
