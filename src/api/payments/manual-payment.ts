import type { Request, RequestHandler } from 'express';
import type { IdempotencyUse } from '../../db/idempotency-keys.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { Problem } from '../../domain/errors.ts';
import { newId } from '../../domain/ids.ts';
import type { Workspace } from '../../domain/workspace.ts';
import type { ApiContext } from '../context.ts';
import { actorOf, workspaceFor } from '../middleware/authenticate.ts';
import type { AnswerStore, StoredAnswer } from '../middleware/idempotency.ts';
import { idempotencyUse, isKept, jsonAnswer, problemAnswer, sendAnswer } from '../middleware/idempotency.ts';
import { jsonBody } from '../middleware/read-body.ts';
import { readBody } from '../middleware/read-input.ts';
import { insertManual, lookAround } from './manual-insert.ts';
import { checkManualPayment } from './manual-rules.ts';
import { manualPaymentBody } from './manual-schema.ts';
import { viewPayment } from './payment-view.ts';

interface Startable {
  readonly payment: PaymentRow;
  readonly workspace: Workspace;
}

/** What the first transaction came to: an answer that stands, or a stored payment to be started. */
type Written =
  { readonly answer: StoredAnswer; readonly isReplay: boolean } | { readonly started: Startable };

/** `POST /v1/payments/manual`: money that the business took itself. 201 with the completed payment. */
export function createManualRoute(context: ApiContext, answers: AnswerStore): RequestHandler {
  return async (request, response) => {
    const workspaceId = workspaceFor(request, 'payments:write');
    const use = idempotencyUse(request, workspaceId);
    const { answer, isReplay } = await recordPayment(context, answers, request, use);
    if (answer.status === 503) response.set('Retry-After', '2');
    sendAnswer(response, answer, isReplay);
  };
}

/**
 * Writes what was asked for with its idempotency key in one transaction, then has a workflow settle it. Whatever dies in
 * between, the same key makes the same one payment, and the sweeper starts what nobody asks for again.
 */
async function recordPayment(
  context: ApiContext,
  answers: AnswerStore,
  request: Request,
  use: IdempotencyUse,
): Promise<{ answer: StoredAnswer; isReplay: boolean }> {
  jsonBody(request);
  const { db, pool } = context;
  const written = await db.inWorkspace(pool, use.workspaceId, (tx) =>
    write(context, answers, tx, request, use),
  );
  if ('answer' in written) return written;
  const { payment, workspace } = written.started;
  const outcome = await context.engine.startManualPayment(payment, workspace.receipt.print);
  return db.inWorkspace(pool, use.workspaceId, async (tx) => {
    if (outcome.state === 'unavailable') {
      await db.idempotencyKeys.releaseIdempotencyKey(tx, use);
      return { answer: problemAnswer(notStarted()), isReplay: false };
    }
    const json = await viewPayment(context, tx, payment.id);
    const answer = jsonAnswer(json['status'] === 'creating' ? 202 : 201, json);
    await answers.store(tx, use, answer, payment.id);
    return { answer, isReplay: false };
  });
}

function notStarted(): Problem {
  const sentence =
    'the payment is stored but could not be started; send the same request with the same key again';
  return new Problem('unavailable', sentence, { retryAfterSeconds: 2 });
}

async function write(
  context: ApiContext,
  answers: AnswerStore,
  tx: Sql,
  request: Request,
  use: IdempotencyUse,
): Promise<Written> {
  const id = newId('payment');
  const taken = await context.db.idempotencyKeys.takeIdempotencyKey(tx, use, id);
  if (taken !== null && !('takenOver' in taken))
    return { answer: answers.resolve(use, taken), isReplay: true };
  const around = await lookAround(context, tx, use.workspaceId);
  const earlier = taken === null ? null : await context.db.payments.findPayment(tx, taken.takenOver);
  if (earlier !== null) return { started: { payment: earlier, workspace: around.workspace } };
  try {
    const body = readBody(request, manualPaymentBody);
    const payment = await insertManual(context, tx, body, {
      id,
      around,
      ...checkManualPayment(body, around),
    });
    const { amount, currency, provider } = payment;
    const detail = { amount, currency, provider, method: body.method, paidOn: body.paidOn };
    const entry = { workspaceId: use.workspaceId, action: 'payment.recorded', subjectId: id, detail };
    await context.audit(tx, { ...actorOf(request), ...entry });
    return { started: { payment, workspace: around.workspace } };
  } catch (error) {
    if (!(error instanceof Problem) || !isKept(error)) throw error;
    const answer = problemAnswer(error);
    await answers.store(tx, use, answer, null);
    return { answer, isReplay: false };
  }
}
