/** Source: SUMIT's OpenAPI file, `Accounting_Typed_DocumentType` and `Accounting_Typed_DocumentCurrency`. */
const TAX_INVOICES = [0, 1, 5, 6];
const WITH_PAYMENT = [1, 2, 4, 6, 7, 14];
const CREDITS = [5, 6, 7, 14];

/** A business without VAT issues no tax invoices. */
export const isTaxInvoice = (type: number): boolean => TAX_INVOICES.includes(type);
/** Types with payments. */
export const bearsPayments = (type: number): boolean => WITH_PAYMENT.includes(type);
export const isCredit = (type: number): boolean => CREDITS.includes(type);

const CURRENCIES: Readonly<Record<number, string>> = {
  0: 'ILS',
  1: 'USD',
  2: 'EUR',
  3: 'CAD',
  5: 'GBP',
  6: 'AUD',
};

/** The ISO 4217 code of a currency number; ILS if there is none. */
export const currencyOf = (value: unknown): string => CURRENCIES[Number(value ?? 0)] ?? 'ILS';
