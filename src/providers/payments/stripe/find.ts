import { isId } from '../../../domain/ids.ts';
import { ProviderError } from '../../../domain/provider-error.ts';
import type { PaymentFinding, PaymentQuery, ProviderTransaction } from '../payment-provider.ts';
import type { Client } from './client.ts';
import { toCharge, toDispute, toRefundTransaction } from './map.ts';
import type { WireIntent, WireSession } from './wire.ts';

/** What a payer pays through: everything that moved hangs on it. */
interface Intent {
  readonly intentId: string;
  readonly reference: string | null;
  readonly pageId: string | null;
}

type Search = Pick<Client, 'session' | 'intents' | 'charge' | 'charges' | 'refund' | 'refunds' | 'disputes'>;

/**
 * Asks for every page, then for our id, and for what was taken and given back through each; then for what is known and
 * was not found. One failure fails all: a page that this account does not have is `rejected`, never "nothing was paid".
 */
export async function findPayment(client: Search, query: PaymentQuery): Promise<PaymentFinding> {
  const { paymentId } = query;
  const sessions = await Promise.all(query.pages.map(({ pageId }) => client.session(pageId)));
  const carrying = await client.intents(paymentId);
  const intents = [...carrying.map(fromIntent), ...sessions.flatMap(fromSession)];
  const first = await findAll(client, toOurs(paymentId, intents));
  const found = new Set(first.transactions.map(({ transactionId }) => transactionId));
  const unseen = query.transactions.filter(({ transactionId }) => !found.has(transactionId));
  const named = await Promise.all(unseen.map(({ transactionId }) => fromTransaction(client, transactionId)));
  const asked = new Set(intents.map(({ intentId }) => intentId));
  const second = await findAll(
    client,
    toOurs(paymentId, named).filter(({ intentId }) => !asked.has(intentId)),
  );
  return {
    transactions: [...first.transactions, ...second.transactions],
    disputes: [...first.disputes, ...second.disputes],
  };
}

/** Each intent once, as whoever spoke last tells it; without those of other payments. */
function toOurs(paymentId: string, intents: readonly Intent[]): Intent[] {
  const byId = new Map(intents.map((intent) => [intent.intentId, intent]));
  return [...byId.values()].filter(({ reference }) => !isOfAnother(paymentId, reference));
}

async function findAll(client: Search, intents: readonly Intent[]): Promise<PaymentFinding> {
  const found = await Promise.all(intents.map((intent) => findByIntent(client, intent)));
  return {
    transactions: found.flatMap(({ transactions }) => transactions),
    disputes: found.flatMap(({ disputes }) => disputes),
  };
}

/** Refunds and disputes are asked for only where there is money that they could take back. */
async function findByIntent(client: Search, intent: Intent): Promise<PaymentFinding> {
  const search = { payment_intent: intent.intentId };
  const charges = await collect(client.charges(search));
  const transactions: ProviderTransaction[] = charges.map((charge) => toCharge(charge, intent));
  if (charges.every(({ status }) => status === 'failed')) return { transactions, disputes: [] };
  const [refunds, disputes] = await Promise.all([
    collect(client.refunds(search)),
    collect(client.disputes(search)),
  ]);
  const reversed = refunds.map((refund) =>
    toRefundTransaction(refund, intent, charges.find(({ id }) => id === refund.chargeId) ?? null),
  );
  return { transactions: [...transactions, ...reversed], disputes: disputes.map(toDispute) };
}

const fromIntent = ({ id, paymentId }: WireIntent): Intent => ({
  intentId: id,
  reference: paymentId,
  pageId: null,
});

/** A session has an intent once its payer started to pay. */
const fromSession = ({ id, intentId, paymentId }: WireSession): Intent[] =>
  intentId === null ? [] : [{ intentId, reference: paymentId, pageId: id }];

/** The intent behind a charge or refund that we know by its id. */
async function fromTransaction(client: Search, transactionId: string): Promise<Intent> {
  const refund = /^(re|pyr)_/.test(transactionId) ? await client.refund(transactionId) : null;
  const { intentId, paymentId } = await client.charge(refund?.chargeId ?? transactionId);
  if (intentId === null) throw new ProviderError('bad_answer', 'Stripe told of a charge without an intent');
  return { intentId, reference: paymentId, pageId: null };
}

function isOfAnother(ours: string, reference: string | null): boolean {
  return reference !== null && reference !== ours && isId('payment', reference);
}

/** A list to its end. */
export async function collect<T>(list: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of list) all.push(one);
  return all;
}
