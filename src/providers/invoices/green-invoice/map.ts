import type { Day } from '../../../domain/calendar.ts';
import type { Currency } from '../../../domain/money.ts';
import { ProviderError } from '../../../domain/provider-error.ts';
import { mayIssueTaxInvoice } from '../../../domain/tax-document.ts';
import type { Locale } from '../../../domain/workspace.ts';
import type { CreditedDocument, PushOrder, ServiceDocument } from '../invoice-service.ts';
import { asUnits, bearsVat, exactLines, hasMixedVat } from '../priced-lines.ts';
import type { PricedLine } from '../priced-lines.ts';
import { fromWireAmount, toWireDecimal } from '../wire-amount.ts';
import { toPaymentRows } from './payment-rows.ts';
import type { DocumentBody, IncomeRow, Links, WireDocument } from './wire.ts';

const TAX_INVOICE = 305;
const TAX_INVOICE_RECEIPT = 320;
const CREDIT_INVOICE = 330;
const RECEIPT = 400;
/** Status of a document that cancels another one. */
const CANCELLING = 3;

/** Source: docs/reference/green-invoice.md, "VAT of rows". */
const DOCUMENT_VAT = { byBusiness: 0, exempt: 1, mixed: 2 } as const;
const ROW_VAT = { added: 0, included: 1, exempt: 2 } as const;

/**
 * The service's type for an order. If ours is only a confirmation, the service makes the legal document that the
 * dealer owes. A dealer who may not issue tax invoices may not issue credit invoices either, and cancels with a
 * negative receipt.
 */
export function toDocumentType(
  order: Pick<PushOrder, 'documentType' | 'dealerType' | 'vatRegistered'>,
): number {
  switch (order.documentType) {
    case 'tax_invoice':
      return TAX_INVOICE;
    case 'tax_invoice_receipt':
      return TAX_INVOICE_RECEIPT;
    case 'receipt':
    case 'credit_receipt':
      return RECEIPT;
    case 'payment_confirmation':
      return mayIssueTaxInvoice(order) ? TAX_INVOICE_RECEIPT : RECEIPT;
    case 'credit_invoice':
      return CREDIT_INVOICE;
    case 'refund_confirmation':
      return mayIssueTaxInvoice(order) ? CREDIT_INVOICE : RECEIPT;
  }
}

/**
 * The body of `POST /documents`. Our id is its description, because only that can be searched for.
 * @param day date of the document, if it cannot be that of the order
 * @throws ProviderError `rejected` if the order does not add up, or credits a document that is not at the service
 */
export function toDocumentBody(order: PushOrder, day: Day = order.documentDate): DocumentBody {
  const { customer, currency } = order;
  const type = toDocumentType(order);
  const sign = order.credits !== null && type === RECEIPT ? -1 : 1;
  return {
    type,
    lang: order.locale,
    currency,
    date: day,
    description: order.key,
    rounding: false,
    signed: true,
    client: {
      name: customer.name,
      ...(customer.taxId === null ? {} : { taxId: customer.taxId }),
      ...(customer.email === null ? {} : { emails: [customer.email] }),
      ...(customer.address === null ? {} : { address: customer.address }),
      add: false,
    },
    ...toVatAndIncome(order, day, sign),
    ...(type === CREDIT_INVOICE ? {} : { payment: toPaymentRows(order, sign) }),
    ...(order.credits === null ? {} : toLink(order.credits, order)),
    ...toRemarks(order),
  };
}

/** A full credit cancels a receipt. A credit of an invoice, or of a part of a receipt, is only linked to it. */
function toLink(
  credited: CreditedDocument,
  order: PushOrder,
): Pick<DocumentBody, 'linkedDocumentIds' | 'linkType'> {
  if (credited.external === null) {
    throw new ProviderError(
      'rejected',
      `credits: ${credited.displayNumber} is not at Green Invoice; push it first, or credit it there by hand`,
    );
  }
  const isCancelled = toDocumentType(order) === RECEIPT && order.split.total === credited.total;
  return {
    linkedDocumentIds: [credited.external.id],
    linkType: isCancelled ? 'cancel' : 'link',
  };
}

/**
 * What the service prints below the totals: the credited document, why it is credited, and why lines have no VAT. It
 * does not name the credited document by itself. It has no fields for these.
 * Source: docs/reference/green-invoice.md, "Fields of a document".
 */
function toRemarks({ credits, refundReason, vatReason, locale }: PushOrder): Pick<DocumentBody, 'remarks'> {
  const say = REMARKS[locale];
  const remarks = [
    ...(credits?.external ? [say.credits(credits.external.number, credits.documentDate)] : []),
    ...(refundReason === null ? [] : [`${say.refundReason}: ${refundReason}`]),
    ...(vatReason === null ? [] : [`${say.vatReason}: ${vatReason}`]),
  ];
  return remarks.length === 0 ? {} : { remarks: remarks.join('\n') };
}

/**
 * A negative receipt in the form of the vendor's own sample: payments only, no income, no link. Null for any other
 * document.
 * Source: docs/reference/green-invoice.md, "Income rows".
 */
export function toVendorForm(body: DocumentBody): DocumentBody | null {
  if (body.type !== RECEIPT || body.linkedDocumentIds === undefined) return null;
  const { income: _income, linkedDocumentIds: _ids, linkType: _type, ...rest } = body;
  return rest;
}

/**
 * The new schema writes `linkType` in capitals, the samples in lower case. Null if there is no link.
 * Source: docs/reference/green-invoice.md, "Fields of a document".
 */
export function withLinkInCapitals(body: DocumentBody): DocumentBody | null {
  const { linkType } = body;
  if (linkType === undefined) return null;
  return { ...body, linkType: linkType === 'link' ? 'LINK' : 'CANCEL' };
}

interface Remarks {
  readonly credits: (number: string, day: Day) => string;
  readonly refundReason: string;
  readonly vatReason: string;
}

const REMARKS: Readonly<Record<Locale, Remarks>> = {
  he: {
    credits: (number, day) => `זיכוי עבור מסמך ${number} מיום ${day}`,
    refundReason: 'סיבת הזיכוי',
    vatReason: 'הסיבה לאי-חיוב במע"מ',
  },
  en: {
    credits: (number, day) => `Credit for document ${number} of ${day}`,
    refundReason: 'Reason for the credit',
    vatReason: 'Reason for no VAT',
  },
};

/** The service adds up the rows of one kind exactly and rounds VAT once, as we did. */
function toVatAndIncome(order: PushOrder, day: Day, sign: 1 | -1): Pick<DocumentBody, 'vatType' | 'income'> {
  const units = order.lines.map((line) => asUnits(line, order));
  const { lines, pricesIncludeVat } = exactLines({ ...order, lines: units }, day);
  const row = (line: PricedLine): IncomeRow => ({
    description: line.description,
    quantity: line.quantity,
    price: toWireDecimal(sign * line.unitPrice, order.currency),
    currency: order.currency,
    vatType: bearsVat(order, line) ? (pricesIncludeVat ? ROW_VAT.included : ROW_VAT.added) : ROW_VAT.exempt,
  });
  return { vatType: documentVatOf(order), income: lines.map(row) };
}

function documentVatOf(order: PushOrder): number {
  if (hasMixedVat(order)) return DOCUMENT_VAT.mixed;
  return order.lines.some((line) => bearsVat(order, line)) ? DOCUMENT_VAT.byBusiness : DOCUMENT_VAT.exempt;
}

/** How well a document matches this order. */
export type Likeness = 'same' | 'same_with_other_amount' | 'another';

/**
 * Compares id, type and amount. A document with our id and another amount still matches, and so does one of an
 * unreadable type. A second document would be worse than one that a person must check.
 */
export function compareWithOrder(document: WireDocument, order: PushOrder): Likeness {
  const words = `${document.description ?? ''} ${document.remarks ?? ''}`.split(/[\s,;:()]+/);
  const wanted = toDocumentType(order);
  const isOurs = words.includes(order.key) && (document.type ?? wanted) === wanted;
  // The document of a payment never cancels another one; a cancelling document has the id of a refund.
  const isOther = order.credits === null && document.status === CANCELLING;
  if (!isOurs || isOther) return 'another';
  return toPositive(document.amount, order.currency) === order.split.total
    ? 'same'
    : 'same_with_other_amount';
}

/** The document as it was read back. */
export function toServiceDocument(document: WireDocument, links: Links, currency: Currency): ServiceDocument {
  return {
    id: document.id,
    number: document.number ?? document.id,
    url: links.origin ?? links.he ?? links.en ?? null,
    allocationNumber: toAllocationNumber(document),
    total: toPositive(document.amount, currency),
    vat: toPositive(document.vat, currency),
  };
}

/**
 * The allocation number under either of its names, or null.
 * Source: docs/reference/green-invoice.md, "Answers and the allocation number".
 */
export function toAllocationNumber(document: WireDocument): string | null {
  return document.allocationNumber ?? document.taxAuthorityConfirmationNumber ?? null;
}

/** Minor units without the minus of a cancelling receipt; null if the service did not say. */
function toPositive(amount: number | null | undefined, currency: Currency): number | null {
  const minor = fromWireAmount(amount, currency);
  return minor === null ? null : Math.abs(minor);
}
