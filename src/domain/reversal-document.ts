import { dayInZone } from './calendar.ts';
import type { CreditedDocument } from './credit-document.ts';
import { TEMPLATE_VERSION } from './document-content.ts';
import type { DraftDocument } from './document-content.ts';
import { documentDay } from './document-day.ts';
import type { OpenDays } from './document-day.ts';
import { needsAllocationNumber } from './tax-document.ts';
import type { DocumentType } from './tax-document.ts';

/** Input of the document that reverses a credit, after the vendor reversed the refund. */
export interface ReversalSource extends OpenDays {
  /** The type of the original: what is reversed is income again. */
  readonly type: DocumentType;
  readonly credit: CreditedDocument;
  readonly at: Date;
  readonly timeZone: string;
}

/** The credit's sums, lines and means from its frozen content, dated today. It names the credit. */
export function draftReversal({ type, credit, ...source }: ReversalSource): DraftDocument {
  const day = dayInZone(source.at, source.timeZone);
  const documentDate = documentDay({
    movedOn: day,
    today: day,
    booksClosedThrough: source.booksClosedThrough,
    vatReturn: source.vatReturn ?? null,
  });
  const { credits: _credits, refundReason: _reason, ...content } = credit.content;
  const isHeld = needsAllocationNumber({
    type,
    day: documentDate,
    split: credit.split,
    currency: credit.currency,
    customerIsRegistered: content.customer.taxIdKind !== 'private',
  });
  return {
    type,
    status: isHeld ? 'allocation_required' : 'issued',
    documentDate,
    currency: credit.currency,
    split: credit.split,
    content: {
      ...content,
      templateVersion: TEMPLATE_VERSION,
      paidAt: source.at.toISOString(),
      movedFromDay: documentDate === day ? null : day,
      reverses: {
        type: credit.type,
        displayNumber: credit.displayNumber,
        documentDate: credit.documentDate,
      },
    },
  };
}
