import type { Difference } from './report-difference.ts';
import type { BookedTransaction, ListedTransaction } from '../../db/reconciliation.ts';
import { toSumText } from '../../domain/money.ts';

/** The two sides of one payment. */
export interface Comparison {
  readonly paymentId: string;
  readonly provider: string;
  /** As the vendor reports it. */
  readonly told: readonly ListedTransaction[];
  /** Everything of the payment, and of the account what else was reported. */
  readonly booked: readonly BookedTransaction[];
}

/** Vendors may show transactions late, so those younger than this do not count as missing. */
const LATE_MS = 3_600_000;

/** Whether the vendor shows something that asking about the payment would bring into the books. */
export function hasNews({ told, booked }: Comparison): boolean {
  const rows = toRows(booked);
  return told.some((one) => {
    const row = rows.get(one.transactionId);
    if (row === undefined) return one.status === 'succeeded';
    return isNewsOf(one, row);
  });
}

/**
 * Every remaining difference.
 * @param misses which of our rows the vendor must show: all, the charges (if a vendor may leave out refunds), or none
 */
export function compareTransactions(
  comparison: Comparison,
  misses: 'all' | 'charges' | 'none',
  now: Date,
): Difference[] {
  const { told, booked, paymentId } = comparison;
  const rows = toRows(booked);
  const shown = new Set(told.map(({ transactionId }) => transactionId));
  const before = now.getTime() - LATE_MS;
  const missed = booked.filter(
    (row) =>
      row.paymentId === paymentId &&
      row.status === 'succeeded' &&
      row.paidAt.getTime() < before &&
      !shown.has(row.transactionId) &&
      (misses === 'all' || (misses === 'charges' && row.kind === 'charge')),
  );
  return [
    ...told.flatMap((one) => compareOne(comparison, one, rows.get(one.transactionId)) ?? []),
    ...missed.map((row) => toMissing(comparison, row)),
  ];
}

/** Whether a listed transaction needs a closer look. */
export function differs(told: ListedTransaction, row: BookedTransaction): boolean {
  return isNewsOf(told, row) || hasOtherStatus(told, row) || hasOtherAmount(told, row);
}

function compareOne(
  { paymentId, provider }: Comparison,
  told: ListedTransaction,
  row: BookedTransaction | undefined,
): Difference | null {
  const { transactionId, kind } = told;
  if (row === undefined) {
    if (told.status !== 'succeeded') return null;
    const summary = `${provider} shows a ${kind} of ${toSum(told)} that is not in our books (${transactionId})`;
    return { paymentId, kind: 'unknown_transaction', subject: transactionId, summary };
  }
  const about = { paymentId: row.paymentId };
  if (isTakenBack(row, told)) return null;
  if (hasOtherStatus(told, row)) {
    const subject = `${transactionId} ${told.status}`;
    const summary = `${provider} says that the ${kind} of ${toSum(row)} is ${told.status}; our books say ${row.status} (${transactionId})`;
    return { ...about, kind: 'other_status', subject, summary };
  }
  if (!hasOtherAmount(told, row)) return null;
  const subject = `${transactionId} ${told.amount} ${told.currency}`;
  const summary = `${provider} shows ${toSum(told)} where our books have a ${kind} of ${toSum(row)} (${transactionId})`;
  return { ...about, kind: 'other_amount', subject, summary };
}

function toMissing({ provider }: Comparison, row: BookedTransaction): Difference {
  return {
    paymentId: row.paymentId,
    kind: 'missing_transaction',
    subject: row.transactionId,
    summary: `${provider} no longer shows the ${row.kind} of ${toSum(row)} in our books (${row.transactionId})`,
  };
}

/**
 * The books take the outcome of what was pending, the success of what was declined (`upsertTransaction`), and a refund
 * that came back. What they hold as succeeded, no report undoes.
 */
function isNewsOf(told: ListedTransaction, row: BookedTransaction): boolean {
  if (row.status === 'succeeded') return isTakenBack(row, told);
  return told.status !== row.status && told.status !== 'pending';
}

/** A refund that failed after it had succeeded: asking about the payment raises a question for a person. */
function isTakenBack(row: BookedTransaction, told: ListedTransaction): boolean {
  return told.kind === 'refund' && told.status === 'declined' && row.status === 'succeeded';
}

function hasOtherStatus(told: ListedTransaction, row: BookedTransaction): boolean {
  return (told.status === 'succeeded') !== (row.status === 'succeeded');
}

function hasOtherAmount(told: ListedTransaction, row: BookedTransaction): boolean {
  return told.status === 'succeeded' && (told.amount !== row.amount || told.currency !== row.currency);
}

function toRows(booked: readonly BookedTransaction[]): ReadonlyMap<string, BookedTransaction> {
  return new Map(booked.map((row) => [row.transactionId, row]));
}

function toSum({ amount, currency }: Pick<ListedTransaction, 'amount' | 'currency'>): string {
  return toSumText(amount, currency);
}
