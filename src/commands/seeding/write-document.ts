import { fiscalYearOf } from '../../domain/calendar.ts';
import type { DraftDocument } from '../../domain/document-content.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import type { OutgoingEvent } from '../../history/event-facts.ts';
import { idOf, later, tellLife } from './life.ts';
import type { Life, Writing } from './life.ts';

/** What a document is about. */
interface About {
  readonly refundId: string | null;
  readonly transactionId: string;
  readonly originalDocumentId: string | null;
  /** Of a credit: when the customer confirmed it. */
  readonly acknowledgedAt: Date | null;
}

/** A document with its number. */
export interface Written {
  readonly id: string;
  /** As the timeline names it. */
  readonly name: string;
  readonly events: readonly OutgoingEvent[];
}

/** Numbers a document and writes it. Documents come in the order of their time, so that numbers and dates rise together. */
export function writeDocument(
  writing: Writing,
  life: Life,
  draft: DraftDocument,
  about: About,
  at: Date,
): Written {
  const { rows, numbers, clinic } = writing;
  const { type, split, documentDate, currency, status, content } = draft;
  const number = (numbers.get(type) ?? 0) + 1;
  numbers.set(type, number);
  const id = idOf(writing, life.drawn, 'document', at, life.documents.length);
  life.documents.push({ id, draft, number });
  rows.tax_documents.push({
    id,
    workspace_id: clinic.workspace.id,
    payment_id: life.id,
    refund_id: about.refundId,
    transaction_id: about.transactionId,
    original_document_id: about.originalDocumentId,
    type,
    series: type,
    number,
    fiscal_year: fiscalYearOf(documentDate),
    document_date: documentDate,
    currency,
    net: split.net,
    vat: split.vat,
    total: split.total,
    rate_bp: split.rateBp,
    status,
    content,
    payment_provider: life.drawn.fate === 'manual' ? 'manual' : (clinic.provider?.provider ?? 'manual'),
    payment_method: life.drawn.method,
    acknowledged_at: about.acknowledgedAt,
    created_at: at,
  });
  const shown = displayNumber(type, number);
  const facts = { documentId: id, type, number, displayNumber: shown };
  const { net, vat, total } = split;
  return {
    id,
    name: `${type} ${shown}`,
    events: [{ type: 'document.issued', facts: { ...facts, net, vat, total } }],
  };
}

/** The push of a document to the clinic's invoice service, if it has one. */
export function writePush(writing: Writing, life: Life, { id, name }: Written, at: Date): void {
  const { clinic, rows } = writing;
  if (clinic.invoices === null) return;
  const { id: accountId, provider: service } = clinic.invoices;
  const pushedAt = later(at, 900);
  rows.invoice_pushes.push({
    document_id: id,
    workspace_id: clinic.workspace.id,
    account_id: accountId,
    service,
    status: 'pushed',
    external_id: `seeded-${id}`,
    external_number: id.slice(-8),
    created_at: at,
    pushed_at: pushedAt,
  });
  tellLife(
    writing,
    life,
    pushedAt,
    { kind: 'pushed', summary: `${service} has ${name}`, detail: { documentId: id } },
    [{ type: 'invoice.pushed', facts: { documentId: id, service, externalNumber: id.slice(-8) } }],
  );
}
