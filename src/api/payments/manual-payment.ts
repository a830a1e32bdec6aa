import type { Request, RequestHandler } from 'express';
import { findPayment } from '../../db/payments.ts';
import type { IdempotencyUse } from '../../db/idempotency-keys.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { newId } from '../../domain/ids.ts';
import type { ApiContext } from '../context.ts';
import { actorOf, workspaceFor } from '../http/authenticate.ts';
import type { AnswerStore } from '../http/idempotency.ts';
import { idempotencyUse, sendAnswer } from '../http/idempotency.ts';
import { makeOnce } from '../http/once.ts';
import type { Answered } from '../http/once.ts';
import { readBody } from '../http/read-input.ts';
import { insertManual, lookAround } from './manual-insert.ts';
import { checkManualPayment } from './manual-rules.ts';
import { manualPaymentBody } from './manual-schema.ts';
import { pathOf, viewPayment } from './payment-view.ts';
import { checkAtInvoiceService } from './vendor-rules.ts';

interface Startable {
  readonly payment: PaymentRow;
}

/** `POST /v1/payments/manual`: records money that the business took itself. 201 with the completed payment. */
export function createManualRoute(context: ApiContext, answers: AnswerStore): RequestHandler {
  return async (request, response) => {
    const workspaceId = workspaceFor(request, 'payments:write');
    const use = idempotencyUse(request, workspaceId, 'POST /v1/payments/manual');
    const { answer, isReplay } = await recordPayment(context, answers, request, use);
    sendAnswer(response, answer, isReplay);
  };
}

/** Creates a manual payment and starts its settling. If the request dies, the sweeper starts it. */
function recordPayment(
  context: ApiContext,
  answers: AnswerStore,
  request: Request,
  use: IdempotencyUse,
): Promise<Answered> {
  const id = newId('payment');
  return makeOnce<Startable>(context, answers, use, {
    noun: 'payment',
    id,
    async recover(tx, earlierId) {
      const payment = await findPayment(tx, earlierId);
      return payment === null ? null : { payment };
    },
    make: (tx) => make(context, tx, request, use.workspaceId, id),
    async start({ payment }) {
      if (payment.status !== 'creating') return true;
      const outcome = await context.temporal.startManualPayment(payment);
      return outcome.state !== 'unavailable';
    },
    async show(tx, { payment }) {
      const json = await viewPayment(context, tx, payment.id);
      return { id: payment.id, path: pathOf(payment.id), json, isUnderWay: json.status === 'creating' };
    },
  });
}

async function make(
  context: ApiContext,
  tx: Sql,
  request: Request,
  workspaceId: string,
  id: string,
): Promise<Startable> {
  const around = await lookAround(context, tx, workspaceId);
  const body = readBody(request, manualPaymentBody);
  const charge = checkManualPayment(body, around);
  checkAtInvoiceService(around.invoiceService, body, charge.chargeAmount, { ...around, now: charge.paidAt });
  const payment = await insertManual(tx, body, { id, around, ...charge });
  const { amount, currency, provider } = payment;
  const detail = { amount, currency, provider, method: charge.method, paidOn: body.paidOn };
  const entry = { workspaceId, action: 'payment.recorded', subjectId: id, detail };
  const { actor, reason } = actorOf(request);
  await context.audit(tx, { actor, reason: reason ?? body.lateReason ?? null, ...entry });
  return { payment };
}
