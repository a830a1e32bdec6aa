import { randomUUID } from 'node:crypto';
import type Stripe from 'stripe';
import { ProviderError } from '../../../domain/provider-error.ts';
import { API_VERSION } from './client.ts';
import type { Client } from './client.ts';
import { collect } from './find.ts';
import { EVENT_KINDS } from './webhook.ts';

/**
 * In the sandbox there is no dashboard in which a business could register the endpoint that its own secret signs for: the
 * sandbox takes that secret as a note on the endpoint. Stripe itself would only keep the note, so this is never sent there.
 */
export async function registerAtSandbox(
  client: Pick<Client, 'createEndpoint'>,
  url: string,
  secret: string,
): Promise<void> {
  await client.createEndpoint(
    { ...endpointAt(url), metadata: { sandbox_secret: secret } },
    `enrol/${randomUUID()}`,
  );
}

/**
 * Makes the webhook endpoint and tells its secret, which Stripe shows only now. Older endpoints at the same address are
 * ours and of secrets that nobody kept: they end once there is a new one, or every event would come twice.
 */
export async function enrolEndpoint(
  client: Pick<Client, 'endpoints' | 'createEndpoint' | 'deleteEndpoint'>,
  url: string,
): Promise<string> {
  const older = (await collect(client.endpoints())).filter((endpoint) => endpoint.url === url);
  const { secret } = await client.createEndpoint(endpointAt(url), `enrol/${randomUUID()}`);
  if (secret === null)
    throw new ProviderError('bad_answer', 'Stripe made a webhook endpoint without a secret');
  for (const { id } of older) await client.deleteEndpoint(id);
  return secret;
}

function endpointAt(url: string): Stripe.WebhookEndpointCreateParams {
  return {
    url,
    enabled_events: Object.keys(EVENT_KINDS) as (keyof typeof EVENT_KINDS)[],
    api_version: API_VERSION,
    description: 'Tashlum',
  };
}
