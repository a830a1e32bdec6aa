import { insertMail } from '../../db/mails.ts';
import { lockPaymentRequest, markAsked, markOverdue } from '../../db/payment-requests.ts';
import { lockPayment } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import { newId } from '../../domain/ids.ts';
import { nextRequestStep } from '../../domain/payment-request.ts';
import type { PaymentRequest, RequestStep } from '../../domain/payment-request.ts';
import type { Workspace } from '../../domain/workspace.ts';
import { tell } from '../../history/tell.ts';
import type { ActivityContext } from '../context.ts';

/** When to look again; null for never, unless there is a new request. */
export interface Pursuit {
  readonly wakeAt: string | null;
}

/**
 * Does the due steps of a payment request, in one transaction with their record: mails queued, overdue reported once.
 * A payment that is no longer open is left alone. A second run changes nothing.
 */
export function createPursueRequest({ pool }: Pick<ActivityContext, 'pool'>) {
  return async function pursueRequest(ids: { workspaceId: string; paymentId: string }): Promise<Pursuit> {
    return inWorkspace(pool, ids.workspaceId, async (tx) => {
      const payment = await lockPayment(tx, ids.paymentId);
      const request = await lockPaymentRequest(tx, ids.paymentId);
      const workspace = await findWorkspace(tx, ids.workspaceId);
      if (payment === null || request === null || workspace === null) return { wakeAt: null };
      return pursue(tx, payment, request, workspace);
    });
  };
}

/** Each step is recorded in the request, so the loop ends with waiting or with the end of the request. */
async function pursue(
  tx: Sql,
  payment: PaymentRow,
  planned: PaymentRequest,
  workspace: Workspace,
): Promise<Pursuit> {
  let request = planned;
  for (;;) {
    const step = nextRequestStep(request, payment, new Date(), workspace.timeZone);
    if (step.kind === 'end') return { wakeAt: null };
    if (step.kind === 'wait') return { wakeAt: step.until.toISOString() };
    request = await take(tx, payment, workspace, step.kind);
  }
}

function take(
  tx: Sql,
  payment: PaymentRow,
  workspace: Workspace,
  kind: Exclude<RequestStep['kind'], 'wait' | 'end'>,
): Promise<PaymentRequest> {
  return kind === 'raise_overdue' ? raiseOverdue(tx, payment) : ask(tx, payment, workspace, kind);
}

/** A payer without an address cannot be asked; the times run all the same. */
async function ask(
  tx: Sql,
  payment: PaymentRow,
  workspace: Workspace,
  kind: 'ask' | 'remind',
): Promise<PaymentRequest> {
  const recipient = payment.customer?.email;
  if (recipient !== undefined) {
    await insertMail(tx, {
      id: newId('mail'),
      workspaceId: payment.workspaceId,
      paymentId: payment.id,
      kind: kind === 'ask' ? 'request' : 'reminder',
      documentId: null,
      variant: null,
      recipient,
      locale: payment.customer?.locale ?? workspace.locale,
      isAsked: false,
    });
  }
  return markAsked(tx, payment.id, { isReminder: kind === 'remind' });
}

async function raiseOverdue(tx: Sql, payment: PaymentRow): Promise<PaymentRequest> {
  const { id: paymentId, workspaceId, status, chargeAmount: amount, currency } = payment;
  const request = await markOverdue(tx, paymentId);
  const facts = { status, amount, currency, askedAt: request.askedAt?.toISOString() ?? null };
  await tell(
    tx,
    { workspaceId, paymentId },
    {
      kind: 'overdue',
      summary: `Not paid ${request.overdueAfterHours} hours after the payer was asked`,
      events: [{ type: 'payment.overdue', facts }],
    },
  );
  return request;
}
