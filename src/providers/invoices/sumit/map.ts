import { dayAfter } from '../../../domain/calendar.ts';
import { sumMinor } from '../../../domain/money.ts';
import type { Currency } from '../../../domain/money.ts';
import { ProviderError } from '../../../domain/provider-error.ts';
import { mayIssueTaxInvoice } from '../../../domain/tax-document.ts';
import { splitInclusive } from '../../../domain/vat.ts';
import type { CreditedDocument, PushOrder, ServiceDocument } from '../invoice-service.ts';
import { asUnits, hasMixedVat, paidLines } from '../priced-lines.ts';
import type { PricedLine } from '../priced-lines.ts';
import { fromWireAmount, toWireDecimal } from '../wire-amount.ts';
import { toPaymentRows } from './payment-rows.ts';
import type { DocumentBody, ItemRow, ListBody, WireDetails, WireList } from './wire.ts';

/** Source: SUMIT's OpenAPI file, `Accounting_Typed_DocumentType`. */
const TYPE = { invoiceAndReceipt: 1, receipt: 2, creditInvoiceAndReceipt: 6, creditReceipt: 7 } as const;

/** Source: `Accounting_Typed_DocumentCurrency`. */
const CURRENCIES: Readonly<Record<Currency, number>> = { ILS: 0, USD: 1, EUR: 2, CAD: 3, GBP: 5, AUD: 6 };
const LANGUAGES = { he: 0, en: 1 } as const;
/** `Customer.SearchMode`: by `ExternalIdentifier`. The default takes a customer of the same name for the same one. */
const BY_OUR_IDENTIFIER = 2;

/** SUMIT's type for an order. If ours is only a confirmation, SUMIT makes the legal document that the dealer owes. */
export function toDocumentType(
  order: Pick<PushOrder, 'documentType' | 'dealerType' | 'vatRegistered'>,
): number {
  switch (order.documentType) {
    case 'tax_invoice':
      throw new RangeError('the invoice of post-dated cheques is pushed to no invoice service');
    case 'tax_invoice_receipt':
      return TYPE.invoiceAndReceipt;
    case 'receipt':
      return TYPE.receipt;
    case 'payment_confirmation':
      return mayIssueTaxInvoice(order) ? TYPE.invoiceAndReceipt : TYPE.receipt;
    case 'credit_invoice':
      return TYPE.creditInvoiceAndReceipt;
    case 'credit_receipt':
      return TYPE.creditReceipt;
    case 'refund_confirmation':
      return mayIssueTaxInvoice(order) ? TYPE.creditInvoiceAndReceipt : TYPE.creditReceipt;
  }
}

/**
 * The body of `documents/create`. Our id is its external reference, by which it is found again.
 * @throws ProviderError `rejected` if the order does not add up, or credits a document that is not at SUMIT
 */
export function toDocumentBody(order: PushOrder, { isDraft }: { isDraft: boolean }): DocumentBody {
  const { customer, credits } = order;
  return {
    Details: {
      Type: toDocumentType(order),
      Date: order.documentDate,
      Language: LANGUAGES[order.locale],
      Currency: CURRENCIES[order.currency],
      Description: order.description,
      ExternalReference: order.key,
      Customer: {
        Name: customer.name,
        ExternalIdentifier: (credits ?? order).key,
        SearchMode: BY_OUR_IDENTIFIER,
        ...(customer.taxId === null ? {} : { CompanyNumber: customer.taxId }),
        ...(mayIssueTaxInvoice(order) ? { NoVAT: order.split.vat === 0 } : {}),
      },
      ...(isDraft ? { IsDraft: true } : {}),
    },
    Items: toItems(order),
    Payments: toPaymentRows(order),
    VATIncluded: true,
    ...(credits === null ? {} : { OriginalDocumentID: originalId(credits) }),
  };
}

/**
 * The prices include VAT, so that SUMIT computes VAT from the same amounts as we did. Whether it rounds VAT for each
 * row or once is not documented. Rows are sent if both ways come to our VAT, else one row with the total. A document
 * with VAT on a part only is refused: sources contradict each other on how SUMIT reads the VAT of rows.
 */
function toItems(order: PushOrder): ItemRow[] {
  if (hasMixedVat(order)) throw new ProviderError('rejected', MIXED_VAT);
  const { split, description, currency } = order;
  const units = order.lines.map((line) => asUnits(line, order));
  const lines = order.pricesIncludeVat ? units : paidLines({ ...order, lines: units });
  const byRow = sumMinor(lines.map(({ total }) => splitInclusive(total, split.rateBp).vat));
  if (byRow === split.vat) return lines.map((line) => toItem(line, currency));
  return [toItem({ description, quantity: 1, unitPrice: split.total }, currency)];
}

function toItem(
  line: Pick<PricedLine, 'description' | 'quantity' | 'unitPrice'>,
  currency: Currency,
): ItemRow {
  const price = toWireDecimal(line.unitPrice, currency);
  return {
    Quantity: line.quantity,
    ...(currency === 'ILS' ? { UnitPrice: price } : { DocumentCurrency_UnitPrice: price }),
    Item: { Name: line.description },
  };
}

const MIXED_VAT =
  'only a part of this document has VAT. Such a document cannot be sent to SUMIT: create it there by hand';

function originalId({ external, displayNumber }: CreditedDocument): number {
  if (external !== null) return Number(external.id);
  throw new ProviderError(
    'rejected',
    `credits: ${displayNumber} is not at SUMIT; push it first, or credit it there by hand`,
  );
}

/**
 * The list that must contain the document of the order: all of its type and day. References cannot be searched for.
 */
export function toListBody(
  order: PushOrder,
  page: { start: number; size: number; drafts: boolean },
): ListBody {
  return {
    DocumentTypes: [toDocumentType(order)],
    DateFrom: order.documentDate,
    DateTo: dayAfter(order.documentDate),
    IncludeDrafts: page.drafts,
    Paging: { StartIndex: page.start, PageSize: page.size },
  };
}

type Listed = NonNullable<WireList['Documents']>[number];

/**
 * Whether a listed document belongs to the order. One with our id and another amount does, and so does one of an
 * unreadable type: a second document would be worse.
 */
export function isOfOrder({ ExternalReference: key, Type: type }: Listed, order: PushOrder): boolean {
  return key === order.key && (type ?? toDocumentType(order)) === toDocumentType(order);
}

/** Whether its amount matches too. */
export function hasTotalOf(document: Listed, order: PushOrder): boolean {
  return toPositive(document.DocumentValue, order.currency) === order.split.total;
}

/** The document as it was read back. A draft has no number yet. */
export function toServiceDocument(details: WireDetails, currency: Currency): ServiceDocument {
  const vats = details.Items?.map((item) => toPositive(vatOf(item, currency), currency)) ?? [];
  const known = vats.filter((vat) => vat !== null);
  return {
    id: details.DocumentID,
    number: details.DocumentNumber ?? `draft ${details.DocumentID}`,
    url: details.DocumentDownloadURL ?? null,
    allocationNumber: toAllocationNumber(details),
    total: toPositive(details.Document.DocumentValue, currency),
    vat: known.length === vats.length && vats.length > 0 ? sumMinor(known) : null,
  };
}

/** `VAT` is in shekels whatever the document's currency is. */
const vatOf = (item: NonNullable<WireDetails['Items']>[number], currency: Currency) =>
  item.DocumentCurrency_VAT ?? (currency === 'ILS' ? item.VAT : null);

/** The allocation number, which SUMIT requests by itself; null while there is none. */
export const toAllocationNumber = ({ Document: document }: WireDetails): string | null =>
  document.AssignmentNumber ?? null;

/** Minor units without the minus that credits may have; null if the service did not say. */
function toPositive(amount: number | null | undefined, currency: Currency): number | null {
  const minor = fromWireAmount(amount, currency);
  return minor === null ? null : Math.abs(minor);
}
