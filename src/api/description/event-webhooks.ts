import { z } from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { EVENT_FACTS } from '../../history/event-facts.ts';
import type { EventType } from '../../history/event-facts.ts';
import { at, id } from '../http/answer.ts';

/** When each event is sent. */
const WHEN: Readonly<Record<EventType, string>> = {
  'payment.link_ready': 'The link of a payment can be sent to the payer.',
  'payment.request_sent': 'A payment request was mailed to the payer.',
  'payment.overdue': 'A payer was asked and has not paid in time.',
  'payment.completed': 'A payment is paid, and its document is issued.',
  'payment.failed': 'A payment failed for good.',
  'payment.expired': 'Nobody paid in time.',
  'payment.cancelled': 'A payment was cancelled.',
  'payment.review_opened': 'A person must decide something about a payment.',
  'payment.review_closed': 'A review is decided, or its reason went away by itself.',
  'payment.refunded': 'Money of a payment went back: its sums have changed.',
  'refund.created': 'A refund is ordered.',
  'refund.completed': 'A refund is completed.',
  'refund.failed': 'A refund failed.',
  'dispute.opened': 'The bank of a payer asks for the money back.',
  'dispute.closed': 'A dispute ended.',
  'document.issued': 'A document got its number.',
  'document.allocation_required': 'A document waits for an allocation number of the tax authority.',
  'invoice.pushed': 'The invoice service has the document.',
  'invoice.failed': 'The invoice service refused the document.',
  'provider.circuit_opened': 'A vendor fails, and calls to it wait.',
  'provider.circuit_closed': 'Calls to a vendor go on.',
  'provider.credentials_failing': 'A vendor has refused the credentials for a long time.',
  'workspace.provider_changed': 'The workspace has another payment provider.',
};

const paymentId = id('payment')
  .nullable()
  .describe('The payment that it is about. `null` where it is about none.');

/** Every outgoing event as an OpenAPI webhook. */
export function describeEvents(): ZodOpenApiPathsObject {
  const types = Object.keys(WHEN) as EventType[];
  return Object.fromEntries(
    types.map((type) => [
      type,
      {
        post: {
          operationId: `on${nameOf(type)}`,
          summary: WHEN[type],
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

/** `payment.link_ready` → `PaymentLinkReady`. */
function nameOf(type: string): string {
  return type
    .split(/[._]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
