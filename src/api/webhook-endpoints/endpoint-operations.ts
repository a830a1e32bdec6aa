import { id } from '../http/answer.ts';
import { eventAnswer } from '../events/event-schema.ts';
import type { Operations } from '../http/operation.ts';
import { emptyBody, noQuery } from '../http/read-input.ts';
import {
  endpointAnswer,
  endpointChange,
  endpointsAnswer,
  endpointsQuery,
  endpointWithSecretAnswer,
  failedQuery,
  newEndpoint,
  redeliveredAnswer,
} from './endpoint-schema.ts';

const caller = 'settings:write';
const params = { id: id('endpoint').describe('The endpoint.') };

/** The two calls that answer with a secret. */
export const secretOperations = {
  create: {
    id: 'createWebhookEndpoint',
    method: 'post',
    path: '/v1/webhook-endpoints',
    summary: 'Say where events are sent',
    description:
      'Without `events` the endpoint gets every type. It gets events from now on. The same `Idempotency-Key` repeats the answer for 15 minutes, then it is a 409: the secret is kept no longer.',
    caller,
    idempotencyKey: 'optional',
    body: newEndpoint,
    answers: {
      201: { when: 'The endpoint, with its secret: it is shown once.', json: endpointWithSecretAnswer },
    },
    problems: ['conflict', 'not_found'],
    example: { url: 'https://app.example.com/tashlum', events: ['payment.completed', 'payment.refunded'] },
  },
  rotateSecret: {
    id: 'rotateWebhookEndpointSecret',
    method: 'post',
    path: '/v1/webhook-endpoints/{id}/rotate-secret',
    summary: 'Replace the secret',
    description:
      'For 24 hours every event is signed with the old secret too. Send an `Idempotency-Key`, so that a repeat after a lost answer does not replace it again. The same `Idempotency-Key` repeats the answer for 15 minutes, then it is a 409: the secret is kept no longer.',
    caller,
    idempotencyKey: 'optional',
    params,
    body: emptyBody,
    answers: {
      200: { when: 'The endpoint, with its new secret: it is shown once.', json: endpointWithSecretAnswer },
    },
    problems: ['conflict'],
    example: {},
  },
} as const satisfies Operations;

/** `/v1/webhook-endpoints`. */
export const endpointOperations = {
  list: {
    id: 'listWebhookEndpoints',
    method: 'get',
    path: '/v1/webhook-endpoints',
    summary: 'List the endpoints, newest first',
    caller,
    query: endpointsQuery,
    answers: { 200: { when: 'A page of endpoints.', json: endpointsAnswer } },
  },
  get: {
    id: 'getWebhookEndpoint',
    method: 'get',
    path: '/v1/webhook-endpoints/{id}',
    summary: 'Read an endpoint',
    caller,
    params,
    query: noQuery,
    answers: { 200: { when: 'The endpoint, without its secret.', json: endpointAnswer } },
  },
  change: {
    id: 'changeWebhookEndpoint',
    method: 'patch',
    path: '/v1/webhook-endpoints/{id}',
    summary: 'Change, pause or enable an endpoint',
    description:
      'While it is paused or disabled its events wait. They are sent, in order, once it is enabled.',
    caller,
    params,
    body: endpointChange,
    answers: { 200: { when: 'The endpoint as it is now.', json: endpointAnswer } },
    problems: ['conflict'],
    example: { status: 'paused' },
  },
  remove: {
    id: 'deleteWebhookEndpoint',
    method: 'delete',
    path: '/v1/webhook-endpoints/{id}',
    summary: 'Delete an endpoint',
    description: 'Events that wait for it are not sent.',
    caller,
    params,
    answers: { 204: { when: 'It is gone.' } },
  },
  test: {
    id: 'testWebhookEndpoint',
    method: 'post',
    path: '/v1/webhook-endpoints/{id}/test',
    summary: 'Send a test event',
    caller,
    params,
    body: emptyBody,
    idempotencyKey: 'optional',
    answers: { 202: { when: 'The event of type `test` that is being sent.', json: eventAnswer } },
    problems: ['conflict'],
    example: {},
  },
  redeliverFailed: {
    id: 'redeliverFailedEvents',
    method: 'post',
    path: '/v1/webhook-endpoints/{id}/redeliver-failed',
    summary: 'Send again what was given up',
    caller,
    params,
    query: failedQuery,
    body: emptyBody,
    onRepeat: 'it sends what was not taken, under the same `webhook-id`',
    answers: { 202: { when: 'How many events are sent again.', json: redeliveredAnswer } },
    example: {},
  },
} as const satisfies Operations;
