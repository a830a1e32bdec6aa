import { createHash } from 'node:crypto';
import { toMajor } from '../decimal.ts';
import { isFields } from '../fields.ts';
import { allocationThresholdOn } from '../israel.ts';
import type { Fields, StoredDocument } from '../ledger/records.ts';
import type { VendorDeps } from '../vendor.ts';
import { isCredit, isTaxInvoice } from './document-types.ts';
import { toShekels } from './prices.ts';

export const toLink = ({ id }: StoredDocument, baseUrl: string): string => `${baseUrl}/sumit/files/${id}`;

const detailsOf = ({ wire }: StoredDocument): Fields => (isFields(wire['Details']) ? wire['Details'] : {});

/** Credits are negative, as in observed accounts. */
const signed = (document: StoredDocument, minor: number): number =>
  toMajor(isCredit(document.type) ? -minor : minor, document.currency);

const inShekels = (document: StoredDocument, minor: number): number =>
  toMajor(toShekels(isCredit(document.type) ? -minor : minor, document.currency), 'ILS');

/** The common fields of a list row and a single document. */
function toSummary(document: StoredDocument): Fields {
  const details = detailsOf(document);
  return {
    IsDraft: document.number === '',
    Date: `${document.documentDate}T00:00:00`,
    Language: details['Language'] ?? 0,
    Currency: details['Currency'] ?? 0,
    Type: document.type,
    Description: details['Description'] ?? null,
    ExternalReference: document.reference,
    DueDate: null,
    DocumentValue: signed(document, document.total),
    CompanyValue: inShekels(document, document.total),
    IsClosed: true,
  };
}

const toIds = (document: StoredDocument, baseUrl: string): Fields => ({
  DocumentID: Number(document.id),
  DocumentNumber: document.number === '' ? null : Number(document.number),
  DocumentDownloadURL: toLink(document, baseUrl),
  DocumentPaymentURL: null,
});

/** A row of `documents/list`. */
export function toListed(document: StoredDocument, baseUrl: string): Fields {
  return {
    ...toSummary(document),
    ...toIds(document, baseUrl),
    CustomerID: 1,
    CustomerName: document.customerName,
  };
}

/** The answer of `documents/getdetails`. */
export function toDetails(document: StoredDocument, deps: VendorDeps): Fields {
  const { wire } = document;
  const vats = wire['vats'] as number[];
  const items = (wire['Items'] ?? []) as Fields[];
  return {
    Document: {
      ...toSummary(document),
      Customer: wire['customer'],
      AssignmentNumber: toAssignmentNumber(document, deps),
    },
    Items: items.map((item, index) => ({
      ...item,
      VAT: inShekels(document, vats[index] ?? 0),
      DocumentCurrency_VAT: signed(document, vats[index] ?? 0),
    })),
    Payments: wire['Payments'] ?? [],
    ...toIds(document, deps.baseUrl()),
  };
}

/** SUMIT requests the allocation number by itself; it comes a moment after the document. */
const ASSIGNMENT_TAKES_MS = 1_500;

function toAssignmentNumber(document: StoredDocument, { now, lag }: VendorDeps): string | null {
  const { type, vat, net, currency, documentDate, createdAt, wire } = document;
  const isDealer = isFields(wire['customer']) && typeof wire['customer']['CompanyNumber'] === 'string';
  const isOwed = isDealer && isTaxInvoice(type) && vat > 0;
  const isAbove = toShekels(net, currency) > allocationThresholdOn(documentDate);
  if (!isOwed || !isAbove || now().getTime() < Date.parse(createdAt) + lag(document, ASSIGNMENT_TAKES_MS))
    return null;
  const digits = createHash('sha256').update(document.id).digest().readUInt32BE() % 1_000_000_000;
  return String(digits).padStart(9, '0');
}
