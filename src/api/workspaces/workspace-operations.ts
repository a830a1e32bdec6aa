import { id } from '../http/answer.ts';
import type { Operations } from '../http/operation.ts';
import { noQuery } from '../http/read-input.ts';
import {
  logoAnswer,
  newWorkspace,
  workspaceAnswer,
  workspaceChange,
  workspacesAnswer,
  workspacesQuery,
} from './workspace-schema.ts';

const params = { id: id('workspace').describe('The workspace.') };

/** `/v1/workspaces`. */
export const workspaceOperations = {
  create: {
    id: 'createWorkspace',
    method: 'post',
    path: '/v1/workspaces',
    summary: 'Create a workspace',
    caller: 'admin',
    idempotencyKey: 'optional',
    body: newWorkspace,
    answers: { 201: { when: 'The workspace.', json: workspaceAnswer } },
    problems: ['vat_country_unsupported'],
    example: {
      name: 'מרפאת הדר',
      legalName: { he: 'מרפאת הדר בע״מ', en: 'Hadar Clinic Ltd' },
      taxId: '123456782',
      dealerType: 'osek_murshe',
      mode: 'test',
      address: { street: 'הרצל', houseNumber: '1', city: 'תל אביב', zip: '6688101', country: 'IL' },
      receipt: { email: true },
    },
  },
  list: {
    id: 'listWorkspaces',
    method: 'get',
    path: '/v1/workspaces',
    summary: 'List all workspaces, newest first',
    caller: 'admin',
    query: workspacesQuery,
    answers: { 200: { when: 'A page of workspaces.', json: workspacesAnswer } },
  },
  get: {
    id: 'getWorkspace',
    method: 'get',
    path: '/v1/workspaces/{id}',
    summary: 'Read a workspace',
    caller: 'workspace',
    params,
    query: noQuery,
    answers: { 200: { when: 'The workspace.', json: workspaceAnswer } },
  },
  change: {
    id: 'changeWorkspace',
    method: 'patch',
    path: '/v1/workspaces/{id}',
    summary: 'Change a workspace',
    description:
      'Only the fields that you send change, also inside nested objects. A key with `books:close` alone may send `booksClosedThrough` alone.',
    caller: 'books:close',
    isForAdmin: true,
    params,
    body: workspaceChange,
    answers: { 200: { when: 'The workspace after the change.', json: workspaceAnswer } },
    problems: ['currency_locked', 'document_issuer_conflict', 'vat_country_unsupported'],
    example: { address: { street: 'ביאליק', houseNumber: '7' }, paymentRequest: { remindAfterDays: 3 } },
  },
} as const satisfies Operations;

/** `/v1/workspaces/{id}/logo`. */
export const logoOperations = {
  put: {
    id: 'putLogo',
    method: 'put',
    path: '/v1/workspaces/{id}/logo',
    summary: 'Set the logo of new documents',
    description: 'A PNG of at most 512 KiB. Documents that were issued keep theirs.',
    caller: 'settings:write',
    isForAdmin: true,
    params,
    bodyFiles: ['image/png'],
    answers: { 200: { when: 'What is stored.', json: logoAnswer } },
  },
  get: {
    id: 'getLogo',
    method: 'get',
    path: '/v1/workspaces/{id}/logo',
    summary: 'Get the logo',
    caller: 'workspace',
    params,
    query: noQuery,
    answers: { 200: { when: 'The picture.', file: 'image/png' } },
  },
  remove: {
    id: 'removeLogo',
    method: 'delete',
    path: '/v1/workspaces/{id}/logo',
    summary: 'Remove the logo from new documents',
    caller: 'settings:write',
    isForAdmin: true,
    params,
    answers: { 204: { when: 'New documents have no logo.' } },
  },
} as const satisfies Operations;
