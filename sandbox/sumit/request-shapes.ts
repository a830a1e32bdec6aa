import {
  anything,
  bool,
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

// The fields of SUMIT's OpenAPI file, which says `additionalProperties: false` throughout.

const texts = (...names: string[]) => Object.fromEntries(names.map((name) => [name, optional(text)]));
const numbers = (...names: string[]) => Object.fromEntries(names.map((name) => [name, optional(number)]));
const wholeId = integer(1, Number.MAX_SAFE_INTEGER);

/** `date-time` in the file; a day alone is accepted too. */
const moment: Rule = (value, path) => date(typeof value === 'string' ? value.slice(0, 10) : value, path);

const orNull =
  (rule: Rule): Rule =>
  (value, path) =>
    value === null ? [] : rule(value, path);

const CREDENTIALS = required(object({ CompanyID: required(wholeId), APIKey: required(filledText) }));

const CUSTOMER: Shape = {
  ID: optional(wholeId),
  ...texts('Folder', 'Name', 'Phone', 'EmailAddress', 'City', 'Address', 'ZipCode', 'CompanyNumber'),
  ...texts('ExternalIdentifier'),
  Properties: optional(anything),
  NoVAT: optional(bool),
  SearchMode: optional(integer(0, 6)),
};

const DETAILS: Shape = {
  IsDraft: optional(bool),
  Date: optional(moment),
  Customer: required(object(CUSTOMER)),
  SendByEmail: optional(anything),
  Language: optional(integer(0, 3)),
  Currency: optional(oneOf(0, 1, 2, 3, 5, 6)),
  Type: required(integer(0, 14)),
  Description: optional(text),
  ExternalReference: optional(text),
  ...texts('OpeningTextHTML', 'OpeningText', 'ClosingTextHTML', 'ClosingText', 'PaymentRequestText'),
  DueDate: optional(moment),
  Properties: optional(anything),
};

const ITEM: Shape = {
  ...numbers('Quantity', 'UnitPrice', 'TotalPrice', 'VAT'),
  ...numbers('DocumentCurrency_UnitPrice', 'DocumentCurrency_TotalPrice', 'DocumentCurrency_VAT'),
  Item: required(object({ Name: required(filledText), SearchMode: optional(integer(0, 5)) })),
  Description: optional(text),
};

const BANK: Shape = {
  ...numbers('BankNumber', 'BranchNumber'),
  ...texts('AccountNumber', 'Reference', 'ChequeNumber'),
  DueDate: optional(moment),
};
const DIGITAL: Shape = texts('Type', 'Description');

const PAYMENT: Shape = {
  ...numbers('Amount', 'DocumentCurrency_Amount'),
  Type: optional(integer(0, 8)),
  PaymentElementID: optional(wholeId),
  Details_General: optional(object({})),
  Details_Cash: optional(object({})),
  Details_BankTransfer: optional(object(BANK)),
  Details_Cheque: optional(object(BANK)),
  Details_CreditCard: optional(
    object({
      ...texts('CardBrand', 'Last4Digits'),
      ...numbers('FirstPayment', 'EachPayment'),
      Payments: optional(integer(1, 36)),
    }),
  ),
  Details_Other: optional(object({ ...DIGITAL, DueDate: optional(moment) })),
  Details_Digital: optional(object(DIGITAL)),
  Details_TaxWithholding: optional(object({})),
};

/** `POST /accounting/documents/create/`. */
export const CREATE: Shape = {
  Credentials: CREDENTIALS,
  Details: required(object(DETAILS)),
  Items: optional(listOf(object(ITEM))),
  Payments: optional(listOf(object(PAYMENT))),
  VATIncluded: optional(orNull(bool)),
  VATPerItem: optional(bool),
  VATRate: optional(orNull(number)),
  OriginalDocumentID: optional(wholeId),
};

/** `POST /accounting/documents/list/`. */
export const LIST: Shape = {
  Credentials: CREDENTIALS,
  DocumentTypes: optional(listOf(integer(0, 22))),
  DocumentNumberFrom: optional(wholeId),
  DocumentNumberTo: optional(wholeId),
  DateFrom: optional(moment),
  DateTo: optional(moment),
  IncludeDrafts: optional(bool),
  Paging: optional(
    object({ StartIndex: optional(integer(0, 1_000_000)), PageSize: optional(integer(10, 1_000)) }),
  ),
};

/** `POST /accounting/documents/getdetails/`. */
export const GET_DETAILS: Shape = {
  Credentials: CREDENTIALS,
  DocumentID: optional(wholeId),
  DocumentType: optional(integer(0, 22)),
  DocumentNumber: optional(wholeId),
};

/** `POST /website/companies/getdetails/`. */
export const COMPANY: Shape = { Credentials: CREDENTIALS };
