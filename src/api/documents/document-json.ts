import type { OriginalFile } from '../../db/document-files.ts';
import type { PushRow } from '../../db/invoice-pushes.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { toRateNumber } from '../../domain/shekel-sums.ts';
import type { ShekelSums } from '../../domain/shekel-sums.ts';
import { displayNumber } from '../../domain/tax-document.ts';
import type { DocumentJson } from './document-schema.ts';

/** A document as the API shows it. `sha256`, `signed` and `computerised` are those of the original, null until it is printed. */
export function toDocumentJson(
  row: DocumentRow,
  original: Pick<OriginalFile, 'sha256' | 'signed' | 'computerised'> | null,
  push: PushRow | null,
): DocumentJson {
  return {
    id: row.id,
    type: row.type,
    series: row.series,
    number: row.number,
    displayNumber: displayNumber(row.type, row.number),
    fiscalYear: row.fiscalYear,
    paymentId: row.paymentId,
    refundId: row.refundId,
    originalDocumentId: row.originalDocumentId,
    reversesDocumentId: row.reversesDocumentId,
    documentDate: row.documentDate,
    createdAt: row.createdAt.toISOString(),
    currency: row.currency,
    net: row.net,
    vat: row.vat,
    total: row.total,
    vatRateBp: row.rateBp,
    status: row.status,
    allocationNumber: row.allocationNumber,
    sha256: original?.sha256 ?? null,
    signed: original?.signed ?? null,
    computerised: original?.computerised ?? null,
    ils: toIlsJson(row.content.ils),
    means: row.content.means,
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    acknowledgement: row.acknowledgement,
    external: toExternalJson(push),
  };
}

function toIlsJson(ils: ShekelSums | undefined): DocumentJson['ils'] {
  if (ils === undefined) return null;
  const { rate, rateDay, net, vat, total } = ils;
  return { rate: toRateNumber(rate), rateDay, net, vat, total };
}

/** Its place at the invoice service. A push that is still due shows nothing yet. */
function toExternalJson(push: PushRow | null): DocumentJson['external'] {
  if (push?.status !== 'pushed') return null;
  return {
    service: push.service,
    id: push.externalId,
    number: push.externalNumber,
    url: push.externalUrl,
    allocationNumber: push.allocationNumber,
  };
}
