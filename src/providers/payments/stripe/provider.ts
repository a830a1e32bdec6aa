import type {
  PaymentProvider,
  ProviderContext,
  ProviderDispute,
  ProviderTransaction,
} from '../payment-provider.ts';
import { createClient } from './client.ts';
import type { Client } from './client.ts';
import { enrolEndpoint, registerAtSandbox } from './enrol.ts';
import type { StripeCredentials } from './credentials.ts';
import { findPayment } from './find.ts';
import { toCharge, toDispute, toRefundTransaction } from './map.ts';
import { toRefund, toRefundBody } from './refund.ts';
import { toExpiry, toPage, toSessionBody } from './session.ts';
import { readEvent } from './webhook.ts';

/** Stripe for one account. `now` is the clock for the life of a page. */
export function createStripeProvider(
  context: ProviderContext<StripeCredentials>,
  now: () => Date = () => new Date(),
): PaymentProvider {
  const { http, credentials, previousCredentials, mode, baseUrl, options } = context;
  const client = createClient({ http, secretKey: credentials.secretKey, mode, baseUrl });
  const secrets = [credentials, previousCredentials].flatMap((one) => one?.webhookSecret ?? []);

  return {
    async createPage(order) {
      const body = toSessionBody(order, toExpiry(order.expiresAt, now(), options.maxPageMinutes));
      return toPage(await client.createSession(body, order.idempotencyKey), order);
    },
    findPayment: (query) => findPayment(client, query),
    readWebhook: (delivery) => readEvent(delivery, secrets, mode),
    checkCredentials: () => client.probe(),
    closePage: ({ pageId }) => client.expireSession(pageId),
    refund: async (order) => toRefund(await client.createRefund(toRefundBody(order), order.idempotencyKey)),
    listPayments: (range) => listPayments(client, range),
    listDisputes: (range) => listDisputes(client, range),
    async enrolWebhooks(webhookUrl) {
      const { webhookSecret } = credentials;
      if (webhookSecret === undefined)
        return { ...credentials, webhookSecret: await enrolEndpoint(client, webhookUrl) };
      if (baseUrl !== null) await registerAtSandbox(client, webhookUrl, webhookSecret);
      return credentials;
    },
  };
}

/** Stripe counts in seconds. */
function createdIn(range: { readonly from: Date; readonly until: Date }) {
  const seconds = (at: Date) => Math.ceil(at.getTime() / 1000);
  return { gte: seconds(range.from), lt: seconds(range.until) };
}

/** Every dispute of the whole account. */
async function* listDisputes(
  client: Pick<Client, 'disputes'>,
  range: { readonly from: Date; readonly until: Date },
): AsyncIterable<ProviderDispute> {
  for await (const dispute of client.disputes({ created: createdIn(range) }, () => undefined))
    yield toDispute(dispute);
}

/** All charge attempts, then all refunds, of the whole account. Those that are not ours have no reference. */
async function* listPayments(
  client: Pick<Client, 'charges' | 'refunds'>,
  range: { readonly from: Date; readonly until: Date },
): AsyncIterable<ProviderTransaction> {
  // If a listing misses a row of our books, its payment is asked about.
  const leaveOut = () => undefined;
  const created = createdIn(range);
  for await (const charge of client.charges({ created, expand: ['data.payment_intent'] }, leaveOut)) {
    yield toCharge(charge, { reference: charge.paymentId, pageId: null });
  }
  for await (const refund of client.refunds({ created }, leaveOut)) {
    yield toRefundTransaction(refund, { reference: null, pageId: null }, null);
  }
}
