import { eraseReasons, listReasonsAbout } from '../../db/audit-log.ts';
import {
  emptyEndpointAnswers,
  emptyStoredAnswers,
  emptyWebhooks,
  endStatements,
  eraseChecks,
  eraseMails,
  listRemarks,
  lockMailsOf,
  lockPaymentsOf,
  replaceRemarks,
  storeErased,
} from '../../db/erasure.ts';
import type { PersonalMail, PersonalRow } from '../../db/erasure.ts';
import type { Sql } from '../../db/pool.ts';
import { ERASED, namesAny, withoutPerson } from '../../domain/erasure.ts';
import type { Identifiers, NamesThem } from '../../domain/erasure.ts';
import { isOpen } from '../../domain/payment.ts';
import { Problem } from '../../domain/problems.ts';
import { tell } from '../../history/tell.ts';
import type { AnswerOf } from '../http/answer.ts';
import type { erasedAnswer } from './customer-schema.ts';
import { vendorsOf, whatStays } from './kept-after-erasing.ts';

export type ErasedJson = AnswerOf<typeof erasedAnswer>;

/** The answer, and what the audit log must say, or must not. */
export interface Erasure {
  readonly json: ErasedJson;
  /** Entries of the audit log whose reasons are gone. */
  readonly erasedReasons: readonly number[];
  readonly names: NamesThem;
}

/**
 * Erases what names a person from every payment that bears one of the identifiers, in the caller's transaction.
 * @throws Problem conflict while a payment of the person is not over, or a mail is being sent
 */
export async function eraseCustomer(tx: Sql, workspaceId: string, by: Identifiers): Promise<Erasure> {
  const payments = await lockPaymentsOf(tx, workspaceId, by);
  payments.forEach(checkIsOver);
  const paymentIds = payments.map(({ id }) => id);
  const mails = await lockMailsOf(tx, workspaceId, { paymentIds, email: by.email });
  if (mails.some(({ isBusy }) => isBusy)) throw mailUnderWay();

  const names = namesAny([by, ...payments.flatMap(peopleOf)]);
  for (const payment of payments) await erasePayment(tx, workspaceId, payment, names);
  const remarks = (await listRemarks(tx, paymentIds)).filter(({ text }) => text !== ERASED && names(text));
  await replaceRemarks(tx, remarks, ERASED);
  await eraseChecks(tx, paymentIds);
  await endMails(tx, workspaceId, mails);
  const resourceIds = [...paymentIds, ...payments.flatMap(({ refundIds }) => refundIds)];
  const subjectIds = [...resourceIds, ...payments.flatMap(({ documentIds }) => documentIds)];
  const reasons = await listReasonsAbout(tx, workspaceId, { subjectIds, paymentIds });
  const erasedReasons = reasons
    .filter(({ reason }) => reason !== ERASED && names(reason))
    .map(({ sequence }) => sequence);
  await eraseReasons(tx, workspaceId, erasedReasons);
  const json: ErasedJson = {
    paymentIds,
    erased: {
      payments: payments.length,
      remarks: remarks.length + erasedReasons.length,
      webhooks: await emptyWebhooks(tx, paymentIds),
      storedAnswers: await emptyStoredAnswers(tx, workspaceId, resourceIds),
      endpointAnswers: await emptyEndpointAnswers(tx, workspaceId, { paymentIds, names }),
      mails: mails.length,
      statements: await endStatements(tx, workspaceId, paymentIds),
    },
    kept: await whatStays(tx, workspaceId, payments),
    alsoAt: await vendorsOf(tx, payments),
    at: new Date().toISOString(),
  };
  return { json, erasedReasons, names };
}

const CARGO: Readonly<Record<PersonalMail['kind'], string>> = {
  document: 'The document',
  request: 'The payment request',
  reminder: 'The reminder',
};

/** Takes the addresses out of mails. Those that waited are not sent, as the timelines of their payments say. */
async function endMails(tx: Sql, workspaceId: string, mails: readonly PersonalMail[]): Promise<void> {
  await eraseMails(
    tx,
    mails.map(({ id }) => id),
  );
  for (const { id, paymentId, kind, documentId, variant } of mails.filter(({ isWaiting }) => isWaiting))
    await tell(
      tx,
      { workspaceId, paymentId },
      {
        kind: 'mail_dropped',
        summary: `${CARGO[kind]} was not mailed: the payer was erased on request`,
        detail: { mailId: id, ...(documentId === null ? {} : { documentId, variant }) },
      },
    );
}

/** A payment that is not over needs its payer: to be asked, documented, refunded, or for a dispute. @throws Problem */
function checkIsOver(payment: PersonalRow): void {
  const { id, status, outcome, review } = payment;
  const because = [
    isOpen(status) ? `is ${status}: cancel it or wait for its end` : null,
    outcome === 'unknown' ? 'waits for the answer of its provider' : null,
    review === null ? null : `is in review (${review}): resolve the review`,
    payment.hasPendingRefund ? 'has a refund under way: wait for its end and its credit document' : null,
    payment.owesInvoice ? 'has cheques whose tax invoice is still to come: wait for it' : null,
    payment.hasOpenDispute ? 'has an open dispute, for which its data is evidence' : null,
  ].find((reason) => reason !== null);
  if (because === undefined) return;
  throw new Problem('conflict', `nothing was erased: payment ${id} ${because}, then ask again`, {
    payment: { id, status },
  });
}

function mailUnderWay(): Problem {
  return new Problem('conflict', 'nothing was erased: a mail to this person is being sent; ask again', {
    retryAfterSeconds: 10,
  });
}

const peopleOf = ({ customer, patient, subject }: PersonalRow) => [
  { ...(customer ?? {}), ...(subject === null ? {} : { subject }) },
  { ...(patient ?? {}) },
];

async function erasePayment(
  tx: Sql,
  workspaceId: string,
  payment: PersonalRow,
  names: NamesThem,
): Promise<void> {
  const { id, documentIds } = payment;
  const hasDocument = documentIds.length > 0;
  await storeErased(tx, id, withoutPerson(payment, { hasDocument, names, fallback: `erased ${id}` }));
  await tell(
    tx,
    { workspaceId, paymentId: id },
    { kind: 'erased', summary: 'what named the payer was erased on request' },
  );
}
