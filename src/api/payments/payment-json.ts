import type { PaymentRow } from '../../db/payments.ts';
import type { PageRow } from '../../db/provider-pages.ts';
import { amountsOf } from '../../domain/amounts.ts';
import type { DocumentShare } from '../../domain/amounts.ts';
import type { Day } from '../../domain/calendar.ts';
import type { Means } from '../../domain/means.ts';
import { WARNING_SENTENCES } from '../../domain/payment-warnings.ts';
import { isPaid } from '../../domain/payment.ts';
import type { PaymentJson } from './payment-answer.ts';

/** What the API shows of a payment beside its row. */
export interface PaymentSurroundings {
  /** Our stable address for the payer. */
  readonly url: string | null;
  readonly livePage: Pick<PageRow, 'url' | 'expiresAt'> | null;
  readonly means: readonly Means[];
  readonly documents: readonly (DocumentShare & { readonly id: string })[];
  /** The day of the tax invoice of post-dated cheques. */
  readonly invoiceDueOn: Day | null;
}

/** A payment as the API shows it. It has a `link` once the provider has made a page. */
export function toPaymentJson(payment: PaymentRow, around: PaymentSurroundings): PaymentJson {
  return {
    id: payment.id,
    workspaceId: payment.workspaceId,
    view: 'full',
    status: payment.status,
    paid: isPaid(payment.status),
    amounts: amountsOf(sumsOf(payment), around.documents),
    outcome: payment.outcome,
    nextCheckAt: toInstant(payment.nextCheckAt),
    review: payment.review,
    reference: payment.reference,
    description: payment.description,
    amount: payment.amount,
    currency: payment.currency,
    vatIncluded: payment.vatIncluded,
    provider: payment.provider,
    method: payment.method,
    means: around.means,
    subject: payment.subject,
    link:
      around.livePage === null || around.url === null
        ? null
        : { url: around.url, providerUrl: around.livePage.url, expiresAt: toInstant(payment.expiresAt) },
    customer: payment.customer,
    patient: payment.patient,
    sessionDates: payment.sessionDates,
    printPatient: payment.printPatient,
    items: payment.items,
    discount: payment.discount,
    metadata: payment.metadata,
    documentIds: around.documents.map(({ id }) => id),
    taxInvoice: toTaxInvoice(payment, around),
    capturedAmount: payment.capturedAmount,
    refundedAmount: payment.refundedAmount,
    warnings: payment.warnings.map((code) => ({ code, detail: WARNING_SENTENCES[code] })),
    failure: payment.status === 'failed' ? payment.failure : null,
    createdAt: toInstant(payment.createdAt),
    paidAt: toInstant(payment.paidAt),
    completedAt: toInstant(payment.completedAt),
    expiresAt: toInstant(payment.expiresAt),
  };
}

/** What a key sees of it that may only make and send links: whether it is paid, and nothing about the payer. */
export function toLinkView(payment: PaymentJson): PaymentJson {
  return {
    ...payment,
    view: 'link',
    description: '',
    subject: null,
    customer: null,
    patient: null,
    sessionDates: [],
    printPatient: false,
    items: null,
    discount: 0,
    metadata: {},
    means: [],
    method: null,
    review: null,
    documentIds: [],
    taxInvoice: null,
  };
}

/** Once nothing is left of the receipt, no invoice comes; one that waited for its allocation number is cancelled. */
function toTaxInvoice(
  { capturedAmount, refundedAmount }: PaymentRow,
  { invoiceDueOn, documents }: PaymentSurroundings,
): PaymentJson['taxInvoice'] {
  if (invoiceDueOn === null) return null;
  const invoice = documents.find(
    ({ countsAs, refundId, reversesDocumentId }) =>
      countsAs === 'sale' && refundId === null && reversesDocumentId === null,
  );
  const isOver = capturedAmount > 0 && refundedAmount >= capturedAmount;
  const isCancelled = invoice?.status === 'cancelled';
  const status =
    invoice !== undefined && !isCancelled ? 'issued' : isOver || isCancelled ? 'not_owed' : 'due';
  return { dueOn: invoiceDueOn, status, documentId: invoice?.id ?? null };
}

function sumsOf({ chargeAmount, capturedAmount, refundedAmount }: PaymentRow) {
  return { asked: chargeAmount, captured: capturedAmount, refunded: refundedAmount };
}

function toInstant(at: Date): string;
function toInstant(at: Date | null): string | null;
function toInstant(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
