import { isId } from '../../../domain/ids.ts';
import type { PaymentFinding, PaymentProvider, PaymentQuery, ProviderContext } from '../payment-provider.ts';
import { createClient } from './client.ts';
import type { Client } from './client.ts';
import { toLinkBody, toPage, toPageMinutes } from './link-body.ts';
import { toTransactions, uniteTransactions } from './map.ts';
import { toRefund, toRefundBody } from './refund.ts';
import { readCallback } from './webhook.ts';
import type { WireTransaction } from './wire.ts';

/** Keys of an account and the payment page, made in PayPlus's dashboard, that our pages follow. */
export interface PayplusCredentials {
  readonly apiKey: string;
  /** Also what callbacks are signed with. */
  readonly secretKey: string;
  readonly paymentPageUid: string;
}

/** PayPlus for one account. `now` is the clock that a page's life is counted from. */
export function createPayplusProvider(
  context: ProviderContext<PayplusCredentials>,
  now: () => Date = () => new Date(),
): PaymentProvider {
  const { http, credentials, previousCredentials, mode, baseUrl, options } = context;
  const client = createClient({ http, keys: credentials, mode, baseUrl });
  const secrets = [credentials, previousCredentials].flatMap((one) => one?.secretKey ?? []);

  return {
    async createLink(order) {
      const askedAt = now();
      const minutes = toPageMinutes(order.expiresAt, askedAt, options.maxPageMinutes);
      const page = await client.generateLink(toLinkBody(order, credentials.paymentPageUid, minutes));
      return toPage(page, askedAt, minutes);
    },
    findPayment: (query) => findPayment(client, query),
    readWebhook: (delivery) => readCallback(delivery, secrets),
    checkCredentials: () => client.chargeMethods(credentials.paymentPageUid),
    cancelLink: ({ pageId }) => client.disable(pageId),
    refund: async (order) => toRefund(await client.refund(toRefundBody(order))),
  };
}

/** Asks for every page and for our reference, then for what is still unknown by its own id. One failure fails all. */
async function findPayment(
  client: Client,
  { paymentId, pages, transactions }: PaymentQuery,
): Promise<PaymentFinding> {
  const byPage = pages.map(({ pageId }) =>
    client.ipn({ payment_request_uid: pageId, related_transaction: true }),
  );
  const found = uniteTransactions(
    (await Promise.all([...byPage, client.view({ more_info: paymentId })])).flat(),
  );
  const known = transactions.map(({ transactionId }) => transactionId);
  const byUid = toAsk(found, known).map((uid) => client.ipn({ transaction_uid: uid }));
  const united = uniteTransactions([...found, ...(await Promise.all(byUid)).flat()]);
  return { transactions: toTransactions(united.filter((one) => !isOfAnother(paymentId, one))), disputes: [] };
}

/** What we know of but was not found, and what was found without saying whether it is a charge. */
function toAsk(found: readonly WireTransaction[], transactionIds: readonly string[]): string[] {
  const settled = new Set(found.filter(({ type }) => type !== null).map(({ uid }) => uid));
  const named = [...transactionIds, ...found.map(({ uid }) => uid)];
  return [...new Set(named)].filter((uid) => !settled.has(uid));
}

/** PayPlus was seen to answer a page's uid with another order's transaction. Source: reference payplus §3.1. */
function isOfAnother(paymentId: string, { moreInfo }: WireTransaction): boolean {
  return moreInfo !== null && moreInfo !== paymentId && isId('payment', moreInfo);
}
