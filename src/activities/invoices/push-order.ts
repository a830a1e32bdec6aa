import type { DocumentRow } from '../../db/tax-documents.ts';
import { dayInZone } from '../../domain/calendar.ts';
import { neutralDescription } from '../../domain/workspace.ts';
import type { Workspace } from '../../domain/workspace.ts';
import type { PushOrder } from '../../providers/invoices/invoice-service.ts';

/** What an invoice service is told, from frozen content. The one place that decides it: no description of the app's. */
export function toPushOrder(loaded: { document: DocumentRow; workspace: Workspace }): PushOrder {
  const { document, workspace } = loaded;
  const { content } = document;
  return {
    key: document.refundId ?? document.paymentId,
    documentType: document.type,
    documentDate: document.documentDate,
    locale: content.locale,
    currency: document.currency,
    dealerType: content.issuer.dealerType,
    vatRegistered: content.issuer.vatRegistered,
    split: { net: document.net, vat: document.vat, total: document.total, rateBp: document.rateBp },
    description: neutralDescription(workspace, content.locale),
    vatTreatment: content.lines.every((line) => line.vatTreatment === 'exempt')
      ? 'exempt'
      : content.lines.every((line) => line.vatTreatment !== 'standard')
        ? 'zero_rated'
        : 'standard',
    customer: {
      name: content.customer.name,
      taxId: content.customer.taxId,
      // A service that is given an address mails the document itself; whoever mails is decided with the mail settings.
      email: null,
      phone: content.customer.phone,
    },
    means: content.means,
    searchFrom: earlier(document.documentDate, dayInZone(document.createdAt, workspace.timeZone)),
  };
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}
