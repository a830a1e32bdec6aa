import type { RequestHandler, Router } from 'express';
import { findAccountBehind } from '../../db/provider-accounts.ts';
import { listPayments } from '../../db/payments.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { isOpen } from '../../domain/payment.ts';
import { Problem } from '../../domain/problems.ts';
import { isProviderError } from '../../domain/provider-error.ts';
import type { ApiContext } from '../context.ts';
import { workspaceFor } from '../http/authenticate.ts';
import { cursorsOf, toPage } from '../http/cursor.ts';
import { createAnswerStore, idempotencyUse, sendAnswer } from '../http/idempotency.ts';
import type { AnswerStore } from '../http/idempotency.ts';
import { routerOf } from '../http/operation.ts';
import { emptyBody, noQuery, readBody, readQuery } from '../http/read-input.ts';
import { sendLater } from '../http/send-later.ts';
import { createResolveRoute } from '../reviews/resolve-route.ts';
import { createCancelRoute } from './cancel-route.ts';
import { createPayment } from './create-payment.ts';
import { createLinkQrRoute } from './link-qr-route.ts';
import { createManualRoute } from './manual-payment.ts';
import { paymentOperations } from './payment-operations.ts';
import { listPaymentsQuery } from './payment-schema.ts';
import { pathOf, shownTo, viewPayment, viewPayments, workspaceOfPayment } from './payment-view.ts';
import { createRequestRoute } from './request-route.ts';
import { createTimelineRoute } from './timeline-route.ts';

/** How long `check` waits for the provider before it answers 202. */
const CHECK_MS = 15_000;

/** Who sees only whether a payment is paid must not learn the rest by choosing. */
const HIDDEN_IN_LINKS = ['provider', 'subject', 'method', 'review'] as const;

/** `/v1/payments`. */
export function createPaymentRoutes(context: ApiContext): Router {
  const answers = createAnswerStore(context);
  return routerOf('/v1/payments', paymentOperations, {
    create: createCreateRoute(context, answers),
    list: createListRoute(context),
    get: createGetRoute(context),
    linkQr: createLinkQrRoute(context),
    timeline: createTimelineRoute(context),
    createManual: createManualRoute(context, answers),
    check: createCheckRoute(context),
    request: createRequestRoute(context),
    cancel: createCancelRoute(context),
    resolve: createResolveRoute(context),
  });
}

function createCreateRoute(context: ApiContext, answers: AnswerStore): RequestHandler {
  return async (request, response) => {
    const workspaceId = workspaceFor(request, 'links:write');
    const use = idempotencyUse(request, workspaceId, 'POST /v1/payments');
    const { answer, isReplay } = await createPayment(context, answers, request, use);
    sendAnswer(response, answer, isReplay);
  };
}

function createListRoute(context: ApiContext): RequestHandler {
  return async (request, response) => {
    const workspaceId = workspaceFor(request, 'links:read');
    const { limit, after, ...filter } = readQuery(request, listPaymentsQuery);
    if (HIDDEN_IN_LINKS.some((name) => filter[name] !== undefined)) workspaceFor(request, 'payments:read');
    const cursors = cursorsOf('/v1/payments', filter);
    const cursor = cursors.read(after);
    const page = await inWorkspace(context.pool, workspaceId, async (tx) => {
      const place = cursor === null ? null : { at: cursor.sortKey, id: cursor.id };
      const rows = await listPayments(tx, { workspaceId, filter, after: place, limit });
      const views = await viewPayments(context, tx, rows);
      return toPage(
        rows.map((row, index) => ({ row, view: views[index] })),
        limit,
        ({ view }) => (view === undefined ? view : shownTo(request, view)),
        ({ row }) => cursors.write(row.sortKey, row.id),
      );
    });
    response.json(page);
  };
}

function createGetRoute(context: ApiContext): RequestHandler<{ id: string }> {
  return async (request, response) => {
    const { id } = request.params;
    const workspaceId = await workspaceOfPayment(context, request, 'links:read', id);
    readQuery(request, noQuery);
    const view = await inWorkspace(context.pool, workspaceId, (tx) => viewPayment(context, tx, id));
    response.json(shownTo(request, view));
  };
}

/** Behind an open breaker the question would wait for minutes. @throws Problem unavailable, with when to ask again */
async function checkIsAskable(
  { pool, adapters }: ApiContext,
  { workspaceId, paymentId }: { readonly workspaceId: string; readonly paymentId: string },
): Promise<void> {
  const account = await inWorkspace(pool, workspaceId, (tx) => findAccountBehind(tx, { paymentId }));
  if (account === null) return;
  try {
    await adapters.mayCall(account, account.mode);
  } catch (error) {
    if (!isProviderError(error)) throw error;
    throw new Problem(
      'unavailable',
      `${account.provider} fails, and its breaker keeps calls back. What came is found once they go on: ask again after Retry-After`,
      { retryAfterSeconds: Math.max(1, Math.ceil((error.retryAfterMs ?? 0) / 1_000)) },
    );
  }
}

/** Asks the provider now, and answers with the state of the payment after that. */
function createCheckRoute(context: ApiContext): RequestHandler<{ id: string }> {
  const { pool } = context;
  return async (request, response) => {
    const { id } = request.params;
    const workspaceId = await workspaceOfPayment(context, request, 'payments:write', id);
    readBody(request, emptyBody);
    const before = await inWorkspace(pool, workspaceId, (tx) => viewPayment(context, tx, id));
    // A manual payment has no provider to ask.
    if (before.provider === 'manual') return void response.json(before);
    if (isOpen(before.status)) await checkIsAskable(context, { workspaceId, paymentId: id });
    const outcome = await context.temporal.checkPayment({ workspaceId, id }, CHECK_MS);
    if (outcome.state === 'unavailable') {
      throw new Problem('unavailable', 'the provider could not be asked just now; try again', {
        retryAfterSeconds: 2,
      });
    }
    const view = await inWorkspace(pool, workspaceId, (tx) => viewPayment(context, tx, id));
    if (outcome.state === 'waiting') sendLater(response, pathOf(id), view);
    else response.json(view);
  };
}
