import { insertPaymentEvents } from '../../db/events.ts';
import { insertLog } from '../../db/payment-log.ts';
import { lockPayment, setReview } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { listTransactions } from '../../db/provider-transactions.ts';
import { inWorkspace } from '../../db/transaction.ts';
import {
  deleteUnreadable,
  insertUnreadable,
  listUnreadable,
  markUnreadableHeld,
} from '../../db/unreadable-rows.ts';
import type { UnreadableRowOfPayment } from '../../db/unreadable-rows.ts';
import { isOpen, isPaid } from '../../domain/payment.ts';
import { isProviderError } from '../../domain/provider-error.ts';
import type { ProviderErrorCode } from '../../domain/provider-error.ts';
import type { UnreadableRow } from '../../providers/payments/payment-provider.ts';
import type { ActivityContext } from '../context.ts';
import { holdForReview } from './hold-for-review.ts';

/** Stands for the whole answer: the provider was asked, and no read-back came of it. */
const READ_BACK = 'read-back';
/** So long a read-back may fail before a person is asked. */
const PATIENCE_MS = 15 * 60_000;

/** Failures of this payment's own read-back. A host that is down is the breaker's, wrong keys are the account's. */
const OF_THIS_PAYMENT: readonly ProviderErrorCode[] = ['bad_answer', 'provider_unavailable', 'no_answer'];

/**
 * Writes down what could not be read, and forgets what can be read again; the review that was opened for that alone closes
 * by itself. The caller holds the payment. Returns the payment as it then stands.
 */
export async function noteUnreadable(
  tx: Sql,
  payment: PaymentRow,
  unreadable: readonly UnreadableRow[],
): Promise<PaymentRow> {
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  for (const row of unreadable) {
    if (!(await insertUnreadable(tx, { ...owner, ...row }))) continue;
    const summary = `${payment.provider} told of something that cannot be read: ${row.problem}`;
    await insertLog(tx, { ...owner, kind: 'unreadable_row', summary, detail: { rowId: row.rowId } });
  }
  const rows = await listUnreadable(tx, payment.id);
  const gone = rows.filter(({ rowId }) => !unreadable.some((row) => row.rowId === rowId));
  if (gone.length === 0) return payment;
  await deleteUnreadable(
    tx,
    payment.id,
    gone.map(({ rowId }) => rowId),
  );
  const isOver = gone.some(isHeld) && !rows.some((row) => isHeld(row) && !gone.includes(row));
  return isOver ? closeByItself(tx, payment) : payment;
}

async function closeByItself(tx: Sql, payment: PaymentRow): Promise<PaymentRow> {
  if (payment.review !== 'reconciliation') return payment;
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  await setReview(tx, payment.id, null);
  const summary = 'The review reconciliation was closed: the answer of the provider can be read again';
  await insertLog(tx, { ...owner, kind: 'review_closed', summary });
  const facts = { review: payment.review, action: 'readable_again' };
  await insertPaymentEvents(tx, owner, [{ type: 'payment.review_closed', facts }]);
  return { ...payment, review: null };
}

/** Whether something unread asks for a person who has not been asked yet. */
export async function mustShowUnreadable(tx: Sql, paymentId: string): Promise<boolean> {
  const rows = await listUnreadable(tx, paymentId);
  return rows.some((row) => row.heldAt === null && row.seenAt === null && isDue(row));
}

/**
 * Money that can be read is settled all the same: a review that was opened only for what cannot be read steps aside, and
 * settling opens it anew.
 */
export async function stepAside(tx: Sql, payment: PaymentRow): Promise<PaymentRow> {
  if (payment.review !== 'reconciliation' || isPaid(payment.status)) return payment;
  const held = (await listUnreadable(tx, payment.id)).filter(isHeld);
  if (held.length === 0) return payment;
  await setReview(tx, payment.id, null);
  return { ...payment, review: null };
}

/** Whether settling must leave a review behind. */
export async function hasUnreadable(tx: Sql, paymentId: string): Promise<boolean> {
  return (await listUnreadable(tx, paymentId)).some((row) => row.seenAt === null && isDue(row));
}

const isHeld = ({ heldAt, seenAt }: UnreadableRowOfPayment): boolean => heldAt !== null && seenAt === null;

function isDue({ rowId, foundAt }: UnreadableRowOfPayment): boolean {
  return rowId !== READ_BACK || Date.now() - foundAt.getTime() > PATIENCE_MS;
}

/** Notes that a read-back failed; once it has failed for a quarter of an hour, a person is asked. */
export async function noteFailedReadBack(
  { pool }: Pick<ActivityContext, 'pool'>,
  payment: PaymentRow,
  error: unknown,
): Promise<void> {
  if (!isProviderError(error)) return;
  // A page that the vendor no longer knows is refused: of a payment that has ended that is nobody's question.
  const isOurs =
    OF_THIS_PAYMENT.includes(error.code) || (error.code === 'rejected' && isOpen(payment.status));
  if (!isOurs) return;
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  const row = { ...owner, rowId: READ_BACK, problem: `the read-back fails (${error.code})` };
  await inWorkspace(pool, payment.workspaceId, async (tx) => {
    const held = await lockPayment(tx, payment.id);
    if (held === null || (await insertUnreadable(tx, row))) return;
    if (held.review !== null || !(await mustShowUnreadable(tx, payment.id))) return;
    const summary = 'The provider has given no readable answer for 15 minutes: look into its dashboard';
    await insertLog(tx, { ...owner, kind: 'read_back_failing', summary, detail: { code: error.code } });
    const charges = (await listTransactions(tx, payment.id)).filter(
      ({ kind, status }) => kind === 'charge' && status === 'succeeded',
    );
    await holdForReview(tx, held, charges, 'reconciliation');
    await markUnreadableHeld(tx, payment.id);
  });
}
