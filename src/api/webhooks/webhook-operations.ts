import { z } from 'zod';
import type { Operations } from '../http/operation.ts';

/** What vendors send webhooks as. */
export const WEBHOOK_TYPES = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
] as const;

/** `/webhooks`. */
export const webhookOperations = {
  receive: {
    id: 'receiveWebhook',
    method: 'post',
    path: '/webhooks/{provider}/{token}',
    summary: 'Take a webhook of a payment provider',
    description: 'The address is the `webhookUrl` of the provider account.',
    caller: 'public',
    params: {
      provider: z.string().min(1).describe('The provider.'),
      token: z.string().min(1).describe('Of the account.'),
    },
    bodyFiles: WEBHOOK_TYPES,
    onRepeat: 'a webhook is known by its own id',
    answers: {
      200: {
        when: 'It is stored.',
        json: z.object({ received: z.literal(true) }).meta({ id: 'WebhookReceipt' }),
      },
    },
    problems: [
      ...(['bad_signature', 'not_found', 'body_too_large', 'unsupported_media_type'] as const),
      ...(['malformed_json', 'rate_limited', 'internal_error', 'unavailable'] as const),
    ],
  },
} as const satisfies Operations;
