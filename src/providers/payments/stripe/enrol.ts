import { randomUUID } from 'node:crypto';
import { ProviderError } from '../../../domain/provider-error.ts';
import { API_VERSION } from './client.ts';
import type { Client } from './client.ts';
import { collect } from './find.ts';
import { EVENT_KINDS } from './webhook.ts';

/**
 * Makes the webhook endpoint and tells its secret, which Stripe shows only now. Older endpoints at the same address are
 * ours and of secrets that nobody kept: they end once there is a new one, or every event would come twice.
 */
export async function enrolEndpoint(
  client: Pick<Client, 'endpoints' | 'createEndpoint' | 'deleteEndpoint'>,
  url: string,
): Promise<string> {
  const older = (await collect(client.endpoints())).filter((endpoint) => endpoint.url === url);
  const { secret } = await client.createEndpoint(
    {
      url,
      enabled_events: Object.keys(EVENT_KINDS) as (keyof typeof EVENT_KINDS)[],
      api_version: API_VERSION,
      description: 'Tashlum',
    },
    `enrol/${randomUUID()}`,
  );
  if (secret === null)
    throw new ProviderError('bad_answer', 'Stripe made a webhook endpoint without a secret');
  for (const { id } of older) await client.deleteEndpoint(id);
  return secret;
}
