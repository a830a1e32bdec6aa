import type { Request } from 'express';
import type { IdempotencyUse } from '../../db/idempotency-keys.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import type { RefundRow } from '../../db/refunds.ts';
import { Problem } from '../../domain/errors.ts';
import { newId } from '../../domain/ids.ts';
import type { Workspace } from '../../domain/workspace.ts';
import type { ApiContext } from '../context.ts';
import { actorOf } from '../middleware/authenticate.ts';
import type { AnswerStore, StoredAnswer } from '../middleware/idempotency.ts';
import { isKept, jsonAnswer, problemAnswer } from '../middleware/idempotency.ts';
import { jsonBody } from '../middleware/read-body.ts';
import { readBody } from '../middleware/read-input.ts';
import { toRefundJson } from './refund-json.ts';
import { checkRefund } from './refund-rules.ts';
import type { RefundSurroundings } from './refund-rules.ts';
import { createRefundBody } from './refund-schema.ts';

/** How long the answer waits for the provider before it is a 202. */
const REFUND_MS = 12_000;

interface Startable {
  readonly refund: RefundRow;
  readonly payment: PaymentRow;
  readonly workspace: Workspace;
}

type Written =
  { readonly answer: StoredAnswer; readonly isReplay: boolean } | { readonly started: Startable };

/**
 * Writes the refund with its idempotency key while the payment is held, so that no race gives back more than came; then
 * starts its workflow and waits a while for the end.
 */
export async function createRefund(
  context: ApiContext,
  answers: AnswerStore,
  request: Request<{ id: string }>,
  use: IdempotencyUse,
): Promise<{ answer: StoredAnswer; isReplay: boolean }> {
  jsonBody(request);
  const written = await context.db.inWorkspace(context.pool, use.workspaceId, (tx) =>
    write(context, answers, tx, request, use),
  );
  if ('answer' in written) return written;
  const { refund, payment, workspace } = written.started;
  const { workspaceId, paymentId, amount, currency } = refund;
  const { print } = workspace.receipt;
  const input = { workspaceId, paymentId, refundId: refund.id, provider: payment.provider, amount, currency };
  const outcome = await context.engine.startRefund({ ...input, print }, REFUND_MS);
  return context.db.inWorkspace(context.pool, workspaceId, async (tx) => {
    if (outcome.state === 'unavailable') {
      await context.db.idempotencyKeys.releaseIdempotencyKey(tx, use);
      const sentence =
        'the refund is stored but could not be started; send the same request with the same key again';
      const problem = new Problem('unavailable', sentence, { retryAfterSeconds: 2 });
      return { answer: problemAnswer(problem), isReplay: false };
    }
    await context.db.refunds.markRefundStarted(tx, refund.id);
    const json = await viewRefund(context, tx, refund.id);
    const answer = jsonAnswer(json['status'] === 'pending' ? 202 : 201, json);
    await answers.store(tx, use, answer, refund.id);
    return { answer, isReplay: false };
  });
}

async function write(
  context: ApiContext,
  answers: AnswerStore,
  tx: Sql,
  request: Request<{ id: string }>,
  use: IdempotencyUse,
): Promise<Written> {
  const id = newId('refund');
  const taken = await context.db.idempotencyKeys.takeIdempotencyKey(tx, use, id);
  if (taken !== null && !('takenOver' in taken))
    return { answer: answers.resolve(use, taken), isReplay: true };
  const around = await look(context, tx, request.params.id);
  const earlier = taken === null ? null : await context.db.refunds.findRefund(tx, taken.takenOver);
  if (earlier !== null) return { started: { ...around, refund: earlier } };
  try {
    const body = readBody(request, createRefundBody);
    const amount = checkRefund(body, around);
    const refund = await insert(context, tx, around, { id, amount, ...body });
    const detail = { paymentId: around.payment.id, amount, currency: around.payment.currency };
    const entry = { workspaceId: use.workspaceId, action: 'refund.created', subjectId: id, detail };
    await context.audit(tx, { ...actorOf(request), ...entry });
    return { started: { ...around, refund } };
  } catch (error) {
    if (!(error instanceof Problem) || !isKept(error)) throw error;
    const answer = problemAnswer(error);
    await answers.store(tx, use, answer, null);
    return { answer, isReplay: false };
  }
}

/** The payment, held, and all that a refund of it is judged against. */
async function look(context: ApiContext, tx: Sql, paymentId: string): Promise<RefundSurroundings> {
  const { db, adapters } = context;
  const payment = await db.payments.lockPayment(tx, paymentId);
  const workspace = payment === null ? null : await db.workspaces.findWorkspace(tx, payment.workspaceId);
  if (payment === null || workspace === null)
    throw new Problem('not_found', 'there is no such payment in this workspace');
  const account =
    payment.accountId === null ? null : await db.providerAccounts.findAccount(tx, payment.accountId);
  const documents = await db.taxDocuments.listPaymentDocuments(tx, payment.id);
  return {
    payment,
    workspace,
    refunds: await db.refunds.listRefunds(tx, payment.id),
    original: documents.find(({ refundId }) => refundId === null) ?? null,
    canGoBack: account !== null && adapters.payment(account, workspace.mode).refund !== undefined,
    now: new Date(),
  };
}

async function insert(
  { db }: ApiContext,
  tx: Sql,
  { payment, original }: RefundSurroundings,
  wish: {
    id: string;
    amount: number;
    method: RefundRow['method'];
    reason: string;
    paidOn?: string | undefined;
  },
): Promise<RefundRow> {
  const chargeId = original?.transactionId;
  if (!chargeId) throw new Error(`the document of ${payment.id} stands for no charge`);
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  const { id, amount, method, reason } = wish;
  const { currency } = payment;
  await db.refunds.insertRefund(tx, {
    ...owner,
    ...{ id, chargeId, amount, currency, method, reason },
    transactionId: null,
    origin: 'api',
    isDocumented: true,
    paidOn: wish.paidOn ?? null,
  });
  const detail = { refundId: id };
  await db.paymentLog.insertLog(tx, {
    ...owner,
    kind: 'refund_created',
    summary: 'The app asked for a refund',
    detail,
  });
  await db.events.insertPaymentEvents(tx, owner, [
    { type: 'refund.created', facts: { refundId: id, amount, currency } },
  ]);
  const refund = await db.refunds.findRefund(tx, id);
  if (refund === null) throw new Error(`refund ${id} was not inserted`);
  return refund;
}

/** A refund as the API shows it. @throws Problem not_found */
export async function viewRefund({ db }: ApiContext, tx: Sql, id: string): Promise<Record<string, unknown>> {
  const refund = await db.refunds.findRefund(tx, id);
  if (refund === null) throw new Problem('not_found', 'there is no such refund in this workspace');
  const documents = await db.taxDocuments.listPaymentDocuments(tx, refund.paymentId);
  return toRefundJson(refund, documents.find(({ refundId }) => refundId === id)?.id ?? null);
}
