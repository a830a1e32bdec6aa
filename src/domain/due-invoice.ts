import { dayInZone, fromZonedStamp } from './calendar.ts';
import type { Day } from './calendar.ts';
import { contentOf, withShekels } from './document-content.ts';
import type { DocumentSource, DraftDocument } from './document-content.ts';
import { dayOfMoney, documentDay } from './document-day.ts';
import { linesOf, splitOf } from './document-lines.ts';
import { plainMeans } from './means.ts';
import { inShekels } from './shekel-sums.ts';
import { displayNumber, mayIssueTaxInvoice, needsAllocationNumber, profileOn } from './tax-document.ts';
import type { DocumentType } from './tax-document.ts';
import { israeliVatRateBp } from './vat.ts';

/**
 * The receipt that a dealer of VAT gives at once for post-dated cheques. It bears no VAT: the tax invoice comes on `dueOn`. Its
 * one line is all of the sum, because what was sold stands on the invoice. Credits keep `invoiceDueOn`: they are of money too.
 * Source: docs/reference/israel-tax.md, "What a document says".
 * @throws RangeError (no profile)
 */
export function draftDueReceipt(source: DocumentSource, dueOn: Day): DraftDocument {
  const { workspace, payment, amount } = source;
  const { timeZone, booksClosedThrough, vatReturn } = workspace;
  const movedOn = dayOfMoney(source.paidAt, source.issuedAt, timeZone);
  const documentDate = documentDay({
    movedOn,
    today: dayInZone(source.issuedAt, timeZone),
    booksClosedThrough,
    vatReturn: vatReturn ?? null,
  });
  const total = amount;
  const split = { net: total, vat: 0, total, rateBp: 0 };
  const line = { description: payment.description, quantity: 1, unitPrice: total, total };
  const content = contentOf(source, {
    profile: profileOn(source.profiles, movedOn),
    lines: [{ ...line, vatTreatment: 'standard' }],
    taxIdKind: payment.customer?.taxIdKind ?? 'private',
    movedFromDay: documentDate === movedOn ? null : movedOn,
  });
  return {
    type: 'receipt',
    status: 'issued',
    documentDate,
    currency: payment.currency,
    split,
    content: withShekels(source, split, { ...content, pricesIncludeVat: true, invoiceDueOn: dueOn }),
  };
}

/** The receipt that an invoice follows, as it was issued. */
export interface InvoicedReceipt {
  readonly type: DocumentType;
  readonly number: number;
  readonly documentDate: Day;
}

/** When cheques fall due and their tax invoice is issued: at 06:00 of the day. */
export const fallsDueAt = (dueOn: Day, timeZone: string): Date =>
  fromZonedStamp(`${dueOn} 06:00:00`, timeZone);

/**
 * The tax invoice of post-dated cheques. The day on which they fall due is the tax point: it selects the rate and the dealer. The
 * invoice bears the day on which it is made. `amount` is what is left of the receipt, VAT included, in minor units.
 * @param source its `paidAt` and `means` are not read; its rate is that of `dueOn`
 * @returns null where the dealer of that day may issue no tax invoice
 * @throws RangeError (no profile, no rate)
 */
export function draftDueInvoice(
  source: DocumentSource,
  { dueOn, receipt }: { readonly dueOn: Day; readonly receipt: InvoicedReceipt },
): DraftDocument | null {
  const { workspace, payment, amount } = source;
  const { timeZone, booksClosedThrough } = workspace;
  const profile = profileOn(source.profiles, dueOn);
  if (!mayIssueTaxInvoice(profile)) return null;
  const rateBp = israeliVatRateBp(dueOn);
  const lines = linesOf(payment, amount, rateBp);
  const split = splitOf(amount, lines, rateBp);
  const taxIdKind = payment.customer?.taxIdKind ?? 'private';
  const today = dayInZone(source.issuedAt, timeZone);
  const documentDate = documentDay({ movedOn: today, today, booksClosedThrough });
  const content = withShekels(
    source,
    split,
    contentOf(
      {
        ...source,
        paidAt: fromZonedStamp(`${dueOn} 12:00:00`, timeZone),
        means: [{ ...plainMeans('check', amount), dueDate: dueOn }],
      },
      { profile, lines, taxIdKind, movedFromDay: documentDate === dueOn ? null : dueOn },
    ),
  );
  const type = 'tax_invoice';
  const currency = payment.currency;
  const isHeld = needsAllocationNumber({
    ...{ type, split, day: documentDate, customerIsRegistered: taxIdKind !== 'private' },
    shekels: inShekels({ currency, split, content }),
  });
  return {
    type,
    status: isHeld ? 'allocation_required' : 'issued',
    documentDate,
    currency,
    split,
    content: {
      ...content,
      invoices: {
        type: receipt.type,
        displayNumber: displayNumber(receipt.type, receipt.number),
        documentDate: receipt.documentDate,
      },
    },
  };
}
