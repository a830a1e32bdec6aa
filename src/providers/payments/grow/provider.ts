import { ProviderError } from '../../../domain/provider-error.ts';
import type { PageHandle, PaymentProvider, ProviderContext, TransactionHandle } from '../payment-provider.ts';
import { createClient } from './client.ts';
import type { Client } from './client.ts';
import { findPayment, rowsOf } from './find-payment.ts';
import type { GrowCredentials } from './credentials.ts';
import { toPage, toPageFields } from './page-fields.ts';
import { refundCharge } from './refund.ts';
import { readCallback } from './webhook.ts';

/**
 * Only a held sum (J5) has this code, and a hold must not be approved.
 * Source: docs/reference/grow.md, "Approving a charge".
 */
const HELD = '11';

/** Grow for one account. `now` is the clock for the life of a page and for charges of today. */
export function createGrowProvider(
  context: ProviderContext<GrowCredentials>,
  now: () => Date = () => new Date(),
): PaymentProvider {
  const { http, credentials, mode, baseUrl } = context;
  const client = createClient({ http, keys: credentials, mode, baseUrl });

  return {
    async createPage(order) {
      const askedAt = now();
      const made = await client.createProcess(toPageFields(order), order.methods);
      return toPage(made, askedAt, order.expiresAt);
    },
    findPayment: (query) => findPayment(client, query, now()),
    readWebhook: readCallback,
    checkCredentials: () => client.probe(),
    async refund(order) {
      const secret = await findToken(client, order.charge, order.page);
      return refundCharge(client, { ...order, charge: { ...order.charge, secret } }, now);
    },
    acknowledge: (charge) => acknowledge(client, charge),
  };
}

/** Grow wants its own data of the transaction back, so it is read first. */
async function acknowledge(
  client: Client,
  charge: TransactionHandle & { readonly page: PageHandle | null },
): Promise<void> {
  const token = await findToken(client, charge, charge.page);
  const info = await client.transactionInfo(charge.transactionId, token);
  if (info === null) throw new ProviderError('rejected', 'Grow has no such transaction to approve');
  if (info.row.statusCode === HELD) return;
  await client.approve(charge.transactionId, token, info.fields);
}

/** The token on record, or the one in the page's process. */
async function findToken(
  client: Client,
  charge: TransactionHandle,
  page: PageHandle | null,
): Promise<string> {
  if (charge.secret !== null) return charge.secret;
  const { rows } = page === null ? { rows: [] } : await rowsOf(client, page);
  const token = rows.find(({ transactionId }) => transactionId === charge.transactionId)?.transactionToken;
  if (token) return token;
  throw new ProviderError(
    'rejected',
    'the transactionToken of this charge is unknown: act on the charge in Grow itself',
  );
}
