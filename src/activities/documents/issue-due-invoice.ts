import { findExchangeRate } from '../../db/exchange-rates.ts';
import { MAKING_THE_INVOICE, NO_INVOICE_POSSIBLE } from '../../db/manual-payments.ts';
import { setWarnings } from '../../db/payments.ts';
import type { SqlTransaction } from '../../db/pool.ts';
import { askPersonAgain } from '../../db/review-questions.ts';
import { insertDocument, listPaymentDocuments } from '../../db/tax-documents.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { dayInZone } from '../../domain/calendar.ts';
import { draftDueInvoice, fallsDueAt } from '../../domain/due-invoice.ts';
import type { DraftDocument } from '../../domain/document-content.ts';
import { newId } from '../../domain/ids.ts';
import { sumMinor } from '../../domain/money.ts';
import { warningsOf } from '../../domain/payment-warnings.ts';
import { displayNumber, isDueInvoice, isOriginal, standingCreditsOf } from '../../domain/tax-document.ts';
import { tell } from '../../history/tell.ts';
import { tellWarnings } from '../../history/warnings.ts';
import { runOrAsk } from '../books/run-or-ask.ts';
import { updateStanding } from '../books/update-standing.ts';
import type { ActivityContext } from '../context.ts';
import { comeBack } from '../failure.ts';
import { readSettling } from '../payments/read-settling.ts';
import type { Settling } from '../payments/read-settling.ts';
import { documentEvents } from './issue-document.ts';
import { oweDocumentMail } from './owe-mail.ts';

/** What became of the tax invoice of post-dated cheques. */
export interface DueInvoiceStep {
  /** ISO; when to look again. Null: nothing is owed any more. */
  readonly wakeAt: string | null;
  /** The invoice, once it is issued. */
  readonly documentId: string | null;
}

const NOTHING_OWED: DueInvoiceStep = { wakeAt: null, documentId: null };
/** A refund that is under way decides what is left to invoice. */
const REFUND_SOON_MS = 5_000;

interface Ids {
  readonly workspaceId: string;
  readonly paymentId: string;
}

/**
 * Issues the tax invoice of post-dated cheques for what is left of their receipt, once they fall due in the workspace's time zone.
 * A second call changes nothing. Where the dealer may issue no tax invoice any more, a person is asked.
 */
export function createIssueDueInvoice(context: ActivityContext) {
  return function issueDueInvoice({ workspaceId, paymentId }: Ids): Promise<DueInvoiceStep> {
    const ids = { workspaceId, paymentId };
    return runOrAsk(
      context,
      { ...ids, subject: MAKING_THE_INVOICE },
      (tx) => issueDueInvoiceIn(tx, ids),
      () => Promise.resolve(NOTHING_OWED),
    );
  };
}

/** The same inside a transaction. @throws ApplicationFailure `not_yet` while a refund is under way */
export async function issueDueInvoiceIn(tx: SqlTransaction, ids: Ids): Promise<DueInvoiceStep> {
  const settling = await readSettling(tx, ids);
  const documents = await listPaymentDocuments(tx, ids.paymentId);
  const issued = documents.find(isDueInvoice);
  if (issued !== undefined) return { wakeAt: null, documentId: issued.id };
  const receipt = documents.find(isOriginal);
  const dueOn = receipt?.content.invoiceDueOn;
  if (receipt === undefined || dueOn === undefined) return NOTHING_OWED;
  const left = receipt.total - sumMinor(standingCreditsOf(receipt, documents).map(({ total }) => total));
  if (left <= 0) return NOTHING_OWED;
  const { timeZone } = settling.workspace;
  const dueAt = fallsDueAt(dueOn, timeZone);
  const now = new Date();
  if (now < dueAt) return { wakeAt: dueAt.toISOString(), documentId: null };
  if (settling.books.refunds.some(({ status }) => status === 'pending'))
    throw comeBack('not_yet', `a refund of ${ids.paymentId} is under way`, REFUND_SOON_MS);
  const { workspace, payment, profiles } = settling;
  const draft = draftDueInvoice(
    {
      ...{ workspace, profiles, payment, issuer: 'engine', amount: left, means: [] },
      ...{ paidAt: now, issuedAt: now, payerName: null, logoSha256: workspace.logoSha256 },
      rate: await findExchangeRate(tx, payment.currency, {
        taxPoint: dueOn,
        today: dayInZone(now, timeZone),
      }),
    },
    { dueOn, receipt },
  );
  return draft === null
    ? askAbout(tx, ids)
    : { wakeAt: null, documentId: await issue(tx, settling, receipt, draft) };
}

/** Who is no dealer of VAT on the due date may write no tax invoice. */
async function askAbout(tx: SqlTransaction, ids: Ids): Promise<DueInvoiceStep> {
  const subject = NO_INVOICE_POSSIBLE;
  if (await askPersonAgain(tx, { ...ids, reason: 'reconciliation', subject }))
    await tell(tx, ids, { kind: 'refused', summary: `A person must look at this payment: ${subject}` });
  await updateStanding(tx, ids.paymentId);
  return NOTHING_OWED;
}

async function issue(
  tx: SqlTransaction,
  { payment, workspace }: Settling,
  receipt: DocumentRow,
  draft: DraftDocument,
): Promise<string> {
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  const document = await insertDocument(tx, {
    ...draft,
    ...owner,
    id: newId('document'),
    transactionId: receipt.transactionId,
    refundId: null,
    originalDocumentId: null,
  });
  const added = warningsOf(document).filter((warning) => !payment.warnings.includes(warning));
  if (added.length > 0) await setWarnings(tx, payment.id, [...payment.warnings, ...added]);
  await oweDocumentMail(tx, workspace, payment, document);
  await tell(tx, owner, {
    kind: 'invoice_issued',
    summary: `The cheques fell due: ${document.type} ${displayNumber(document.type, document.number)} was issued`,
    detail: { documentId: document.id },
    events: documentEvents(document),
  });
  await tellWarnings(tx, owner, added);
  return document.id;
}
