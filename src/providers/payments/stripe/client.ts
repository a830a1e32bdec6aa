import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';
import { ProviderError } from '../../../domain/provider-error.ts';
import type { Mode } from '../../../domain/workspace.ts';
import type { Http } from '../../../http.ts';
import { isSpentKey } from './failure.ts';
import { createReader } from './reader.ts';
import type { PassOver } from './reader.ts';
import { createTransport } from './transport.ts';
import { BALANCE, CHARGE, DISPUTE, ENDPOINT, INTENT, REFUND, SESSION } from './wire.ts';
import type { WireCharge, WireDispute, WireEndpoint, WireIntent, WireRefund, WireSession } from './wire.ts';

/** The API version of requests, answers and webhooks: the one this SDK is typed for. */
export const API_VERSION = '2026-10-28.endive';

/** The calls to Stripe that we use. All throw ProviderError. A list is read to its end, page by page. */
export interface Client {
  createSession(body: Stripe.Checkout.SessionCreateParams, key: string): Promise<WireSession>;
  session(id: string): Promise<WireSession>;
  /** Ends an open session; `rejected` when it is complete or expired. */
  expireSession(id: string): Promise<void>;
  /** Every intent with our id. Stripe's search lags by up to a minute. */
  intents(paymentId: string, passOver: PassOver): Promise<readonly WireIntent[]>;
  /** A small read that succeeds if the key is good. */
  probe(): Promise<void>;
  /** A charge with its intent, whose metadata is certainly ours. */
  charge(id: string): Promise<WireCharge>;
  charges(search: Stripe.ChargeListParams, passOver: PassOver): AsyncIterable<WireCharge>;
  refund(id: string): Promise<WireRefund>;
  refunds(search: Stripe.RefundListParams, passOver: PassOver): AsyncIterable<WireRefund>;
  /** Sends a refund, once per key. */
  createRefund(body: Stripe.RefundCreateParams, key: string): Promise<WireRefund>;
  disputes(search: Stripe.DisputeListParams, passOver: PassOver): AsyncIterable<WireDispute>;
  endpoints(): AsyncIterable<WireEndpoint>;
  createEndpoint(body: Stripe.WebhookEndpointCreateParams, key: string): Promise<WireEndpoint>;
  deleteEndpoint(id: string): Promise<void>;
}

/** What a client of one account needs. */
export interface ClientDeps {
  readonly http: Http;
  readonly secretKey: string;
  readonly mode: Mode;
  /** Replaces `https://api.stripe.com` and may have a path; null: that host, for both modes. */
  readonly baseUrl: string | null;
}

const HOST = 'https://api.stripe.com';
const TIMEOUT_MS = 10_000;
const PAGE_SIZE = 100;

/** Client of one Stripe account, in the mode of the workspace only. */
export function createClient({ http, secretKey, mode, baseUrl }: ClientDeps): Client {
  const sdk = new Stripe(secretKey, {
    apiVersion: API_VERSION,
    maxNetworkRetries: 0,
    timeout: TIMEOUT_MS,
    telemetry: false,
    httpClient: createTransport(http, (baseUrl ?? HOST).replace(/\/+$/, '')),
  });
  const { one, page, each, done } = createReader(secretKey, mode);

  return {
    createSession: (body, key) =>
      one(SESSION, () =>
        withKey(key, (idempotencyKey) => sdk.checkout.sessions.create(body, { idempotencyKey })),
      ),
    session: (id) => one(SESSION, () => sdk.checkout.sessions.retrieve(id)),
    async expireSession(id) {
      await one(SESSION, () =>
        withKey(`expire/${id}`, (idempotencyKey) => sdk.checkout.sessions.expire(id, {}, { idempotencyKey })),
      );
    },
    async intents(paymentId, passOver) {
      const query = `metadata['paymentId']:'${paymentId}'`;
      const { data, has_more } = await page(
        INTENT,
        () => sdk.paymentIntents.search({ query, limit: PAGE_SIZE }),
        passOver,
      );
      if (has_more)
        throw new ProviderError('bad_answer', `Stripe listed more than ${PAGE_SIZE} intents for one payment`);
      return data;
    },
    async probe() {
      await one(BALANCE, () => sdk.balance.retrieve());
    },
    charge: (id) => one(CHARGE, () => sdk.charges.retrieve(id, { expand: ['payment_intent'] })),
    charges: (search, passOver) =>
      each(CHARGE, (after) => sdk.charges.list({ limit: PAGE_SIZE, ...search, ...after }), passOver),
    refund: (id) => one(REFUND, () => sdk.refunds.retrieve(id)),
    refunds: (search, passOver) =>
      each(REFUND, (after) => sdk.refunds.list({ limit: PAGE_SIZE, ...search, ...after }), passOver),
    createRefund: (body, idempotencyKey) => one(REFUND, () => sdk.refunds.create(body, { idempotencyKey })),
    disputes: (search, passOver) =>
      each(DISPUTE, (after) => sdk.disputes.list({ limit: PAGE_SIZE, ...search, ...after }), passOver),
    endpoints: () =>
      each(
        ENDPOINT,
        (after) => sdk.webhookEndpoints.list({ limit: PAGE_SIZE, ...after }),
        () => undefined,
      ),
    createEndpoint: (body, idempotencyKey) =>
      one(ENDPOINT, () => sdk.webhookEndpoints.create(body, { idempotencyKey })),
    deleteEndpoint: (id) => done(() => sdk.webhookEndpoints.del(id)),
  };
}

/**
 * For calls that may be repeated because they move no money. If the key is used up, the call is sent once more with a
 * suffix. The key of a refund is never changed.
 */
async function withKey<T>(key: string, send: (idempotencyKey: string) => Promise<T>): Promise<T> {
  try {
    return await send(key);
  } catch (error) {
    if (!isSpentKey(error)) throw error;
    return send(`${key}/${randomUUID().slice(0, 8)}`);
  }
}
