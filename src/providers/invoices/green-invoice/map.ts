import type { Day } from '../../../domain/calendar.ts';
import type { Currency } from '../../../domain/money.ts';
import { ProviderError } from '../../../domain/provider-error.ts';
import { mayIssueTaxInvoice } from '../../../domain/tax-document.ts';
import { splitInclusive } from '../../../domain/vat.ts';
import type { VatSplit } from '../../../domain/vat.ts';
import type { PushOrder, ServiceDocument } from '../invoice-service.ts';
import { fromWireAmount, toWireDecimal } from './amount.ts';
import { toPaymentRows } from './payment-rows.ts';
import type { DocumentBody, IncomeRow, Links, WireDocument } from './wire.ts';

const TAX_INVOICE_RECEIPT = 320;
const RECEIPT = 400;
/** Status of a document that cancels another one. */
const CANCELLING = 3;

/** Source: reference/green-invoice.md §4.3. */
const DOCUMENT_VAT = { byBusiness: 0, exempt: 1, mixed: 2 } as const;
const ROW_VAT = { included: 1, exempt: 2 } as const;

/**
 * The service's type for an order. A confirmation of ours stands beside the legal document that the dealer owes.
 * @throws ProviderError `unsupported_operation` for a document that credits another
 */
export function toDocumentType(
  order: Pick<PushOrder, 'documentType' | 'dealerType' | 'vatRegistered'>,
): number {
  switch (order.documentType) {
    case 'tax_invoice_receipt':
      return TAX_INVOICE_RECEIPT;
    case 'receipt':
      return RECEIPT;
    case 'payment_confirmation':
      return mayIssueTaxInvoice(order) ? TAX_INVOICE_RECEIPT : RECEIPT;
    case 'credit_receipt':
    case 'credit_invoice':
    case 'refund_confirmation':
      throw new ProviderError(
        'unsupported_operation',
        `Green Invoice is not given a ${order.documentType} yet`,
      );
  }
}

/**
 * The body of `POST /documents`. Our id is its description, because only that can be searched for.
 * @param day date of the document, where it cannot be the order's own
 * @throws ProviderError `rejected` when the order does not add up, `unsupported_operation`
 */
export function toDocumentBody(order: PushOrder, day: Day = order.documentDate): DocumentBody {
  const { customer, currency } = order;
  return {
    type: toDocumentType(order),
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
      add: false,
    },
    ...toVatAndIncome(order),
    payment: toPaymentRows(order),
  };
}

/** VAT-bearing rows carry the price with VAT inside, so that the service takes VAT from the same sum as we did. */
function toVatAndIncome(order: PushOrder): Pick<DocumentBody, 'vatType' | 'income'> {
  const { taxed, untaxed } = partsOf(order.split);
  const row = (vatType: number, minor: number): IncomeRow => ({
    description: order.description,
    quantity: 1,
    price: toWireDecimal(minor, order.currency),
    currency: order.currency,
    vatType,
  });
  if (taxed === 0) return { vatType: DOCUMENT_VAT.exempt, income: [row(ROW_VAT.exempt, untaxed)] };
  if (untaxed === 0) return { vatType: DOCUMENT_VAT.byBusiness, income: [row(ROW_VAT.included, taxed)] };
  return {
    vatType: DOCUMENT_VAT.mixed,
    income: [row(ROW_VAT.included, taxed), row(ROW_VAT.exempt, untaxed)],
  };
}

/** The gross part that bears VAT and the part that does not, minor units. */
function partsOf({ vat, total, rateBp }: VatSplit): { taxed: number; untaxed: number } {
  if (vat === 0) return { taxed: 0, untaxed: total };
  if (splitInclusive(total, rateBp).vat === vat) return { taxed: total, untaxed: 0 };
  // The order names no parts. A few neighbouring sums carry the same VAT; this is the middle one, so VAT is exact.
  const rate = BigInt(rateBp);
  const taxed = rateBp === 0 ? Infinity : Number((2n * BigInt(vat) * (10_000n + rate) + rate) / (2n * rate));
  if (taxed <= total) return { taxed, untaxed: total - taxed };
  throw new ProviderError(
    'rejected',
    `split: VAT of ${vat} cannot lie in a total of ${total} at ${rateBp} basis points`,
  );
}

/** How sure we are that a document is the one of this order. */
export type Likeness = 'same' | 'same_with_other_amount' | 'another';

/**
 * Compares id, type and amount. A document with our id and another amount is still ours: a second one would be worse
 * than one that a person must look at.
 */
export function compareWithOrder(document: WireDocument, order: PushOrder): Likeness {
  const words = `${document.description ?? ''} ${document.remarks ?? ''}`.split(/[\s,;:()]+/);
  const isOurs = words.includes(order.key) && document.type === toDocumentType(order);
  if (!isOurs || document.status === CANCELLING) return 'another';
  return fromWireAmount(document.amount, order.currency) === order.split.total
    ? 'same'
    : 'same_with_other_amount';
}

/** The document as it was read back. */
export function toServiceDocument(document: WireDocument, links: Links, currency: Currency): ServiceDocument {
  return {
    id: document.id,
    number: document.number,
    url: links.origin ?? links.he ?? links.en ?? null,
    allocationNumber: document.allocationNumber ?? document.taxAuthorityConfirmationNumber ?? null,
    total: fromWireAmount(document.amount, currency),
    vat: fromWireAmount(document.vat, currency),
  };
}
