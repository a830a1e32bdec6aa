import { z } from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { EVENT_FACTS } from '../../history/event-facts.ts';
import type { EventType } from '../../history/event-facts.ts';
import { EVENT_MEANINGS } from '../../history/event-meanings.ts';
import { at, id } from '../http/answer.ts';

const paymentId = id('payment')
  .nullable()
  .describe('The payment that it is about. `null` where it is about none.');

/** Every outgoing event as an OpenAPI webhook. */
export function describeEvents(): ZodOpenApiPathsObject {
  const types = Object.keys(EVENT_MEANINGS) as EventType[];
  return Object.fromEntries(
    types.map((type) => [
      type,
      {
        post: {
          operationId: `on${nameOf(type)}`,
          summary: EVENT_MEANINGS[type],
          tags: ['Events'],
          security: [],
          requestBody: { required: true, content: { 'application/json': { schema: envelopeOf(type) } } },
          responses: {
            '2XX': { description: 'You have it. It is not sent again.' },
            '4XX': { description: 'It is sent again later, with widening pauses.' },
            '5XX': { description: 'It is sent again later, with widening pauses.' },
          },
        },
      },
    ]),
  );
}

function envelopeOf(type: EventType) {
  const facts: z.ZodObject = EVENT_FACTS[type];
  return z
    .object({
      id: id('event').describe('The same in every try, and in the header `webhook-id`: know repeats by it.'),
      type: z.literal(type),
      apiVersion: z.string(),
      sequence: z.int().describe('1, 2, 3 … for one payment, without a hole.'),
      createdAt: at,
      data: facts.extend({ paymentId }),
    })
    .meta({ id: `${nameOf(type)}Event` });
}

/** `payment.link_ready` → `PaymentLinkReady`, `not_found` → `NotFound`. */
export function nameOf(type: string): string {
  return type
    .split(/[._]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
