import {
  emptyEndpointAnswers,
  emptyStoredAnswers,
  emptyWebhooks,
  eraseMails,
  expireStatements,
  lastFileExpiry,
  listRemarks,
  listServicesOf,
  lockMailsOf,
  lockPaymentsOf,
  replaceRemarks,
  storeErased,
} from '../../db/erasure.ts';
import type { PersonalRow } from '../../db/erasure.ts';
import type { Sql } from '../../db/pool.ts';
import {
  documentsKeptUntil,
  ERASED,
  namesAny,
  WHY_DOCUMENTS_STAY,
  withoutPerson,
} from '../../domain/erasure.ts';
import type { Identifiers, NamesThem } from '../../domain/erasure.ts';
import { isOpen } from '../../domain/payment.ts';
import { Problem } from '../../domain/problems.ts';
import { tell } from '../../history/tell.ts';
import type { AnswerOf } from '../http/answer.ts';
import type { erasedAnswer } from './customer-schema.ts';

export type ErasedJson = AnswerOf<typeof erasedAnswer>;

/**
 * Erases what names a person from every payment that bears one of the identifiers, in the caller's transaction.
 * @throws Problem conflict while a payment of the person is not over, or a mail is being sent
 */
export async function eraseCustomer(tx: Sql, workspaceId: string, by: Identifiers): Promise<ErasedJson> {
  const payments = await lockPaymentsOf(tx, workspaceId, by);
  payments.forEach(checkIsOver);
  const paymentIds = payments.map(({ id }) => id);
  const mails = await lockMailsOf(tx, workspaceId, { paymentIds, email: by.email });
  if (mails.some(({ isBusy }) => isBusy)) throw mailUnderWay();

  const names = namesAny([by, ...payments.flatMap(peopleOf)]);
  for (const payment of payments) await erasePayment(tx, workspaceId, payment, names);
  const remarks = (await listRemarks(tx, paymentIds)).filter(({ text }) => text !== ERASED && names(text));
  await replaceRemarks(tx, remarks, ERASED);
  await eraseMails(
    tx,
    mails.map(({ id }) => id),
  );
  const resourceIds = [...paymentIds, ...payments.flatMap(({ refundIds }) => refundIds)];
  return {
    paymentIds,
    erased: {
      payments: payments.length,
      remarks: remarks.length,
      webhooks: await emptyWebhooks(tx, paymentIds),
      storedAnswers: await emptyStoredAnswers(tx, workspaceId, resourceIds),
      endpointAnswers: await emptyEndpointAnswers(tx, workspaceId, { paymentIds, names }),
      mails: mails.length,
      statements: await expireStatements(tx, workspaceId, paymentIds),
    },
    kept: await whatStays(tx, workspaceId, payments),
    alsoAt: await vendorsOf(tx, payments),
    at: new Date().toISOString(),
  };
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

/** What is not erased, and until when. */
async function whatStays(
  tx: Sql,
  workspaceId: string,
  payments: readonly PersonalRow[],
): Promise<ErasedJson['kept']> {
  const years = payments.flatMap(({ fiscalYears }) => fiscalYears);
  const last = years.length === 0 ? null : documentsKeptUntil(Math.max(...years));
  const named = payments.filter(({ documentIds, customer }) => documentIds.length > 0 && customer?.name);
  const files = await lastFileExpiry(tx, workspaceId);
  const kept: ErasedJson['kept'] = [
    ...[...Map.groupBy(years, (year) => year)]
      .sort(([a], [b]) => a - b)
      .map(([year, { length }]) => ({
        what: 'documents' as const,
        count: length,
        until: documentsKeptUntil(year),
        why: WHY_DOCUMENTS_STAY,
      })),
    {
      what: 'names_on_payments',
      count: named.length,
      until: last,
      why: 'the document bears the same name and address',
    },
    {
      what: 'amounts_and_steps',
      count: payments.length,
      until: null,
      why: 'amounts, means and the timeline are the books; they name nobody',
    },
    { what: 'audit', count: payments.length, until: null, why: 'the audit log is never changed' },
    {
      what: 'export_files',
      count: files.count,
      until: files.until?.toISOString().slice(0, 10) ?? null,
      why: 'files of the books that were made before lie there until they expire',
    },
  ];
  return kept.filter(({ count }) => count > 0);
}

async function vendorsOf(tx: Sql, payments: readonly PersonalRow[]): Promise<string[]> {
  const services = await listServicesOf(
    tx,
    payments.flatMap(({ documentIds }) => documentIds),
  );
  const providers = payments.map(({ provider }) => provider).filter((provider) => provider !== 'manual');
  return [...new Set([...providers, ...services])].sort();
}
