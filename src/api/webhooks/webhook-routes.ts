import { createHash } from 'node:crypto';
import express from 'express';
import type { Request, RequestHandler, Router } from 'express';
import { isDatabaseDown } from '../../db/pool.ts';
import { hasQuarantined, insertProviderEvent, markSignalled } from '../../db/provider-events.ts';
import type { AccountRow } from '../../db/provider-accounts.ts';
import type { NewProviderEvent } from '../../db/provider-events.ts';
import { withoutTransaction } from '../../db/transaction.ts';
import { Problem } from '../../domain/problems.ts';
import { newId } from '../../domain/ids.ts';
import type { Workspace } from '../../domain/workspace.ts';
import type { WebhookDelivery, WebhookReading } from '../../providers/payments/payment-provider.ts';
import type { ApiContext } from '../context.ts';
import { BODY_LIMIT, bodyBytes } from '../http/read-body.ts';
import { routerOf } from '../http/operation.ts';
import { createRateLimit } from '../http/rate-limit.ts';
import { claimOf } from './claim.ts';
import type { SignedReading } from './claim.ts';
import { heldToPage } from './page-secret.ts';
import { createWebhookAccounts } from './webhook-accounts.ts';
import { createMissedWebhooks } from './missed-webhooks.ts';
import { createRefusedWebhooks } from './refused-webhooks.ts';
import { createSignalPace } from './signal-pace.ts';
import { createKeyedMutex } from './keyed-mutex.ts';
import { WEBHOOK_TYPES, webhookOperations } from './webhook-operations.ts';
import type { WebhookAccount, WebhookAccounts } from './webhook-accounts.ts';
import { placeIn } from '../../sealed-places.ts';

/** Average webhooks per second of one account: more than any vendor sends, and few enough not to delay others. */
const WEBHOOKS_PER_SECOND = 1_000;
/** How many unsigned webhooks that name no page of ours are kept per hour and account. */
const UNKNOWN_AN_HOUR = 60;
const HOUR_SECONDS = 3_600;

const RAW: RequestHandler<{ provider: string; token: string }> = express.raw({
  type: () => true,
  limit: BODY_LIMIT,
  inflate: false,
});

/** `POST /webhooks/{provider}/{token}`: verifies, stores with one INSERT, answers, and only then acts. */
export function createWebhookRoutes(
  context: ApiContext,
  limit = createRateLimit(WEBHOOKS_PER_SECOND),
): Router {
  const receivers = createWebhookAccounts(context);
  const store = createStore(context);
  const recordRefusal = createRefusedWebhooks(context);
  const missed = createMissedWebhooks(context, receivers);
  const pace = createSignalPace();
  const count = (provider: string, verdict: string): void =>
    context.metrics.webhooks.inc({ provider, verdict });

  const receive: RequestHandler<{ provider: string; token: string }> = async (request, response) => {
    if (request.is([...WEBHOOK_TYPES]) === false)
      throw new Problem('unsupported_media_type', 'send JSON or a form');
    const delivery = toDelivery(request);
    const admit = (account: AccountRow): void => limit(account.id, response);
    const { receiver, reading } = await verify(context, receivers, request.params, delivery, admit);
    const { account, workspace } = receiver;
    if (reading.verdict === 'bad_signature') {
      count(account.provider, 'bad_signature');
      const { reason } = reading;
      await recordRefusal({ account, delivery, reason, remoteAddress: request.ip ?? null });
      throw new Problem('bad_signature', 'the signature is wrong');
    }
    const event = toEvent(context, account, reading, delivery, request.ip ?? null);
    const stored = await store(event, isUnknown(reading));
    count(account.provider, stored?.verdict ?? 'duplicate');
    response.json({ received: true });
    const paymentId = stored?.handledAt === null ? stored.paymentId : null;
    if (paymentId) pace.tell(paymentId, () => void deliver(context, workspace, { id: event.id, paymentId }));
  };
  const receiveOrNote: RequestHandler<{ provider: string; token: string }> = async (request, ...rest) => {
    try {
      await receive(request, ...rest);
    } catch (error) {
      if (isDatabaseDown(error)) missed.note(request.params);
      throw error;
    }
  };
  return routerOf('/webhooks', webhookOperations, { receive: [RAW, receiveOrNote] });
}

/**
 * The account of a webhook and what the webhook says. If the signature is wrong, the secrets are read again: they may
 * have just changed.
 * @throws Problem not_found
 */
async function verify(
  context: ApiContext,
  receivers: WebhookAccounts,
  { provider, token }: { provider: string; token: string },
  delivery: WebhookDelivery,
  admit: (account: AccountRow) => void,
): Promise<{ receiver: WebhookAccount; reading: WebhookReading }> {
  for (const isFresh of [false, true]) {
    const receiver = await receivers.find(provider, token, isFresh);
    if (receiver === null) break;
    if (!isFresh) admit(receiver.account);
    const adapter = context.adapters.payment(receiver.account, receiver.workspace.mode);
    const reading = await heldToPage(context, receiver.account, adapter.readWebhook(delivery));
    if (isFresh || reading.verdict !== 'bad_signature') return { receiver, reading };
  }
  throw new Problem('not_found', 'this address takes no webhooks');
}

/** It is unsigned and names nothing of ours. */
const isUnknown = (reading: SignedReading): boolean =>
  reading.verdict === 'quarantined' && reading.isUnsigned === true;

/**
 * Stores events. Without a limit, a caller who knows the address of a vendor without signatures could fill the inbox.
 * Unknown events of an account are stored one after the other, so that concurrent ones are counted too.
 * @throws Problem rate_limited
 */
function createStore({ pool }: ApiContext) {
  const inTurn = createKeyedMutex();
  // Planning this statement takes several times as long as running it.
  const sql = withoutTransaction(pool);
  const insert = (event: NewProviderEvent) => insertProviderEvent(sql, event);
  const insertUnlessFull = async (event: NewProviderEvent) => {
    if (!(await hasQuarantined(sql, event.accountId, UNKNOWN_AN_HOUR))) return insert(event);
    throw new Problem('rate_limited', 'too many webhooks that name nothing in this account', {
      retryAfterSeconds: HOUR_SECONDS,
    });
  };
  return (event: NewProviderEvent, isOfNobody: boolean) =>
    isOfNobody ? inTurn(event.accountId, () => insertUnlessFull(event)) : insert(event);
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

/**
 * The inbox row. A payment that it names counts only within the account. If it names none, it is quarantined, never
 * dropped.
 */
function toEvent(
  context: ApiContext,
  account: AccountRow,
  reading: SignedReading,
  delivery: WebhookDelivery,
  remoteAddress: string | null,
): NewProviderEvent {
  const sha256 = createHash('sha256').update(delivery.body).digest();
  const id = newId('providerEvent');
  const seal = (column: 'body' | 'headers', plain: Buffer | string) =>
    context.secrets.seal(placeIn(`provider_events.${column}`, id), plain);
  return {
    id,
    workspaceId: account.workspaceId,
    accountId: account.id,
    provider: account.provider,
    ...claimOf(reading, sha256),
    isProven: !isUnknown(reading),
    bodySealed: seal('body', delivery.body),
    headersSealed: seal('headers', JSON.stringify(delivery.headers)),
    bodySha256: sha256,
    remoteAddress,
    receivedAt: delivery.receivedAt,
  };
}

/** The first try to signal the payment. If it fails, the sweeper tries again. */
async function deliver(
  context: ApiContext,
  workspace: Workspace,
  event: { id: string; paymentId: string },
): Promise<void> {
  try {
    await context.temporal.deliverEvent({
      workspaceId: workspace.id,
      ...event,
    });
    await markSignalled(context.pool, [event.id]);
  } catch (error) {
    context.logger.warn(
      { err: error, providerEventId: event.id },
      'a stored webhook could not be delivered yet',
    );
  }
}
