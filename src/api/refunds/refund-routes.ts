import { Router } from 'express';
import { listRefunds } from '../../db/refunds.ts';
import { listPaymentDocuments } from '../../db/tax-documents.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { Problem } from '../../domain/problems.ts';
import { isId } from '../../domain/ids.ts';
import type { ApiContext } from '../context.ts';
import { createAnswerStore, idempotencyUse, sendAnswer } from '../http/idempotency.ts';
import { noQuery, readQuery } from '../http/read-input.ts';
import { viewPayment, workspaceOfPayment } from '../payments/payment-view.ts';
import { createRefund } from './create-refund.ts';
import { toRefundJson } from './refund-json.ts';

/** `/v1/payments/{id}/refunds`. */
export function createRefundRoutes(context: ApiContext): Router {
  const { pool } = context;
  const router = Router({ mergeParams: true });
  const answers = createAnswerStore(context);

  router.post<{ id: string }>('/', async (request, response) => {
    const { id } = request.params;
    const workspaceId = await workspaceOfPayment(context, request, 'refunds:write', id);
    if (!isId('payment', id)) throw new Problem('not_found', 'there is no such payment in this workspace');
    const use = idempotencyUse(request, workspaceId, `POST /v1/payments/${id}/refunds`);
    const { answer, isReplay } = await createRefund(context, answers, request, use);
    if (answer.status === 503) response.set('Retry-After', '2');
    sendAnswer(response, answer, isReplay);
  });

  router.get<{ id: string }>('/', async (request, response) => {
    const { id } = request.params;
    const workspaceId = await workspaceOfPayment(context, request, 'payments:read', id);
    readQuery(request, noQuery);
    const data = await inWorkspace(pool, workspaceId, async (tx) => {
      await viewPayment(context, tx, id);
      const refunds = await listRefunds(tx, id);
      const documents = await listPaymentDocuments(tx, id);
      const documentOf = new Map(documents.map((document) => [document.refundId, document.id]));
      return refunds.map((refund) => toRefundJson(refund, documentOf.get(refund.id) ?? null)).reverse();
    });
    response.json({ data, next: null });
  });
  return router;
}
