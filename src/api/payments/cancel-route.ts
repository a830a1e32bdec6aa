import type { RequestHandler } from 'express';
import { findPayment } from '../../db/payments.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { Problem } from '../../domain/problems.ts';
import { isOpen, isPaid } from '../../domain/payment.ts';
import type { UpdateOutcome } from '../../temporal/temporal.ts';
import type { ApiContext } from '../context.ts';
import { actorOf } from '../http/authenticate.ts';
import { emptyBody, readBody } from '../http/read-input.ts';
import { sendLater } from '../http/send-later.ts';
import { noSuchPayment, pathOf, viewPayment, workspaceOfPayment } from './payment-view.ts';

/** How long `cancel` waits for the provider before it answers 202. */
const CANCEL_MS = 15_000;

/** Ends an unpaid payment. The provider is asked first, and a payment that turns out paid is completed instead. */
export function createCancelRoute(context: ApiContext): RequestHandler<{ id: string }> {
  const { pool } = context;
  return async (request, response) => {
    const { id } = request.params;
    const workspaceId = await workspaceOfPayment(context, request, 'payments:write', id);
    readBody(request, emptyBody);
    const before = await inWorkspace(pool, workspaceId, async (tx) => {
      await viewPayment(context, tx, id);
      const payment = await find(tx, id);
      const blocker = blockerOf(payment);
      if (blocker !== null) throw blocker;
      const entry = { workspaceId, action: 'payment.cancel_asked', subjectId: id, detail: {} };
      if (payment.status !== 'cancelled') await context.audit(tx, { ...actorOf(request), ...entry });
      return payment;
    });
    const isOver = before.status === 'cancelled';
    const outcome = isOver ? null : await context.temporal.cancelPayment({ workspaceId, id }, CANCEL_MS);
    const view = await inWorkspace(pool, workspaceId, async (tx) => {
      const refusal = refusalOf(await find(tx, id), outcome?.state ?? 'done');
      if (refusal !== null) throw refusal;
      return viewPayment(context, tx, id);
    });
    if (view.status === 'cancelled') response.json(view);
    else sendLater(response, pathOf(id), view);
  };
}

/** How a payment stands, as far as it says whether it may be cancelled. */
type Stand = Pick<PaymentRow, 'status' | 'outcome' | 'review'>;

/**
 * Why a payment that was asked to be cancelled is not; null if it is, or may still be (202). `heard`: how its workflow took
 * it. A workflow that has answered and left the payment open cancels nothing any more: 202 would promise what never comes.
 */
export function refusalOf(after: Stand, heard: UpdateOutcome<unknown>['state']): Problem | null {
  const refusal = blockerOf(after);
  if (refusal !== null || after.status === 'cancelled' || heard === 'waiting') return refusal;
  if (heard === 'done')
    return new Problem(
      'outcome_unknown',
      'news of money came at that moment, so the payment was not cancelled: read it again, and cancel again if it is still unpaid',
      { retryAfterSeconds: 30 },
    );
  return new Problem('unavailable', 'the payment could not be cancelled just now; try again', {
    retryAfterSeconds: 2,
  });
}

async function find(tx: Sql, id: string): Promise<PaymentRow> {
  const payment = await findPayment(tx, id);
  if (payment === null) throw noSuchPayment(id);
  return payment;
}

/** already_paid, outcome_unknown or not_open; null if nothing stands in the way. */
function blockerOf({ status, outcome, review }: Stand): Problem | null {
  if (isPaid(status)) return new Problem('already_paid', 'this payment is paid: create a refund instead');
  if (outcome === 'unknown')
    return new Problem('outcome_unknown', 'the outcome of a payment or refund is still unknown', {
      retryAfterSeconds: 30,
    });
  if (review !== null)
    return new Problem('not_open', `this payment is in review (${review}): resolve the review instead`);
  return isOpen(status) || status === 'cancelled'
    ? null
    : new Problem('not_open', `this payment is already ${status}`);
}
