import type { DocumentRow } from '../../db/tax-documents.ts';
import type { WorkspaceRow } from '../../db/workspaces.ts';
import type { DocumentContent, DocumentLine } from '../../domain/document-content.ts';
import { dayInZone } from '../../domain/calendar.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import type { VatTreatment } from '../../domain/vat.ts';
import { neutralDescription } from '../../domain/workspace.ts';
import type { Locale } from '../../domain/workspace.ts';
import type { CreditedDocument, PushOrder } from '../../providers/invoices/invoice-service.ts';
import type { LoadedPush, OriginalDocument } from './load-push.ts';

/**
 * What an invoice service is told, from frozen content. Only this file decides it. The app's own words leave only if the
 * workspace lets them (`invoiceServiceText`).
 */
export function toPushOrder({ document, workspace, original }: Omit<LoadedPush, 'account'>): PushOrder {
  const { content } = document;
  return {
    key: keyOf(document),
    id: document.id,
    number: document.number,
    displayNumber: displayNumber(document.type, document.number),
    fiscalYear: document.fiscalYear,
    documentType: document.type,
    documentDate: document.documentDate,
    locale: content.locale,
    currency: document.currency,
    dealerType: content.issuer.dealerType,
    vatRegistered: content.issuer.vatRegistered,
    split: { net: document.net, vat: document.vat, total: document.total, rateBp: document.rateBp },
    description: neutralDescription(workspace, content.locale),
    lines: toLines(content, workspace),
    pricesIncludeVat: content.pricesIncludeVat,
    vatReason: content.vatReason,
    refundReason: refundReasonOf(content, workspace),
    vatTreatment: treatmentOf(content.lines),
    customer: {
      name: content.customer.name,
      taxId: content.customer.taxId,
      // A service with an e-mail address mails the document itself. The mail settings decide who sends mails.
      email: null,
      phone: content.customer.phone,
      address: content.customer.address,
    },
    means: content.means,
    searchFrom: earlier(document.documentDate, dayInZone(document.createdAt, workspace.timeZone)),
    credits: original === null ? null : toCredited(original),
  };
}

/** Lines and reasons may hold medical words: they leave only if the workspace says so. */
const saysItsTexts = ({ invoiceServiceText }: WorkspaceRow): boolean => invoiceServiceText === 'lines';

function toLines({ lines, locale }: DocumentContent, workspace: WorkspaceRow): PushOrder['lines'] {
  const neutral = neutralDescription(workspace, locale);
  return lines.map(({ description, creditsLine: _creditsLine, ...figures }) => ({
    description: saysItsTexts(workspace) ? description : neutral,
    ...figures,
  }));
}

/** A credit says why (docs/reference/israel-tax.md, "What a document says"). */
function refundReasonOf({ refundReason, locale }: DocumentContent, workspace: WorkspaceRow): string | null {
  if (refundReason === undefined) return null;
  return saysItsTexts(workspace) ? refundReason : MONEY_BACK[locale];
}

const MONEY_BACK: Readonly<Record<Locale, string>> = { he: 'החזר כספי', en: 'Refund' };

/** The id of the document at the service: each payment, refund and reversal has one. */
function keyOf({ id, refundId, paymentId, reversesDocumentId }: DocumentRow): string {
  return reversesDocumentId === null ? (refundId ?? paymentId) : id;
}

function toCredited({ document, push }: OriginalDocument): CreditedDocument {
  const { externalId, externalNumber } = push ?? { externalId: null, externalNumber: null };
  return {
    key: keyOf(document),
    id: document.id,
    type: document.type,
    displayNumber: displayNumber(document.type, document.number),
    documentDate: document.documentDate,
    total: document.total,
    external:
      externalId === null || externalNumber === null ? null : { id: externalId, number: externalNumber },
  };
}

/** One value for all lines: standard if any of them is. */
function treatmentOf(lines: readonly DocumentLine[]): VatTreatment {
  if (lines.every((line) => line.vatTreatment === 'exempt')) return 'exempt';
  return lines.every((line) => line.vatTreatment !== 'standard') ? 'zero_rated' : 'standard';
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}
