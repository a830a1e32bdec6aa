import { id } from '../http/answer.ts';
import type { Operations } from '../http/operation.ts';
import { noQuery } from '../http/read-input.ts';
import { apiKeysAnswer, newApiKey, newApiKeyAnswer } from './api-key-schema.ts';

const params = { id: id('workspace').describe('The workspace.') };

/** `/v1/workspaces/{id}/api-keys`. */
export const apiKeyOperations = {
  create: {
    id: 'createApiKey',
    method: 'post',
    path: '/v1/workspaces/{id}/api-keys',
    summary: 'Create an API key',
    description:
      'A key cannot give another key a scope that it lacks itself, nor a longer life. Which scopes fit which job: docs/keys.md. The same `Idempotency-Key` repeats the answer for 15 minutes, then it is a 409: the secret is kept no longer.',
    caller: 'settings:write',
    isForAdmin: true,
    idempotencyKey: 'optional',
    params,
    body: newApiKey,
    answers: { 201: { when: 'The key with its secret, which is shown once.', json: newApiKeyAnswer } },
    example: { name: 'Front desk', scopes: ['links:read', 'links:write'] },
  },
  list: {
    id: 'listApiKeys',
    method: 'get',
    path: '/v1/workspaces/{id}/api-keys',
    summary: 'List API keys',
    caller: 'settings:write',
    isForAdmin: true,
    params,
    query: noQuery,
    answers: {
      200: { when: 'All keys that were not revoked, newest first, expired ones too.', json: apiKeysAnswer },
    },
  },
  revoke: {
    id: 'revokeApiKey',
    method: 'delete',
    path: '/v1/workspaces/{id}/api-keys/{keyId}',
    summary: 'Revoke an API key',
    caller: 'settings:write',
    isForAdmin: true,
    params: { ...params, keyId: id('apiKey').describe('The key.') },
    answers: { 204: { when: 'The key works no more.' } },
  },
} as const satisfies Operations;
