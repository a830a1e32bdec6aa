import { id } from '../http/answer.ts';
import type { Operations } from '../http/operation.ts';
import { emptyBody, noQuery } from '../http/read-input.ts';
import { exportAnswer, exportsAnswer, exportsQuery, MEDIA_TYPES, newExport } from './export-schema.ts';

const caller = 'reports:read';
const params = { id: id('export').describe('The export.') };

/** `/v1/exports`. */
export const exportOperations = {
  create: {
    id: 'createExport',
    method: 'post',
    path: '/v1/exports',
    summary: 'Ask for a file',
    description:
      'It is made in the background, one at a time for a workspace. The event `export.completed` says when it is there.',
    caller,
    idempotencyKey: 'optional',
    body: newExport,
    answers: { 202: { when: 'The export that is being made.', json: exportAnswer } },
    problems: ['conflict', 'not_found'],
    example: { kind: 'transactions', format: 'csv', from: '2026-01-01', to: '2026-02-01', locale: 'en' },
  },
  list: {
    id: 'listExports',
    method: 'get',
    path: '/v1/exports',
    summary: 'List exports, newest first',
    caller,
    query: exportsQuery,
    answers: { 200: { when: 'A page of exports.', json: exportsAnswer } },
  },
  get: {
    id: 'getExport',
    method: 'get',
    path: '/v1/exports/{id}',
    summary: 'Read how far an export is',
    caller,
    params,
    query: noQuery,
    answers: { 200: { when: 'The export as it is now.', json: exportAnswer } },
  },
  file: {
    id: 'downloadExport',
    method: 'get',
    path: '/v1/exports/{id}/file',
    summary: 'Download the file of an export',
    caller,
    params,
    query: noQuery,
    answers: {
      200: {
        when: 'The file.',
        file: Object.values(MEDIA_TYPES),
        headers: { 'Content-Disposition': 'The name of the file.' },
      },
    },
    problems: ['file_not_ready', 'file_expired'],
  },
  cancel: {
    id: 'cancelExport',
    method: 'post',
    path: '/v1/exports/{id}/cancel',
    summary: 'Stop an export',
    description: 'The part of the file that was made so far is deleted.',
    caller,
    params,
    body: emptyBody,
    onRepeat: 'a cancelled export stays cancelled',
    answers: { 200: { when: 'The export is cancelled.', json: exportAnswer } },
    problems: ['conflict'],
    example: {},
  },
} as const satisfies Operations;
