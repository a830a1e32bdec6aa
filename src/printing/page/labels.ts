import type { DocumentContent } from '../../domain/document-content.ts';
import type { DealType, MeansMethod } from '../../domain/means.ts';
import { isTransactionInvoice } from '../../domain/tax-document.ts';
import type { DocumentType } from '../../domain/tax-document.ts';
import type { TaxIdKind } from '../../domain/payer.ts';
import type { VatTreatment } from '../../domain/vat.ts';
import type { DealerType, Locale } from '../../domain/workspace.ts';
import { ENGLISH } from './labels-english.ts';
import { HEBREW } from './labels-hebrew.ts';

/** Every fixed word of a printed document. Source: docs/reference/israel-tax.md, "What a document says". */
export interface Labels {
  readonly titles: Readonly<Record<DocumentType, string>>;
  /** The receipt of a sale that is exempt from VAT altogether, by a dealer who may issue tax invoices. */
  readonly exemptSale: string;
  readonly dealers: Readonly<Record<DealerType, string>>;
  /** The words for a company or an amuta on a tax invoice, where the law requires "עוסק מורשה". */
  readonly taxInvoiceDealers: Readonly<Record<DealerType, string>>;
  readonly customerIds: Readonly<Record<TaxIdKind, string>>;
  readonly methods: Readonly<Record<MeansMethod, string>>;
  /** Names of wallets: as vendors write them → as people do. Any other name is printed unchanged. */
  readonly wallets: Readonly<Record<string, string>>;
  readonly deals: Readonly<Record<Exclude<DealType, 'regular' | 'instalments'>, string>>;
  readonly treatments: Readonly<Record<Exclude<VatTreatment, 'standard'>, string>>;
  readonly totals: Readonly<Record<DocumentType, string>>;
  readonly moneyHeading: { readonly received: string; readonly returned: string };
  readonly original: string;
  readonly copy: string;
  readonly computerised: string;
  readonly number: string;
  readonly notTaxDocument: string;
  /** Before the title of the legal document at the invoice service. */
  readonly legalDocument: string;
  readonly test: string;
  readonly cancelled: string;
  readonly allocationNumber: string;
  readonly allocationAwaited: string;
  readonly customer: string;
  readonly patient: string;
  readonly sessions: string;
  readonly phone: string;
  readonly documentDate: string;
  readonly produced: string;
  readonly serviceDate: string;
  /** The app's own id of what was paid for. */
  readonly reference: string;
  readonly description: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly discount: string;
  readonly lineTotal: string;
  readonly beforeDiscount: string;
  readonly withVat: string;
  readonly beforeVat: string;
  readonly net: string;
  /** What bears VAT, what is zero-rated and what is exempt, where a document has several of them or no VAT. */
  readonly bases: Readonly<Record<VatTreatment, string>>;
  readonly vat: string;
  readonly noVatReason: string;
  readonly means: string;
  readonly details: string;
  readonly amount: string;
  readonly instalments: string;
  /** Between the number of instalments and the sum of each, where all are equal. */
  readonly equalInstalments: string;
  readonly firstInstalment: string;
  readonly furtherInstalments: string;
  readonly approval: string;
  readonly check: Readonly<Record<'number' | 'bank' | 'branch' | 'account', string>>;
  readonly dueDate: string;
  /** The day on which the cheques of a tax invoice fell due. */
  readonly fellDue: string;
  /** On the receipt of post-dated cheques; the day follows. */
  readonly invoiceFollows: string;
  /** On the invoice that followed; the receipt follows. */
  readonly paidByReceipt: string;
  /** The day on which the money moved, where the document has another day. */
  readonly moved: { readonly received: string; readonly returned: string };
  readonly credited: string;
  /** Before the title of a reversed credit document. */
  readonly reversed: string;
  readonly creditReason: string;
  readonly ofDay: string;
  /** What a customer signs on the copy of a credit invoice. */
  readonly creditConfirmed: string;
  readonly signer: string;
  readonly day: string;
  readonly signed: string;
  readonly signature: string;
  /** Before the number of the page, and before the count of pages. */
  readonly page: readonly [string, string];
  readonly end: string;
}

/** The title of a document in a language. */
export function titleOf(
  labels: Labels,
  { type, content }: { readonly type: DocumentType; readonly content: DocumentContent },
): string {
  const isExemptSale = type === 'receipt' && isTransactionInvoice({ type, content });
  return isExemptSale ? labels.exemptSale : labels.titles[type];
}

/** The words of one language. */
export const LABELS: Readonly<Record<Locale, Labels>> = { he: HEBREW, en: ENGLISH };
