import { isId } from '../../../domain/ids.ts';
import { isProviderError } from '../../../domain/provider-error.ts';
import type {
  PaymentFinding,
  PaymentQuery,
  ProviderTransaction,
  UnreadableRow,
} from '../payment-provider.ts';
import type { Client } from './client.ts';
import { toCharge, toDispute, toRefundTransaction } from './map.ts';
import type { PassOver } from './reader.ts';
import type { WireIntent, WireSession } from './wire.ts';

/** The intent that a payer pays through, which all transactions belong to. */
interface Intent {
  readonly intentId: string;
  readonly reference: string | null;
  readonly pageId: string | null;
}

type Search = Pick<Client, 'session' | 'intents' | 'charge' | 'charges' | 'refund' | 'refunds' | 'disputes'>;

/**
 * Asks for every page, then for our id, then for the charges, refunds and disputes of each intent. Last come known
 * transactions that were not found. One failure fails the whole look-up: a page that this account does not have is
 * `rejected`, never "nothing was paid".
 */
export async function findPayment(client: Search, query: PaymentQuery): Promise<PaymentFinding> {
  const { paymentId } = query;
  const unreadable: UnreadableRow[] = [];
  const passOver = (row: UnreadableRow) => void unreadable.push(row);
  const told = await Promise.all(query.pages.map(({ pageId }) => readSession(client, pageId, passOver)));
  const sessions = told.filter((session) => session !== null);
  const carrying = await client.intents(paymentId, passOver);
  const intents = [...carrying.map(fromIntent), ...sessions.flatMap(fromSession)];
  const first = await findAll(client, toOurs(paymentId, intents), passOver);
  const found = new Set(first.transactions.map(({ transactionId }) => transactionId));
  const unseen = query.transactions.filter(({ transactionId }) => !found.has(transactionId));
  const named = await Promise.all(
    unseen.map(({ transactionId }) => fromTransaction(client, transactionId, passOver)),
  );
  const asked = new Set(intents.map(({ intentId }) => intentId));
  const second = await findAll(
    client,
    toOurs(paymentId, named.flat()).filter(({ intentId }) => !asked.has(intentId)),
    passOver,
  );
  return {
    transactions: [...first.transactions, ...second.transactions],
    disputes: [...first.disputes, ...second.disputes],
    unreadable: [...new Map(unreadable.map((row) => [row.rowId, row])).values()],
    deadPageIds: sessions.filter(({ isDead }) => isDead).map(({ id }) => id),
  };
}

type Found = Omit<PaymentFinding, 'unreadable'>;

/** Each intent once, in its latest version, without those of other payments. */
function toOurs(paymentId: string, intents: readonly Intent[]): Intent[] {
  const byId = new Map(intents.map((intent) => [intent.intentId, intent]));
  return [...byId.values()].filter(({ reference }) => !isOfAnother(paymentId, reference));
}

async function findAll(client: Search, intents: readonly Intent[], passOver: PassOver): Promise<Found> {
  const found = await Promise.all(intents.map((intent) => findByIntent(client, intent, passOver)));
  return {
    transactions: found.flatMap(({ transactions }) => transactions),
    disputes: found.flatMap(({ disputes }) => disputes),
  };
}

/** Refunds and disputes are read only if there is money that they could take back. */
async function findByIntent(client: Search, intent: Intent, passOver: PassOver): Promise<Found> {
  const search = { payment_intent: intent.intentId };
  const charges = await collect(client.charges(search, passOver));
  const transactions: ProviderTransaction[] = charges.map((charge) => toCharge(charge, intent));
  if (charges.every(({ status }) => status === 'failed')) return { transactions, disputes: [] };
  const [refunds, disputes] = await Promise.all([
    collect(client.refunds(search, passOver)),
    collect(client.disputes(search, passOver)),
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

/** Null if its complete answer cannot be read: this does not hide other money. */
async function readSession(client: Search, pageId: string, passOver: PassOver): Promise<WireSession | null> {
  try {
    return await client.session(pageId);
  } catch (error) {
    if (!isProviderError(error) || !error.isWhole) throw error;
    passOver({ rowId: pageId, problem: 'its own answer cannot be read' });
    return null;
  }
}

/** A session has an intent once its payer has started to pay. */
const fromSession = ({ id, intentId, paymentId }: WireSession): Intent[] =>
  intentId === null ? [] : [{ intentId, reference: paymentId, pageId: id }];

/** The intent of a charge or refund with a known id; none if it cannot be read. */
async function fromTransaction(
  client: Search,
  transactionId: string,
  passOver: PassOver,
): Promise<readonly Intent[]> {
  try {
    const refund = /^(re|pyr)_/.test(transactionId) ? await client.refund(transactionId) : null;
    const { intentId, paymentId } = await client.charge(refund?.chargeId ?? transactionId);
    if (intentId !== null) return [{ intentId, reference: paymentId, pageId: null }];
  } catch (error) {
    if (!isProviderError(error) || !error.isWhole) throw error;
  }
  passOver({ rowId: transactionId, problem: 'what it belongs to cannot be read' });
  return [];
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
