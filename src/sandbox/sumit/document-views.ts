import { toMajor } from '../decimal.ts';
import { isFields } from '../fields.ts';
import type { Fields, StoredDocument } from '../ledger/records.ts';
import { isCredit } from './document-types.ts';

export const toLink = ({ id }: StoredDocument, baseUrl: string): string => `${baseUrl}/sumit/files/${id}`;

const detailsOf = ({ wire }: StoredDocument): Fields => (isFields(wire['Details']) ? wire['Details'] : {});

/** Credits are shown below zero, as accounts that were looked at show them. */
const signed = (document: StoredDocument, minor: number): number =>
  toMajor(isCredit(document.type) ? -minor : minor, document.currency);

/** What a list and a single document have in common. */
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
    CompanyValue: signed(document, document.total),
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
export function toDetails(document: StoredDocument, baseUrl: string): Fields {
  const { wire } = document;
  const vats = wire['vats'] as number[];
  const items = (wire['Items'] ?? []) as Fields[];
  return {
    Document: { ...toSummary(document), Customer: detailsOf(document)['Customer'] },
    Items: items.map((item, index) => ({
      ...item,
      VAT: signed(document, vats[index] ?? 0),
      DocumentCurrency_VAT: signed(document, vats[index] ?? 0),
    })),
    Payments: wire['Payments'] ?? [],
    ...toIds(document, baseUrl),
  };
}
