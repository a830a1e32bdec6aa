import { z } from 'zod';
import { id } from '../http/answer.ts';
import type { Operations } from '../http/operation.ts';
import { noQuery } from '../http/read-input.ts';
import { connectAnswer, connectBody, connectionAnswer } from './connection-schema.ts';

const who = {
  caller: 'providers:write',
  isForAdmin: true,
  params: { id: id('workspace').describe('The workspace.') },
} as const;

/** `/v1/workspaces/{id}/tax-authority`. */
export const connectionOperations = {
  connect: {
    id: 'connectTaxAuthority',
    method: 'post',
    path: '/v1/workspaces/{id}/tax-authority/connect',
    summary: 'Connect the business with the tax authority',
    description:
      'Allocation numbers ("חשבוניות ישראל") are then asked for by Tashlum. A person of the business opens `authorizeUrl` and allows it. Documents that wait already are asked about too.',
    ...who,
    body: connectBody,
    onRepeat: 'the address that was given before is void then',
    answers: { 200: { when: 'Where to send the person.', json: connectAnswer } },
    problems: ['unsupported_operation'],
    example: { userId: '000000018' },
  },
  get: {
    id: 'getTaxAuthorityConnection',
    method: 'get',
    path: '/v1/workspaces/{id}/tax-authority',
    summary: 'Read the connection with the tax authority',
    ...who,
    query: noQuery,
    answers: { 200: { when: 'How it stands.', json: connectionAnswer } },
  },
  remove: {
    id: 'disconnectTaxAuthority',
    method: 'delete',
    path: '/v1/workspaces/{id}/tax-authority',
    summary: 'Disconnect the business from the tax authority',
    description: 'Its tokens are forgotten. Allocation numbers are entered by hand then.',
    ...who,
    answers: { 204: { when: 'It is not connected any more.' } },
  },
} as const satisfies Operations;

const file = 'text/html';

/** `/tax-authority`: where the person comes back to. */
export const callbackOperations = {
  comeBack: {
    id: 'returnFromTaxAuthority',
    method: 'get',
    path: '/tax-authority/callback',
    summary: 'Come back from the tax authority',
    caller: 'public',
    query: z.object({
      code: z.string().optional().describe('What the authority gave.'),
      state: z.string().optional().describe('What was sent with the person.'),
      error: z.string().optional().describe('Why the authority gave no code.'),
    }),
    answers: {
      200: { when: 'A page: the business is connected.', file },
      400: { when: 'A page: it is not, and what to do.', file },
      503: { when: 'A page: the authority does not answer; try again.', file },
    },
  },
} as const satisfies Operations;
