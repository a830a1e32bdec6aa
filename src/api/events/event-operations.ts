import { id } from '../http/answer.ts';
import type { Operations } from '../http/operation.ts';
import { noQuery } from '../http/read-input.ts';
import {
  attemptsAnswer,
  attemptsQuery,
  eventAnswer,
  eventsAnswer,
  eventsQuery,
  redelivery,
  redeliveryAnswer,
} from './event-schema.ts';

const params = { id: id('event').describe('The event.') };

/** `/v1/events`. */
export const eventOperations = {
  list: {
    id: 'listEvents',
    method: 'get',
    path: '/v1/events',
    summary: 'List what happened, newest first',
    caller: 'payments:read',
    query: eventsQuery,
    answers: { 200: { when: 'A page of events.', json: eventsAnswer } },
  },
  get: {
    id: 'getEvent',
    method: 'get',
    path: '/v1/events/{id}',
    summary: 'Read an event',
    caller: 'payments:read',
    params,
    query: noQuery,
    answers: { 200: { when: 'The event as endpoints get it.', json: eventAnswer } },
  },
  listAttempts: {
    id: 'listEventAttempts',
    method: 'get',
    path: '/v1/events/{id}/attempts',
    summary: 'List the tries to deliver an event, newest first',
    caller: 'payments:read',
    params,
    query: attemptsQuery,
    answers: { 200: { when: 'A page of tries.', json: attemptsAnswer } },
  },
  redeliver: {
    id: 'redeliverEvent',
    method: 'post',
    path: '/v1/events/{id}/redeliver',
    summary: 'Send an event again',
    caller: 'settings:write',
    params,
    body: redelivery,
    onRepeat: 'it sends the same `webhook-id`',
    answers: { 202: { when: 'To which endpoints it is sent.', json: redeliveryAnswer } },
    problems: ['conflict'],
    example: {},
  },
} as const satisfies Operations;
