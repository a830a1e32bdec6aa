import { createHash } from 'node:crypto';
import { toMajor } from '../decimal.ts';
import { allocationThresholdOn } from '../israel.ts';
import { isFields } from '../fields.ts';
import type { Fields, StoredDocument } from '../ledger/records.ts';
import type { VendorDeps } from '../vendor.ts';
import { rowsOf } from './document-rules.ts';
import { hasOtherHabit } from '../habits.ts';
import { ALLOCATED } from './document-types.ts';

/** The vendor requests the allocation number by itself; it comes a moment after the document. */
const ALLOCATION_TAKES_MS = 1_500;

export const toLinks = ({ id }: StoredDocument, baseUrl: string) => {
  const file = `${baseUrl}/green-invoice/files/${id}`;
  return { he: `${file}?lang=he`, en: `${file}?lang=en`, origin: `${file}?copy=origin` };
};

/**
 * The answer to a creation: neither totals nor the allocation number are in it.
 * Source: docs/reference/green-invoice.md, "Answers and the allocation number".
 */
export function toCreated(document: StoredDocument, baseUrl: string): Fields {
  const { wire } = document;
  return {
    id: document.id,
    number: document.number,
    type: document.type,
    lang: wire['lang'],
    signed: wire['signed'] ?? true,
    dueDate: wire['dueDate'] ?? null,
    client: wire['client'],
    vatRate: document.vatRateBp / 10_000,
    url: toLinks(document, baseUrl),
    taxAuthorityConfirmationInitiated: needsAllocation(document),
    taxAuthorityConfirmationLastError: 0,
  };
}

/** The document as `GET /documents/{id}` and the search return it. */
export function toDocumentView(document: StoredDocument, deps: VendorDeps): Fields {
  const { wire, currency } = document;
  const allocationNumber = toAllocationNumber(document, deps);
  return {
    ...toCreated(document, deps.baseUrl()),
    status: document.status,
    documentDate: document.documentDate,
    creationDate: Math.floor(Date.parse(document.createdAt) / 1000),
    description: document.description,
    remarks: wire['remarks'] ?? '',
    currency,
    vatType: wire['vatType'],
    amount: toMajor(document.total, currency),
    amountDueVat: toMajor(document.net - document.exempt, currency),
    amountExemptVat: toMajor(document.exempt, currency),
    vat: toMajor(document.vat, currency),
    income: rowsOf(wire, 'income'),
    payment: rowsOf(wire, 'payment'),
    linkedDocumentIds: wire['linkedDocumentIds'] ?? [],
    ...(hasOtherHabit(document.account)
      ? { number: Number(document.number), url: undefined, taxAuthorityConfirmationNumber: allocationNumber }
      : { allocationNumber, taxAuthorityConfirmationNumber: allocationNumber }),
  };
}

function needsAllocation({ type, vat, net, currency, documentDate, wire }: StoredDocument): boolean {
  const isRegistered = isFields(wire['client']) && typeof wire['client']['taxId'] === 'string';
  return (
    isRegistered &&
    ALLOCATED.includes(type) &&
    currency === 'ILS' &&
    vat > 0 &&
    net > allocationThresholdOn(documentDate)
  );
}

function toAllocationNumber(document: StoredDocument, { now, lag }: VendorDeps): string | null {
  if (
    !needsAllocation(document) ||
    now().getTime() < Date.parse(document.createdAt) + lag(document, ALLOCATION_TAKES_MS)
  )
    return null;
  const digits = BigInt(`0x${createHash('sha256').update(document.id).digest('hex').slice(0, 16)}`);
  return String(digits % 1_000_000_000n).padStart(9, '0');
}
