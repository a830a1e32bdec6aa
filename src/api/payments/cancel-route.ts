import type { RequestHandler } from 'express';
import { findPayment } from '../../db/payments.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { Problem } from '../../domain/problems.ts';
import { isOpen, isPaid } from '../../domain/payment.ts';
import type { ApiContext } from '../context.ts';
import { actorOf } from '../http/authenticate.ts';
import { emptyBody, readBody } from '../http/read-input.ts';
import { sendLater } from '../http/send-later.ts';
import { pathOf, viewPayment, workspaceOfPayment } from './payment-view.ts';

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
      mayBeCancelled(payment);
      const entry = { workspaceId, action: 'payment.cancel_asked', subjectId: id, detail: {} };
      if (payment.status !== 'cancelled') await context.audit(tx, { ...actorOf(request), ...entry });
      return payment;
    });
    const isOver = before.status === 'cancelled';
    const outcome = isOver ? null : await context.temporal.cancelPayment({ workspaceId, id }, CANCEL_MS);
    const view = await inWorkspace(pool, workspaceId, async (tx) => {
      const after = await find(tx, id);
      if (isPaid(after.status) || after.outcome === 'unknown') mayBeCancelled(after);
      const isNotHeard = outcome?.state === 'unavailable' || outcome?.state === 'gone';
      if (isNotHeard && isOpen(after.status)) throw notHeard();
      return viewPayment(context, tx, id);
    });
    if (view.status === 'cancelled') response.json(view);
    else sendLater(response, pathOf(id), view);
  };
}

function notHeard(): Problem {
  return new Problem('unavailable', 'the payment could not be cancelled just now; try again', {
    retryAfterSeconds: 2,
  });
}

async function find(tx: Sql, id: string): Promise<PaymentRow> {
  const payment = await findPayment(tx, id);
  if (payment === null) throw new Problem('not_found', 'there is no such payment in this workspace');
  return payment;
}

/** @throws Problem already_paid, outcome_unknown, not_open */
function mayBeCancelled(payment: PaymentRow): void {
  if (isPaid(payment.status))
    throw new Problem('already_paid', 'this payment is paid: create a refund instead');
  if (payment.outcome === 'unknown') {
    throw new Problem('outcome_unknown', 'the outcome of a payment or refund is still unknown', {
      retryAfterSeconds: 30,
    });
  }
  if (payment.review !== null)
    throw new Problem(
      'not_open',
      `this payment is in review (${payment.review}): resolve the review instead`,
    );
  if (!isOpen(payment.status) && payment.status !== 'cancelled')
    throw new Problem('not_open', `this payment is already ${payment.status}`);
}
