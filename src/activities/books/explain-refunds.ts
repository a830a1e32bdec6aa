import type { PaymentRow } from '../../db/payments.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import type { RefundRow } from '../../db/refunds.ts';
import { newId } from '../../domain/ids.ts';
import { standingOf } from '../../domain/standing.ts';
import type { BookedRefund, Books } from '../../domain/standing.ts';
import { leftByTransactions, sortTransactions } from './match-refund.ts';
import type { MovedRefund, Tie } from './match-refund.ts';

/** What refund transactions are explained by. All of it is the payment's own, but for `chargesUnderId`. */
export interface ToExplain {
  readonly payment: Pick<PaymentRow, 'id'>;
  readonly books: Books;
  readonly transactions: readonly TransactionRow[];
  readonly refunds: readonly RefundRow[];
  /** Charges that the vendor has under the same id, also those that became payments of their own. */
  readonly chargesUnderId: readonly TransactionRow[];
}

/** What is to be written about a refund transaction. */
export type Explanation =
  /** It carried out our refund, which is pending (`link`) or was settled on a person's word (`recognise`). */
  | { readonly kind: 'link' | 'recognise'; readonly refundId: string; readonly transactionId: string }
  /** A person is asked whether this refund of ours arrived. */
  | { readonly kind: 'ask_about'; readonly refundId: string }
  /** A person is asked what it is. */
  | { readonly kind: 'ask'; readonly subject: string }
  /** The refund was made directly at the vendor. */
  | NoticedRefund;

/** A refund that was made directly at the vendor, to be recorded like our own. */
export interface NoticedRefund {
  readonly kind: 'notice';
  readonly refundId: string;
  readonly chargeId: string;
  readonly transaction: TransactionRow;
  readonly isDocumented: boolean;
}

/**
 * Matches each refund transaction with our refund when it is first seen. A refund made directly at the vendor is
 * recorded like our own, so that it gets a document. A person is asked about anything that affects documented money,
 * and about what cannot be recorded. It reads and writes nothing: the caller carries the explanations out in order.
 */
export function explainRefunds(read: ToExplain): readonly Explanation[] {
  const succeeded = read.transactions.filter(({ status }) => status === 'succeeded');
  const back = succeeded.filter(({ kind }) => kind === 'refund');
  const charges = succeeded.filter(({ kind }) => kind === 'charge');
  const { ties, foreign } = sortTransactions(back, read.refunds, charges);
  const found = foreign.map((transaction) => ({ transaction, charge: chargeOf(read, transaction) }));
  const standsFor = read.books.original?.chargeId ?? settledAfter(read.books, found);
  const tied = explainTies(read, ties);
  return [...tied.explanations, ...explainForeign({ ...read, ...tied }, found, standsFor)];
}

/** Ties count one after the other: each leaves less of its charge. */
function explainTies(read: ToExplain, ties: readonly Tie[]): Explained {
  let refunds: readonly MovedRefund[] = read.refunds;
  const explanations: Explanation[] = [];
  for (const tie of ties) {
    const explanation = explainTie(read, refunds, tie);
    explanations.push(explanation);
    if (explanation.kind !== 'link' && explanation.kind !== 'recognise') continue;
    refunds = refunds.map((one) =>
      one.id === tie.refund.id ? { ...one, recognisedId: tie.transaction.id } : one,
    );
  }
  return { explanations, refunds };
}

/** What was explained so far, and the refunds as they are after it. */
interface Explained {
  readonly explanations: readonly Explanation[];
  readonly refunds: readonly MovedRefund[];
}

/** More than is left of the charge is nothing that a vendor does: it may be a refund that we have by another name. */
function explainForeign(
  read: Pick<ToExplain, 'books' | 'transactions'> & { readonly refunds: readonly MovedRefund[] },
  found: readonly Found[],
  standsFor: string | null,
): readonly Explanation[] {
  let { refunds } = read;
  const explanations: Explanation[] = [];
  for (const { transaction, charge } of found) {
    if (charge === null || transaction.amount > leftByTransactions(charge, refunds, read.transactions)) {
      explanations.push({ kind: 'ask', subject: transaction.id });
      continue;
    }
    const id = newId('refund');
    const moved = { transactionId: transaction.id, recognisedId: null };
    refunds = [...refunds, { id, chargeId: charge.id, status: 'pending', ...moved }];
    explanations.push({
      kind: 'notice',
      refundId: id,
      chargeId: charge.id,
      transaction,
      isDocumented: standsFor === charge.id,
    });
    // It affects documented money.
    if (charge.id === read.books.original?.chargeId) explanations.push({ kind: 'ask', subject: id });
  }
  return explanations;
}

/**
 * No vendor gives back more than was charged. What looks like it is most likely one refund under two names, so it
 * settles nothing, and a person decides about the order.
 */
function explainTie(
  { transactions }: ToExplain,
  refunds: readonly MovedRefund[],
  { refund, transaction }: Tie,
): Explanation {
  const isOnWord = refund.status === 'completed';
  const charge = transactions.find(({ id }) => id === refund.chargeId);
  const others = refunds.filter(({ id }) => id !== refund.id);
  if (charge !== undefined && transaction.amount <= leftByTransactions(charge, others, transactions))
    return { kind: isOnWord ? 'recognise' : 'link', refundId: refund.id, transactionId: transaction.id };
  return isOnWord ? { kind: 'ask', subject: transaction.id } : { kind: 'ask_about', refundId: refund.id };
}

interface Found {
  readonly transaction: TransactionRow;
  readonly charge: TransactionRow | null;
}

/** The charge that will get the document: none that these transactions refunded in full. */
function settledAfter({ refunds, ...books }: Books, found: readonly Found[]): string | null {
  const noticed = found.flatMap(({ transaction: { id, amount }, charge }) =>
    charge === null ? [] : [{ ...NOTICED, id, chargeId: charge.id, amount }],
  );
  return standingOf({ ...books, refunds: [...refunds, ...noticed] }).settles;
}

const NOTICED = {
  status: 'pending',
  isDocumented: false,
  origin: 'provider',
  outcome: 'known',
  nextCheckAt: null,
  isSent: false,
  isAnswered: true,
  isOverdue: false,
} as const satisfies Partial<BookedRefund>;

/** The charge that it refunds, in its currency. If the vendor has two charges under one id, nothing is guessed. */
function chargeOf(
  { payment, chargesUnderId }: ToExplain,
  transaction: TransactionRow,
): TransactionRow | null {
  const possible =
    transaction.refundOf === null
      ? chargesUnderId
      : chargesUnderId.filter((row) => row.providerTransactionId === transaction.refundOf);
  const [charge, ...others] = possible;
  if (charge?.paymentId !== payment.id || others.length > 0 || transaction.amount === 0) return null;
  return charge.currency === transaction.currency ? charge : null;
}
