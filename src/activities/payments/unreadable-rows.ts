import { lockPayment } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { inWorkspace } from '../../db/transaction.ts';
import {
  deleteUnreadable,
  insertUnreadable,
  listUnreadable,
  markUnreadableHeld,
} from '../../db/unreadable-rows.ts';
import type { UnreadableRowOfPayment } from '../../db/unreadable-rows.ts';
import { isOpen } from '../../domain/payment.ts';
import { isProviderError } from '../../domain/provider-error.ts';
import type { ProviderErrorCode } from '../../domain/provider-error.ts';
import { tell } from '../../history/tell.ts';
import type { UnreadableRow } from '../../providers/payments/payment-provider.ts';
import { keepStanding } from '../books/keep-standing.ts';
import type { ActivityContext } from '../context.ts';

/** The row id for a read-back that failed as a whole. */
const READ_BACK = 'read-back';
/** So long a read-back may fail before a person is asked. */
const PATIENCE_MS = 15 * 60_000;

/** Failures of this payment's own read-back. A host that is down is the breaker's, wrong keys are the account's. */
const OF_THIS_PAYMENT: readonly ProviderErrorCode[] = ['bad_answer', 'provider_unavailable', 'no_answer'];

/**
 * Writes down what could not be read, and forgets what can be read again. A person is asked, or no more: the standing says
 * so. The caller holds the payment and keeps its standing. `askedAt`: when the question was put, epoch milliseconds.
 */
export async function noteUnreadable(
  tx: Sql,
  payment: PaymentRow,
  unreadable: readonly UnreadableRow[],
  askedAt: number,
): Promise<void> {
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  for (const row of unreadable) {
    if (!(await insertUnreadable(tx, { ...owner, ...row, isAsked: true }))) continue;
    const summary = `${payment.provider} sent something unreadable: ${row.problem}`;
    await tell(tx, owner, { kind: 'unreadable_row', summary, detail: { rowId: row.rowId } });
  }
  const rowIds = unreadable.map(({ rowId }) => rowId);
  await deleteUnreadable(tx, payment.id, { rowIds, askedMs: Date.now() - askedAt });
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
  const problem = `the read-back fails (${error.code})`;
  await inWorkspace(pool, payment.workspaceId, async (tx) => {
    const held = await lockPayment(tx, payment.id);
    const row = { ...owner, rowId: READ_BACK, problem, isAsked: false };
    if (held === null || (await insertUnreadable(tx, row))) return;
    if (!(await listUnreadable(tx, payment.id)).some(isDue)) return;
    await markUnreadableHeld(tx, payment.id);
    const summary = 'The provider has given no readable answer for 15 minutes: check its dashboard';
    await keepStanding(tx, payment.id, () =>
      tell(tx, owner, { kind: 'read_back_failing', summary, detail: { code: error.code } }),
    );
  });
}

/** The read-back has failed for long, and no person has been asked. */
function isDue({ rowId, foundAt, heldAt, seenAt }: UnreadableRowOfPayment): boolean {
  const isLong = Date.now() - foundAt.getTime() > PATIENCE_MS;
  return rowId === READ_BACK && heldAt === null && seenAt === null && isLong;
}
