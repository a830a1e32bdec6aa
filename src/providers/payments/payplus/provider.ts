import type { PaymentProvider, ProviderContext } from '../payment-provider.ts';
import { createClient } from './client.ts';
import { findPayment } from './find-payment.ts';
import { toLinkBody, toPage, toPageMinutes } from './link-body.ts';
import type { PayplusCredentials } from './credentials.ts';
import { toRefund, toRefundBody } from './refund.ts';
import { readCallback } from './webhook.ts';

/** PayPlus for one account. `now` is the clock for the life of a page. */
export function createPayplusProvider(
  context: ProviderContext<PayplusCredentials>,
  now: () => Date = () => new Date(),
): PaymentProvider {
  const { http, credentials, previousCredentials, mode, baseUrl, options } = context;
  const client = createClient({ http, keys: credentials, mode, baseUrl });
  const secrets = [credentials, previousCredentials].flatMap((one) => one?.secretKey ?? []);

  return {
    async createPage(order) {
      const askedAt = now();
      const minutes = toPageMinutes(order.expiresAt, askedAt, options.maxPageMinutes);
      const page = await client.generateLink(toLinkBody(order, credentials.paymentPageUid, minutes));
      return toPage(page, askedAt, minutes);
    },
    findPayment: (query) => findPayment(client, query),
    readWebhook: (delivery) => readCallback(delivery, secrets),
    checkCredentials: () => client.chargeMethods(credentials.paymentPageUid),
    closePage: ({ pageId }) => client.disable(pageId),
    refund: async (order) => toRefund(await client.refund(toRefundBody(order))),
  };
}
