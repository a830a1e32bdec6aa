import type { RequestHandler, Router } from 'express';
import { listRefunds } from '../../db/refunds.ts';
import { listPaymentDocuments } from '../../db/tax-documents.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { Problem } from '../../domain/problems.ts';
import { isId } from '../../domain/ids.ts';
import type { ApiContext } from '../context.ts';
import { createAnswerStore, idempotencyUse, sendAnswer } from '../http/idempotency.ts';
import { routerOf } from '../http/operation.ts';
import { noQuery, readQuery } from '../http/read-input.ts';
import { noSuchPayment, viewPayment, workspaceOfPayment } from '../payments/payment-view.ts';
import { createRefund, viewRefund } from './create-refund.ts';
import { refundOperations } from './refund-operations.ts';
import { toRefundJson } from './refund-json.ts';

/** `/v1/payments/{id}/refunds`. */
export function createRefundRoutes(context: ApiContext): Router {
  return routerOf('/v1/payments', refundOperations, {
    create: createCreateRoute(context),
    list: createListRoute(context),
    get: createGetRoute(context),
  });
}

function createCreateRoute(context: ApiContext): RequestHandler<{ id: string }> {
  const answers = createAnswerStore(context);
  return async (request, response) => {
    const { id } = request.params;
    const workspaceId = await workspaceOfPayment(context, request, 'refunds:write', id);
    if (!isId('payment', id)) throw noSuchPayment(id);
    const use = idempotencyUse(request, workspaceId, `POST /v1/payments/${id}/refunds`);
    const { answer, isReplay } = await createRefund(context, answers, request, use);
    sendAnswer(response, answer, isReplay);
  };
}

function createListRoute(context: ApiContext): RequestHandler<{ id: string }> {
  return async (request, response) => {
    const { id } = request.params;
    const workspaceId = await workspaceOfPayment(context, request, 'payments:read', id);
    readQuery(request, noQuery);
    const data = await inWorkspace(context.pool, workspaceId, async (tx) => {
      await viewPayment(context, tx, id);
      const refunds = await listRefunds(tx, id);
      const documents = await listPaymentDocuments(tx, id);
      return refunds.map((refund) => toRefundJson(refund, documents)).reverse();
    });
    response.json({ data, next: null });
  };
}

function createGetRoute(context: ApiContext): RequestHandler<{ id: string; refundId: string }> {
  return async (request, response) => {
    const { id, refundId } = request.params;
    const workspaceId = await workspaceOfPayment(context, request, 'payments:read', id);
    readQuery(request, noQuery);
    const json = await inWorkspace(context.pool, workspaceId, async (tx) => {
      const refund = isId('refund', refundId) ? await viewRefund(tx, refundId) : null;
      if (refund?.paymentId === id) return refund;
      throw new Problem('not_found', 'there is no such refund of this payment');
    });
    response.json(json);
  };
}
