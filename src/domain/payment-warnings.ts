import type { DocumentContent } from './document-content.ts';
import { sumMinor } from './money.ts';
import type { Currency } from './money.ts';
import { needsShekels } from './shekel-sums.ts';
import { legalTypeOf } from './tax-document.ts';
import type { DocumentType } from './tax-document.ts';

/**
 * What the business and its accountant should know about money that came. It is warned of and recorded, and never refused:
 * money that was received must be documented.
 */
export const PAYMENT_WARNINGS = ['customer_unidentified', 'cash_limit', 'exchange_rate_missing'] as const;
export type PaymentWarning = (typeof PAYMENT_WARNINGS)[number];

/** Each warning as people read it. */
export const WARNING_SENTENCES: Readonly<Record<PaymentWarning, string>> = {
  customer_unidentified:
    'The document is of 5,000 ₪ or more and does not name the number of the customer: ask for it, the detailed VAT file may need it.',
  cash_limit:
    'More came in cash than the Cash Law lets a business take: of a price above 6,000 ₪, the lower of 6,000 ₪ and a tenth of the price.',
  exchange_rate_missing:
    'The document has no sums in shekels, because no exchange rate was known for the day of payment. Whoever runs Tashlum enters the rate with PUT /v1/admin/exchange-rates/{currency}/{day}. Reports in shekels then contain the document.',
};

/** From this total on, in agorot, a document should have the customer's number. */
const NAMED_FROM = 500_000;
/** Above this price, in agorot, a business may take the lower of it and a tenth of the price in cash. */
const CASH_LAW_ABOVE = 600_000;

/**
 * The warnings about a payment's document; `total` in minor units. Of another currency, its sums in shekels are looked at.
 * Source: docs/reference/israel-tax.md, "Cash and customers without a number".
 */
export function warningsOf(document: {
  readonly type: DocumentType;
  readonly currency: Currency;
  readonly total: number;
  readonly content: Pick<DocumentContent, 'issuer' | 'customer' | 'means' | 'ils'>;
}): readonly PaymentWarning[] {
  const { type, currency, content } = document;
  const { issuer, customer, ils } = content;
  if (issuer.dealerType === 'foreign') return [];
  if (needsShekels(currency, issuer) && ils === undefined) return ['exchange_rate_missing'];
  const { total, means } = ils ?? { total: document.total, means: content.means };
  const cash = sumMinor(means.filter(({ method }) => method === 'cash').map(({ amount }) => amount));
  const isInvoice = type === 'tax_invoice' || legalTypeOf(type, issuer) === 'tax_invoice_receipt';
  const isNamed = cash > 0 || isInvoice;
  const applies: Readonly<Record<PaymentWarning, boolean>> = {
    customer_unidentified: isNamed && total >= NAMED_FROM && customer.taxId === null,
    cash_limit: total > CASH_LAW_ABOVE && cash > Math.min(CASH_LAW_ABOVE, total / 10),
    exchange_rate_missing: false,
  };
  return PAYMENT_WARNINGS.filter((warning) => applies[warning]);
}
