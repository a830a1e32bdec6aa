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
import { updateStanding, readStanding, writeStanding } from './update-standing.ts';
import type { ActivityContext } from '../context.ts';
import type { LoadedPayment } from './load-payment.ts';

/** The row id of a read-back that failed as a whole. */
const READ_BACK = 'read-back';
/** A person is asked after a read-back has failed for this long. */
const PATIENCE_MS = 15 * 60_000;

/** Failures that belong to this payment. A host that is down belongs to its breaker, wrong keys to the account. */
const OF_THIS_PAYMENT: readonly ProviderErrorCode[] = ['bad_answer', 'provider_unavailable', 'no_answer'];

/**
 * Records what could not be read, and deletes what is readable again. The standing decides whether a person is asked.
 * The caller has locked the payment and updates its standing. `askedAt`: when the provider was asked, epoch milliseconds.
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

/**
 * The same for an answer that brought nothing else. A question to a person that such an answer settles is closed.
 */
export async function noteReadBack(
  { pool }: Pick<ActivityContext, 'pool'>,
  { payment, loadedAt }: Pick<LoadedPayment, 'payment' | 'loadedAt'>,
  unreadable: readonly UnreadableRow[],
): Promise<void> {
  await inWorkspace(pool, payment.workspaceId, async (tx) => {
    if (unreadable.length === 0 && (await listUnreadable(tx, payment.id)).length === 0) return;
    const held = await lockPayment(tx, payment.id);
    if (held === null) return;
    await noteUnreadable(tx, held, unreadable, loadedAt);
    await updateStanding(tx, payment.id);
  });
}

/** Records that a read-back failed. After 15 minutes of failures a person is asked. */
export async function noteFailedReadBack(
  { pool }: Pick<ActivityContext, 'pool'>,
  payment: PaymentRow,
  error: unknown,
): Promise<void> {
  if (!isProviderError(error)) return;
  // A page that the vendor no longer has is refused. For a payment that has ended, nobody has to look.
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
    const kept = await readStanding(tx, payment.id);
    const told = tell(tx, owner, { kind: 'read_back_failing', summary, detail: { code: error.code } });
    await Promise.all([told, writeStanding(tx, kept)]);
  });
}

/** The read-back has failed for a long time, and no person was asked. */
function isDue({ rowId, foundAt, heldAt, seenAt }: UnreadableRowOfPayment): boolean {
  const isLong = Date.now() - foundAt.getTime() > PATIENCE_MS;
  return rowId === READ_BACK && heldAt === null && seenAt === null && isLong;
}
