import type { Request } from 'express';
import { readBooks } from '../../db/books.ts';
import { listDisputes } from '../../db/disputes.ts';
import { lockPayment } from '../../db/payments.ts';
import { findAccount } from '../../db/provider-accounts.ts';
import { listTransactions } from '../../db/provider-transactions.ts';
import { findRefund, insertRefund, listRefunds, markRefundStarted } from '../../db/refunds.ts';
import { listPaymentDocuments } from '../../db/tax-documents.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { IdempotencyUse } from '../../db/idempotency-keys.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import type { RefundRow } from '../../db/refunds.ts';
import { withBank } from '../../domain/disputed-money.ts';
import { Problem } from '../../domain/problems.ts';
import { newId } from '../../domain/ids.ts';
import { standingOf } from '../../domain/standing.ts';
import { isOriginal } from '../../domain/tax-document.ts';
import { tell } from '../../history/tell.ts';
import type { ApiContext } from '../context.ts';
import { actorOf } from '../http/authenticate.ts';
import type { AnswerStore } from '../http/idempotency.ts';
import { makeOnce } from '../http/once.ts';
import type { Answered } from '../http/once.ts';
import { readBody } from '../http/read-input.ts';
import { noSuchPayment, pathOf } from '../payments/payment-view.ts';
import { toRefundJson } from './refund-json.ts';
import { checkRefund } from './refund-rules.ts';
import type { RefundSurroundings } from './refund-rules.ts';
import { createRefundBody } from './refund-schema.ts';
import type { RefundJson } from './refund-schema.ts';

/** How long the request waits for the provider before it answers 202. */
const REFUND_MS = 12_000;

interface Startable {
  readonly refund: RefundRow;
  readonly payment: PaymentRow;
}

/**
 * Inserts the refund while the payment is locked, so that no race refunds more than was paid. Then starts its
 * workflow and waits a while for its end.
 */
export function createRefund(
  context: ApiContext,
  answers: AnswerStore,
  request: Request<{ id: string }>,
  use: IdempotencyUse,
): Promise<Answered> {
  const id = newId('refund');
  return makeOnce<Startable>(context, answers, use, {
    noun: 'refund',
    id,
    async recover(tx, earlierId) {
      const refund = await findRefund(tx, earlierId);
      return refund === null ? null : { ...(await look(context, tx, request.params.id)), refund };
    },
    make: (tx) => make(context, tx, request, id),
    start: (made) => start(context, made),
    async show(tx, { refund }) {
      const json = await viewRefund(tx, refund.id);
      const path = `${pathOf(refund.paymentId)}/refunds/${refund.id}`;
      return { id: refund.id, path, json, isUnderWay: json.status === 'pending' };
    },
  });
}

async function start({ temporal, pool }: ApiContext, { refund, payment }: Startable): Promise<boolean> {
  const { id: refundId, workspaceId, paymentId, amount, currency } = refund;
  if (refund.status !== 'pending') return true;
  const { provider } = payment;
  const input = { workspaceId, paymentId, refundId, provider, amount, currency };
  const outcome = await temporal.startRefund(input, REFUND_MS);
  if (outcome.state === 'unavailable') return false;
  await inWorkspace(pool, workspaceId, (tx) => markRefundStarted(tx, refundId));
  return true;
}

async function make(
  context: ApiContext,
  tx: Sql,
  request: Request<{ id: string }>,
  id: string,
): Promise<Startable> {
  const around = await look(context, tx, request.params.id);
  const body = readBody(request, createRefundBody);
  const allowed = checkRefund(body, around);
  const refund = await insert(tx, around, { ...body, ...allowed, id });
  const { amount } = allowed;
  const { workspaceId, currency, id: paymentId } = around.payment;
  const entry = { workspaceId, action: 'refund.created', subjectId: id };
  await context.audit(tx, { ...actorOf(request), ...entry, detail: { paymentId, amount, currency } });
  return { ...around, refund };
}

/** The payment, locked, and everything that its refund is checked against. */
async function look(context: ApiContext, tx: Sql, paymentId: string): Promise<RefundSurroundings> {
  const { adapters } = context;
  const payment = await lockPayment(tx, paymentId);
  const workspace = payment === null ? null : await findWorkspace(tx, payment.workspaceId);
  if (payment === null || workspace === null) throw noSuchPayment(paymentId);
  const account = payment.accountId === null ? null : await findAccount(tx, payment.accountId);
  const documents = await listPaymentDocuments(tx, payment.id);
  const original = documents.find(isOriginal) ?? null;
  const charges = await listTransactions(tx, payment.id);
  const charge = charges.find(({ id }) => id === original?.transactionId);
  return {
    payment,
    workspace,
    standing: standingOf(await readBooks(tx, payment.id)),
    refunds: await listRefunds(tx, payment.id),
    original,
    documents,
    refundable: charge?.refundableAmount ?? null,
    atBank: charge === undefined ? 0 : withBank(charge, await listDisputes(tx, payment.id)),
    canGoBack: account !== null && adapters.payment(account, workspace.mode).refund !== undefined,
    now: new Date(),
  };
}

async function insert(
  tx: Sql,
  { payment, original }: RefundSurroundings,
  wish: {
    id: string;
    amount: number;
    method: RefundRow['method'];
    reason: string;
    paidOn?: string | undefined;
    items: RefundRow['items'];
  },
): Promise<RefundRow> {
  const chargeId = original?.transactionId;
  if (!chargeId) throw new Error(`the document of ${payment.id} belongs to no charge`);
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  const { id, amount, method, reason, items } = wish;
  const { currency } = payment;
  await insertRefund(tx, {
    ...owner,
    ...{ id, chargeId, amount, currency, method, reason, items },
    transactionId: null,
    origin: 'api',
    isDocumented: true,
    paidOn: wish.paidOn ?? null,
  });
  const detail = { refundId: id };
  await tell(tx, owner, {
    kind: 'refund_created',
    summary: 'The app asked for a refund',
    detail,
    events: [{ type: 'refund.created', facts: { refundId: id, amount, currency, origin: 'api' } }],
  });
  const refund = await findRefund(tx, id);
  if (refund === null) throw new Error(`refund ${id} was not inserted`);
  return refund;
}

/** A refund as the API shows it. @throws Problem not_found */
export async function viewRefund(tx: Sql, id: string): Promise<RefundJson> {
  const refund = await findRefund(tx, id);
  if (refund === null) throw new Problem('not_found', 'there is no such refund in this workspace');
  const documents = await listPaymentDocuments(tx, refund.paymentId);
  return toRefundJson(refund, documents);
}
