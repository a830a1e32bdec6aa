import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { listChargesUnderId, listTransactions } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { askPersonAbout, insertRefund, linkRefund, listRefunds, recogniseRefund } from '../../db/refunds.ts';
import { askPerson } from '../../db/review-questions.ts';
import type { Currency } from '../../domain/money.ts';
import { holdsMoney } from '../../domain/standing.ts';
import type { Books } from '../../domain/standing.ts';
import { tell } from '../../history/tell.ts';
import type { ProviderDispute } from '../../providers/payments/payment-provider.ts';
import { explainRefunds } from './explain-refunds.ts';
import type { Explanation, NoticedRefund } from './explain-refunds.ts';
import { tellDisputes } from './judge-dispute.ts';
import { readStanding, writeStanding } from './update-standing.ts';
import type { Kept } from './update-standing.ts';
import type { Verification } from './verification.ts';

/**
 * Matches transactions with our refunds and updates the standing of the payment. It uses the books and not one
 * answer, which may lack what an earlier one had. `disputes` are the news to tell of the payment's own.
 */
export async function judgeBooks(
  tx: Sql,
  payment: PaymentRow,
  disputes: readonly ProviderDispute[] = [],
): Promise<Verification> {
  const [first, transactions] = await Promise.all([
    readStanding(tx, payment.id),
    listTransactions(tx, payment.id),
  ]);
  const isChanged = await explain(tx, payment, { books: first.books, transactions });
  const kept = isChanged ? await readStanding(tx, payment.id) : first;
  await Promise.all([...tellDisputes(tx, kept, disputes), writeStanding(tx, kept)]);
  return toVerification(kept);
}

/** Returns whether the books have changed. A payment without refund transactions costs nothing more to read. */
async function explain(
  tx: Sql,
  payment: PaymentRow,
  read: { readonly books: Books; readonly transactions: readonly TransactionRow[] },
): Promise<boolean> {
  if (!read.transactions.some(({ kind, status }) => kind === 'refund' && status === 'succeeded'))
    return false;
  const [refunds, chargesUnderId] = await Promise.all([
    listRefunds(tx, payment.id),
    listChargesUnderId(tx, payment.takenFrom ?? payment.id),
  ]);
  const explanations = explainRefunds({ ...read, payment, refunds, chargesUnderId });
  await Promise.all(explanations.map((one) => carryOut(tx, payment, one)));
  return explanations.length > 0;
}

function carryOut(tx: Sql, payment: PaymentRow, explanation: Explanation): Promise<unknown> {
  switch (explanation.kind) {
    case 'link':
      return linkRefund(tx, explanation.refundId, explanation.transactionId);
    case 'recognise':
      return recogniseRefund(tx, explanation.refundId, explanation.transactionId);
    case 'ask_about':
      return askPersonAbout(tx, explanation.refundId);
    case 'ask': {
      const { subject } = explanation;
      const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
      return askPerson(tx, { ...owner, reason: 'reconciliation', subject });
    }
    case 'notice':
      return writeDown(tx, payment, explanation);
  }
}

/** The sweeper starts the workflow of the refund. */
function writeDown(tx: Sql, payment: PaymentRow, noticed: NoticedRefund): Promise<unknown> {
  const { refundId, chargeId, transaction, isDocumented } = noticed;
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  const { amount } = transaction;
  const currency = transaction.currency as Currency;
  const inserted = insertRefund(tx, {
    ...owner,
    id: refundId,
    chargeId,
    transactionId: transaction.id,
    amount,
    currency,
    method: 'original',
    origin: 'provider',
    isDocumented,
    reason: `${payment.provider}: ${transaction.providerTransactionId}`,
    paidOn: null,
  });
  const told = tell(tx, owner, {
    kind: 'refund_noticed',
    summary: `A refund made directly at ${payment.provider} was found`,
    detail: { refundId },
    events: [{ type: 'refund.created', facts: { refundId, amount, currency, origin: 'provider' } }],
  });
  return Promise.all([inserted, told]);
}

/**
 * The meaning of the standing for the workflow that asked. A review alone does not end its waiting: the payer may
 * still pay, or the payment may expire. Money held for a person does.
 */
export function toVerification({ books, now }: Pick<Kept, 'books' | 'now'>): Verification {
  const { status, review, settles } = now;
  if (books.original !== null)
    return { verdict: 'settled', status, review, transactionId: books.original.chargeId };
  if (settles !== null) return { verdict: 'paid', status, review, transactionId: settles };
  return { verdict: holdsMoney(books) ? 'held' : 'unchanged', status, review, transactionId: null };
}
