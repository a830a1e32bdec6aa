import { z } from 'zod';
import type { Operations } from '../http/operation.ts';

/** This description, for programs and for people. */
export const docsOperations = {
  json: {
    id: 'getDescription',
    method: 'get',
    path: '/openapi.json',
    summary: 'Get this description',
    caller: 'public',
    answers: { 200: { when: 'OpenAPI 3.1.', json: z.looseObject({ openapi: z.string() }) } },
  },
  page: {
    id: 'readDescription',
    method: 'get',
    path: '/docs',
    summary: 'Read this description',
    caller: 'public',
    answers: { 200: { when: 'A page that shows it, also without a network.', file: 'text/html' } },
  },
  file: {
    id: 'getDocsFile',
    method: 'get',
    path: '/docs/{file}',
    summary: 'Get a file of that page',
    caller: 'public',
    params: {
      file: z.enum(['swagger-ui.css', 'swagger-ui-bundle.js', 'docs-page.js']).describe('The file.'),
    },
    answers: {
      200: { when: 'The file.', file: '*/*' },
    },
    problems: ['not_found'],
  },
} as const satisfies Operations;
