import { createHash } from 'node:crypto';
import express, { Router } from 'express';
import type { Request } from 'express';
import type { AccountRow } from '../../db/provider-accounts.ts';
import type { NewProviderEvent } from '../../db/provider-events.ts';
import { Problem } from '../../domain/errors.ts';
import { newId } from '../../domain/ids.ts';
import type { Workspace } from '../../domain/workspace.ts';
import type { WebhookDelivery, WebhookReading } from '../../providers/payments/payment-provider.ts';
import { hashSecret } from '../../secrets.ts';
import type { ApiContext } from '../context.ts';
import { BODY_LIMIT, bodyBytes } from '../middleware/read-body.ts';

const TYPES = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];

/** `POST /webhooks/{provider}/{token}`: verified, stored by one INSERT, answered, and only then acted on. */
export function createWebhookRoutes(context: ApiContext): Router {
  const router = Router();
  const count = (provider: string, verdict: string): void =>
    context.metrics.webhooks.inc({ provider, verdict });

  router.post(
    '/:provider/:token',
    express.raw({ type: () => true, limit: BODY_LIMIT }),
    async (request, response) => {
      if (request.is(TYPES) === false) throw new Problem('unsupported_media_type', 'send JSON or a form');
      const { provider, token } = request.params;
      const { account, workspace } = await findReceiver(context, provider, token);
      const delivery = toDelivery(request);
      const reading = context.adapters.payment(account, workspace.mode).readWebhook(delivery);
      if (reading.verdict === 'bad_signature') {
        count(provider, 'bad_signature');
        context.logger.warn({ accountId: account.id, reason: reading.reason }, 'a webhook was refused');
        throw new Problem('bad_signature', 'the signature does not fit');
      }
      const event = await match(context, account, reading, delivery, request.ip ?? null);
      const isNew = await context.db.inWorkspace(context.pool, account.workspaceId, (tx) =>
        context.db.providerEvents.insertProviderEvent(tx, event),
      );
      count(provider, isNew ? event.verdict : 'duplicate');
      response.json({ received: true });
      if (isNew && event.paymentId !== null && event.verdict === 'accepted') {
        void deliver(context, workspace, { id: event.id, paymentId: event.paymentId });
      }
    },
  );
  return router;
}

/** Whose webhook this is, by the unguessable part of its address. @throws Problem not_found */
async function findReceiver(
  context: ApiContext,
  provider: string,
  token: string,
): Promise<{ account: AccountRow; workspace: Workspace }> {
  const account = await context.db.providerAccounts.findAccountByWebhookToken(
    context.pool,
    hashSecret(token),
  );
  if (account?.provider !== provider || account.family !== 'payment')
    throw new Problem('not_found', 'no webhook is expected here');
  const workspace = await context.db.workspaces.findWorkspace(context.pool, account.workspaceId);
  if (workspace === null) throw new Problem('not_found', 'no webhook is expected here');
  return { account, workspace };
}

function toDelivery(request: Request): WebhookDelivery {
  const headers = Object.entries(request.headers).map(
    ([name, value]) => [name, String(value ?? '')] as const,
  );
  const query = Object.entries(request.query).map(
    ([name, value]) => [name, typeof value === 'string' ? value : ''] as const,
  );
  return {
    body: bodyBytes(request),
    headers: Object.fromEntries(headers),
    query: Object.fromEntries(query),
    receivedAt: new Date(),
  };
}

/** Finds the payment within the account's own workspace; what names none of its payments is quarantined, never dropped. */
async function match(
  context: ApiContext,
  account: AccountRow,
  reading: Exclude<WebhookReading, { verdict: 'bad_signature' }>,
  delivery: WebhookDelivery,
  remoteAddress: string | null,
): Promise<NewProviderEvent> {
  const sha256 = createHash('sha256').update(delivery.body).digest();
  const id = newId('providerEvent');
  const paymentId = reading.verdict === 'accepted' ? await findPaymentId(context, account, reading) : null;
  const seal = (column: string, plain: Buffer | string) =>
    context.secrets.seal('inbox', { table: 'provider_events', rowId: id, column }, plain);
  return {
    id,
    workspaceId: account.workspaceId,
    accountId: account.id,
    provider: account.provider,
    eventId: reading.eventId ?? `sha256:${sha256.toString('hex')}`,
    kind: reading.verdict === 'accepted' ? reading.kind : null,
    paymentId,
    verdict: paymentId === null ? 'quarantined' : 'accepted',
    reason:
      reading.verdict === 'quarantined'
        ? reading.reason
        : paymentId === null
          ? 'it names no payment of this account'
          : null,
    bodySealed: seal('body', delivery.body),
    headersSealed: seal('headers', JSON.stringify(delivery.headers)),
    bodySha256: sha256,
    remoteAddress,
    receivedAt: delivery.receivedAt,
  };
}

function findPaymentId(
  context: ApiContext,
  account: AccountRow,
  reading: Extract<WebhookReading, { verdict: 'accepted' }>,
): Promise<string | null> {
  return context.db.inWorkspace(context.pool, account.workspaceId, async (tx) => {
    const byPage =
      reading.pageId === null
        ? null
        : await context.db.providerPages.findPaymentIdByPage(tx, account.id, reading.pageId);
    if (byPage !== null || reading.paymentId === null) return byPage;
    const payment = await context.db.payments.findPayment(tx, reading.paymentId);
    return payment?.accountId === account.id ? payment.id : null;
  });
}

/** The first try to wake the payment; what fails here is the sweeper's. */
async function deliver(
  context: ApiContext,
  workspace: Workspace,
  event: { id: string; paymentId: string },
): Promise<void> {
  try {
    await context.engine.deliverEvent({
      workspaceId: workspace.id,
      print: workspace.receipt.print,
      ...event,
    });
    await context.db.providerEvents.markSignalled(context.pool, [event.id]);
  } catch (error) {
    context.logger.warn(
      { err: error, providerEventId: event.id },
      'a stored webhook could not be delivered yet',
    );
  }
}
