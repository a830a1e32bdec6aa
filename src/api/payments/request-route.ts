import type { Request, RequestHandler } from 'express';
import { findLastAsking, findLastRequestMail, hastenMail, insertMail } from '../../db/mails.ts';
import { insertPaymentRequest, markAsked, oweNudge } from '../../db/payment-requests.ts';
import { lockPayment } from '../../db/payments.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { fieldProblem, Problem } from '../../domain/problems.ts';
import { newId } from '../../domain/ids.ts';
import { isPaid } from '../../domain/payment.ts';
import { ASKING_COOL_DOWN_MS, readinessOf } from '../../domain/payment-request.ts';
import type { ApiContext } from '../context.ts';
import { actorOf } from '../http/authenticate.ts';
import { optionalUse } from '../http/idempotency.ts';
import { findSentBefore } from '../http/once.ts';
import { emptyBody, readBody } from '../http/read-input.ts';
import { sendLater } from '../http/send-later.ts';
import { PAYMENT_REQUEST } from '../workspaces/workspace-rules.ts';
import { noSuchPayment, pathOf, shownTo, viewPayment, workspaceOfPayment } from './payment-view.ts';
import { pursueRequest } from './pursue-request.ts';

/**
 * `POST /v1/payments/{id}/request`: asks the payer now, or again. The mail is queued in this transaction and goes out
 * by itself. Reminders and the overdue notice count from it.
 */
export function createRequestRoute(context: ApiContext): RequestHandler<{ id: string }> {
  const { pool } = context;
  return async (request, response) => {
    const { id } = request.params;
    const workspaceId = await workspaceOfPayment(context, request, 'links:write', id);
    readBody(request, emptyBody);
    const view = await inWorkspace(pool, workspaceId, async (tx) => {
      await viewPayment(context, tx, id);
      const use = optionalUse(request, workspaceId, `POST /v1/payments/${id}/request`);
      if ((await findSentBefore(tx, use, id)) === null) await ask(context, tx, request, id);
      return viewPayment(context, tx, id);
    });
    await pursueRequest(context, { workspaceId, paymentId: id });
    sendLater(response, pathOf(id), shownTo(request, view));
  };
}

async function ask(context: ApiContext, tx: Sql, request: Request, id: string): Promise<void> {
  const payment = await lockPayment(tx, id);
  if (payment === null) throw noSuchPayment(id);
  checkOpen(payment);
  const recipient = payment.customer?.email;
  if (recipient === undefined)
    throw fieldProblem(
      '#/customer/email',
      'this payment has no e-mail address, so no payment request can be sent',
    );
  await takeTurn(tx, payment, recipient);
  const { workspaceId } = payment;
  const entry = { workspaceId, action: 'payment.request_asked', subjectId: id, detail: {} };
  await context.audit(tx, { ...actorOf(request), ...entry });
}

/** Queues the mail, or makes a waiting one due now. @throws Problem rate_limited within the cool-down */
async function takeTurn(tx: Sql, payment: PaymentRow, recipient: string): Promise<void> {
  const { id: paymentId, workspaceId } = payment;
  const lastAsking = await findLastAsking(tx, workspaceId, recipient);
  if (lastAsking !== null) checkCoolDown(lastAsking);
  const last = await findLastRequestMail(tx, paymentId);
  if (last !== null && (await hastenMail(tx, last.id))) return;
  const workspace = await findWorkspace(tx, workspaceId);
  if (workspace === null) throw new Problem('not_found', 'there is no such workspace');
  const wishes = { ...(workspace.paymentRequest ?? PAYMENT_REQUEST), dueAt: null };
  await insertPaymentRequest(tx, { workspaceId, paymentId }, wishes);
  const locale = payment.customer?.locale ?? workspace.locale;
  const carried = { documentId: null, variant: null };
  const mail = { id: newId('mail'), workspaceId, paymentId, kind: 'request', recipient, locale } as const;
  await insertMail(tx, { ...mail, ...carried, isAsked: true });
  await markAsked(tx, paymentId, { isReminder: false });
  await oweNudge(tx, paymentId);
}

function checkCoolDown(lastAskedAt: Date): void {
  const leftMs = lastAskedAt.getTime() + ASKING_COOL_DOWN_MS - Date.now();
  if (leftMs <= 0) return;
  throw new Problem('rate_limited', 'a payment request was sent a moment ago', {
    retryAfterSeconds: Math.ceil(leftMs / 1_000),
  });
}

/** @throws Problem already_paid, outcome_unknown, not_open */
function checkOpen(payment: PaymentRow): void {
  if (isPaid(payment.status)) throw new Problem('already_paid', 'this payment is paid');
  if (payment.outcome === 'unknown') {
    throw new Problem('outcome_unknown', 'the outcome of a payment or refund is still unknown', {
      retryAfterSeconds: 30,
    });
  }
  if (payment.review !== null)
    throw new Problem('not_open', `this payment is in review (${payment.review}): resolve the review first`);
  if (readinessOf(payment, new Date()) !== 'open')
    throw new Problem('not_open', 'this payment can no longer be paid; make a new one');
}
