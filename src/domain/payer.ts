import type { VatTreatment } from './vat.ts';
import type { Address, Locale } from './workspace.ts';

/** `dealer` and `company` are registered customers (allocation numbers); `private` is everyone else. */
export const TAX_ID_KINDS = ['private', 'dealer', 'company'] as const;
export type TaxIdKind = (typeof TAX_ID_KINDS)[number];

/** Who pays. Every field is optional: an app may know nobody. */
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

/** A line of what is paid for. `unitPrice` in minor units; `quantity` a whole number. */
export interface Item {
  readonly description: string;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly vatTreatment?: VatTreatment;
}
