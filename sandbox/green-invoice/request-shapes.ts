import {
  anything,
  bool,
  currency,
  date,
  filledText,
  integer,
  listOf,
  number,
  object,
  oneOf,
  optional,
  required,
  text,
} from '../fields.ts';
import type { Rule, Shape } from '../fields.ts';

const texts = (...names: string[]) => Object.fromEntries(names.map((name) => [name, optional(text)]));
const flags = (...names: string[]) => Object.fromEntries(names.map((name) => [name, optional(bool)]));

const email: Rule = (value, path) =>
  typeof value === 'string' && /^[^\s@]+@[^\s@]+$/.test(value)
    ? []
    : [{ field: path, problem: 'must be an e-mail address' }];
const country: Rule = (value, path) =>
  typeof value === 'string' && /^[A-Z]{2}$/.test(value)
    ? []
    : [{ field: path, problem: 'must be a country such as "IL"' }];
const taxId: Rule = (value, path) =>
  typeof value === 'string' && /^[0-9A-Za-z-]{0,20}$/.test(value)
    ? []
    : [{ field: path, problem: 'must be a tax id' }];

const documentNumber: Rule = (value, path) =>
  typeof value === 'number' || typeof value === 'string'
    ? []
    : [{ field: path, problem: 'must be a document number' }];

/** Source: docs/reference/green-invoice.md, "Client". */
const CLIENT: Shape = {
  ...texts('id', 'department', 'address', 'city', 'zip', 'phone', 'fax', 'mobile'),
  name: optional(filledText),
  emails: optional(listOf(email)),
  taxId: optional(taxId),
  country: optional(country),
  ...flags('add', 'self'),
};

/** Source: docs/reference/green-invoice.md, "Income rows". */
const INCOME: Shape = {
  ...texts('catalogNum', 'itemId'),
  description: required(filledText),
  quantity: required(number),
  price: required(number),
  currency: required(currency),
  currencyRate: optional(number),
  vatType: required(oneOf(0, 1, 2)),
  vatRate: optional(number),
  // Not in the tables, but in the vendor's samples
  // (docs/reference/green-invoice.md, "Answers and the allocation number").
  initialPrice: optional(number),
  amount: optional(number),
};

/** Source: docs/reference/green-invoice.md, "Fields of a document". */
const DISCOUNT: Shape = { amount: required(number), type: required(oneOf('sum', 'percentage')) };

/** Source: docs/reference/green-invoice.md, "Payment rows". */
const PAYMENT: Shape = {
  date: required(date),
  type: required(oneOf(-1, 0, 1, 2, 3, 4, 5, 10, 11)),
  price: required(number),
  currency: required(currency),
  currencyRate: optional(number),
  ...texts('bankName', 'bankBranch', 'bankAccount', 'chequeNum', 'accountId', 'transactionId', 'cardNum'),
  appType: optional(integer(1, 6)),
  subType: optional(integer(1, 8)),
  cardType: optional(integer(0, 5)),
  dealType: optional(integer(1, 6)),
  numPayments: optional(integer(1, 36)),
  firstPayment: optional(number),
  amount: optional(number),
};

/**
 * `POST /documents`: the documented fields, no other.
 * Source: docs/reference/green-invoice.md, "Fields of a document".
 */
export const CREATE_DOCUMENT: Shape = {
  type: required(oneOf(10, 20, 100, 200, 210, 300, 305, 320, 330, 400, 405, 500, 600, 610)),
  lang: required(oneOf('he', 'en')),
  currency: required(currency),
  vatType: required(oneOf(0, 1, 2)),
  date: optional(date),
  dueDate: optional(date),
  ...texts('description', 'remarks', 'footer', 'emailContent', 'linkedPaymentId'),
  discount: optional(object(DISCOUNT)),
  paymentChannels: optional(anything),
  amount: optional(number),
  ...flags('rounding', 'signed', 'attachment'),
  maxPayments: optional(integer(1, 36)),
  client: optional(object(CLIENT)),
  income: optional(listOf(object(INCOME))),
  payment: optional(listOf(object(PAYMENT))),
  linkedDocumentIds: optional(listOf(filledText)),
  linkType: optional(text),
};

/** `POST /documents/search`. Source: docs/reference/green-invoice.md, "Search". */
export const SEARCH: Shape = {
  page: optional(integer(1, 1_000_000)),
  pageSize: optional(integer(1, 1_000)),
  number: optional(documentNumber),
  type: optional(listOf(integer(0, 999))),
  status: optional(listOf(integer(0, 4))),
  paymentTypes: optional(listOf(integer(-1, 11))),
  fromDate: optional(date),
  toDate: optional(date),
  ...texts('clientId', 'clientName', 'description'),
  download: optional(bool),
  sort: optional(oneOf('documentDate', 'creationDate')),
};
