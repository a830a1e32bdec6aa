import { randomUUID } from 'node:crypto';
import type Stripe from 'stripe';
import { ProviderError } from '../../../domain/provider-error.ts';
import { API_VERSION } from './client.ts';
import type { Client } from './client.ts';
import { collect } from './find.ts';
import { EVENT_KINDS } from './webhook.ts';

/**
 * The sandbox has no dashboard in which a business could register an endpoint with its own secret. So the sandbox
 * takes that secret as a note on the endpoint. Stripe would only store the note, so it is never sent there.
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

type Endpoints = Pick<Client, 'endpoints' | 'createEndpoint' | 'deleteEndpoint'>;

/**
 * Makes the webhook endpoint and returns its secret, which Stripe shows only now. Older endpoints at the same address
 * are ours, with lost secrets. They are removed once there is a new one, or every event would come twice.
 */
export async function enrolEndpoint(client: Endpoints, url: string): Promise<string> {
  const older = await idsAt(client, url);
  const { secret } = await create(client, url, older);
  if (secret === null)
    throw new ProviderError('bad_answer', 'Stripe made a webhook endpoint without a secret');
  for (const id of older) await client.deleteEndpoint(id);
  return secret;
}

/**
 * If the answer to the creation was lost, its secret is lost too: the endpoint is removed at once, if it can be
 * found.
 */
async function create(client: Endpoints, url: string, older: readonly string[]) {
  try {
    return await client.createEndpoint(endpointAt(url), `enrol/${randomUUID()}`);
  } catch (error) {
    const now = await idsAt(client, url).catch(() => []);
    for (const id of now) if (!older.includes(id)) await client.deleteEndpoint(id).catch(() => undefined);
    throw error;
  }
}

async function idsAt(client: Pick<Client, 'endpoints'>, url: string): Promise<string[]> {
  return (await collect(client.endpoints())).flatMap((endpoint) =>
    endpoint.url === url ? [endpoint.id] : [],
  );
}

function endpointAt(url: string): Stripe.WebhookEndpointCreateParams {
  return {
    url,
    enabled_events: Object.keys(EVENT_KINDS) as (keyof typeof EVENT_KINDS)[],
    api_version: API_VERSION,
    description: 'Tashlum',
  };
}
