import type { Difference } from './report-difference.ts';
import type { OwedDocument } from '../../db/reconciliation.ts';
import type { ListedDocument } from '../../providers/invoices/invoice-service.ts';
import { toSumText } from '../../domain/money.ts';

/** What an invoice service lists and what we pushed there. */
export interface DocumentComparison {
  readonly provider: string;
  readonly listed: readonly ListedDocument[];
  readonly owed: readonly OwedDocument[];
  /** Our payments, by the keys that documents name. */
  readonly payments: ReadonlyMap<string, string>;
}

/** Searches may lag, so documents younger than this do not count as missing. */
const LATE_MS = 3_600_000;

/** Differences, and our documents that the list lacks, which may have another cause. */
export function compareDocuments(
  comparison: DocumentComparison,
  now: Date,
): { differences: Difference[]; notListed: OwedDocument[] } {
  const { listed, owed } = comparison;
  const pushed = new Map(owed.flatMap((one) => (one.externalId === null ? [] : [[one.externalId, one]])));
  const shown = new Set(listed.map(({ id }) => id));
  const before = now.getTime() - LATE_MS;
  return {
    differences: listed.flatMap((document) => {
      const ours = pushed.get(document.id);
      const difference =
        ours === undefined ? judgeStranger(comparison, document) : compareTotal(comparison, document, ours);
      return difference ?? [];
    }),
    notListed: [...pushed.values()].filter(
      ({ externalId, pushedAt }) =>
        !shown.has(externalId ?? '') && pushedAt !== null && pushedAt.getTime() < before,
    ),
  };
}

/**
 * A document that has our key and that no recorded push made. While a push is running, it may be the document of that
 * push.
 */
function judgeStranger(
  { provider, owed, payments, listed }: DocumentComparison,
  { id, number, keys }: ListedDocument,
): Difference | null {
  const key = keys.find((one) => payments.has(one));
  const paymentId = key === undefined ? undefined : payments.get(key);
  if (key === undefined || paymentId === undefined) return null;
  const push = owed.find((one) => one.key === key);
  const about = { paymentId, subject: id };
  if (push?.status === 'pushed' || isFollower(listed, key, id)) {
    const summary = `${provider} has a second document for the same money, number ${number}`;
    return { ...about, kind: 'doubled_document', summary };
  }
  if (push?.status === 'pending') return null;
  const summary = `${provider} has document number ${number} for this payment, which we did not push`;
  return { ...about, kind: 'unknown_document', summary };
}

/** If several unknown documents have one key, one is the document and the others are doubles. */
function isFollower(listed: readonly ListedDocument[], key: string, id: string): boolean {
  return listed.findLast(({ keys }) => keys.includes(key))?.id !== id;
}

function compareTotal(
  { provider }: DocumentComparison,
  { number, total, currency }: ListedDocument,
  ours: OwedDocument,
): Difference | null {
  if (total === null || (total === ours.total && currency === ours.currency)) return null;
  const summary = `${provider} shows ${toSum(total, currency)} on document ${number}; our document shows ${toSum(ours.total, ours.currency)}`;
  const subject = `${ours.documentId} ${total} ${currency ?? ''}`;
  return { paymentId: ours.paymentId, kind: 'other_total', subject, summary };
}

function toSum(amount: number, currency: string | null): string {
  return toSumText(amount, currency ?? '').trim();
}
