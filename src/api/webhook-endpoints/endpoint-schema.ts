import { z } from 'zod';
import type { EndpointRow } from '../../db/webhook-endpoints.ts';
import { DISABLED_REASONS, ENDPOINT_STATUSES } from '../../domain/webhook-endpoint.ts';
import { WANTABLE_EVENTS } from '../../history/event-facts.ts';
import { at, id, pageOf } from '../http/answer.ts';
import { httpUrl, instant, pageQuery } from '../http/read-input.ts';

const events = z
  .array(
    z.enum(WANTABLE_EVENTS as [string, ...string[]], {
      error: `is not a type of event; the types are ${WANTABLE_EVENTS.join(', ')}`,
    }),
    { error: 'must be a list of types of events' },
  )
  .min(1, 'must name a type of event; leave it out to get all')
  .refine((types) => new Set(types).size === types.length, 'must name each type once');

/** Body of `POST /v1/webhook-endpoints`. Without `events` it gets every type. */
export const newEndpoint = z.strictObject({ url: httpUrl, events: events.optional() });

/** Body of `PATCH …/{id}`. `events` null: every type. */
export const endpointChange = z.strictObject({
  url: httpUrl.optional(),
  events: events.nullable().optional(),
  status: z.enum(['enabled', 'paused'], { error: 'must be enabled or paused' }).optional(),
});

/** The query of `GET /v1/webhook-endpoints`. */
export const endpointsQuery = z.strictObject(pageQuery);
/** Query of `…/redeliver-failed`: events from then on; all without it. */
export const failedQuery = z.strictObject({ since: instant.optional() });

/** An endpoint as the API shows it. */
export const endpointAnswer = z.object({
  id: id('endpoint'),
  url: z.string(),
  /** Null: every type. */
  events: z.array(z.string()).nullable(),
  status: z.enum(ENDPOINT_STATUSES),
  apiVersion: z.string(),
  /** Since when it has taken no event; null while it takes them. */
  failingSince: at.nullable(),
  disabledAt: at.nullable(),
  disabledReason: z.enum(DISABLED_REASONS).nullable(),
  /** Until then events are also signed with the secret before the last rotation. */
  previousSecretValidUntil: at.nullable(),
  createdAt: at,
});

/** The same with its secret: shown when it was made or rotated, and never again. */
export const endpointWithSecretAnswer = endpointAnswer.extend({ secret: z.string() });

/** A page of endpoints. */
export const endpointsAnswer = pageOf(endpointAnswer);

/** How many events are sent again. */
export const redeliveredAnswer = z.object({ count: z.int() });

/**
 * An endpoint as the API shows it, never with a secret. `previousSecretValidUntil` is null once that time has passed.
 */
export function toEndpointJson(row: EndpointRow): z.output<typeof endpointAnswer> {
  const { previousValidUntil: until } = row;
  return {
    id: row.id,
    url: row.url,
    events: row.eventTypes === null ? null : [...row.eventTypes],
    status: row.status,
    apiVersion: row.apiVersion,
    failingSince: row.failingSince?.toISOString() ?? null,
    disabledAt: row.disabledAt?.toISOString() ?? null,
    disabledReason: row.disabledReason,
    previousSecretValidUntil: until !== null && until.getTime() > Date.now() ? until.toISOString() : null,
    createdAt: row.createdAt.toISOString(),
  };
}
