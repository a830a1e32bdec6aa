import { z } from 'zod';
import type { Operations } from '../http/operation.ts';
import { noQuery } from '../http/read-input.ts';
import { breakerAnswer, breakersAnswer, inboxAnswer, inboxQuery } from './admin-schema.ts';

const params = { name: z.string().min(1).describe('The breaker, as the list names it.') };

/** `/v1/admin`: for those who run Tashlum, across all workspaces. */
export const adminOperations = {
  listBreakers: {
    id: 'listBreakers',
    method: 'get',
    path: '/v1/admin/circuits',
    summary: 'List the breakers of hosts and accounts',
    caller: 'admin',
    query: noQuery,
    answers: { 200: { when: 'Every breaker, by name.', json: breakersAnswer } },
  },
  openBreaker: {
    id: 'openBreaker',
    method: 'post',
    path: '/v1/admin/circuits/{name}/open',
    summary: 'Open a breaker by hand',
    description: 'No call goes out until it is closed again.',
    caller: 'admin',
    params,
    answers: { 200: { when: 'The breaker.', json: breakerAnswer } },
  },
  closeBreaker: {
    id: 'closeBreaker',
    method: 'post',
    path: '/v1/admin/circuits/{name}/close',
    summary: 'Close a breaker by hand',
    description: 'What waits behind it goes on within 20 seconds.',
    caller: 'admin',
    params,
    answers: { 200: { when: 'The breaker.', json: breakerAnswer } },
  },
  listInbox: {
    id: 'listInbox',
    method: 'get',
    path: '/v1/admin/inbox',
    summary: 'List the webhooks that came in, newest first',
    caller: 'admin',
    query: inboxQuery,
    answers: { 200: { when: 'A page of the inbox.', json: inboxAnswer } },
  },
} as const satisfies Operations;
