import { id } from '../http/answer.ts';
import type { Operations } from '../http/operation.ts';
import { emptyBody, noQuery } from '../http/read-input.ts';
import {
  acknowledgeBody,
  allocationBody,
  documentAnswer,
  documentsAnswer,
  emailBody,
  listDocumentsQuery,
  owedMailAnswer,
  pdfQuery,
} from './document-schema.ts';

const params = { id: id('document').describe('The document.') };

/** `/v1/documents`. */
export const documentOperations = {
  list: {
    id: 'listDocuments',
    method: 'get',
    path: '/v1/documents',
    summary: 'List documents, newest first',
    caller: 'documents:read',
    query: listDocumentsQuery,
    answers: { 200: { when: 'A page of documents.', json: documentsAnswer } },
  },
  get: {
    id: 'getDocument',
    method: 'get',
    path: '/v1/documents/{id}',
    summary: 'Read a document',
    caller: 'documents:read',
    params,
    query: noQuery,
    answers: { 200: { when: 'The document.', json: documentAnswer } },
  },
  pdf: {
    id: 'getDocumentPdf',
    method: 'get',
    path: '/v1/documents/{id}/pdf',
    summary: 'Get the PDF of a document',
    description: 'A copy, unless `original=true` asks for the original, which leaves once.',
    caller: 'documents:read',
    params,
    query: pdfQuery,
    answers: {
      200: {
        when: 'The PDF.',
        file: 'application/pdf',
        headers: {
          'X-Document-Variant':
            '`original`, `copy`, `awaiting` (it waits for its allocation number), or `pushed` (a confirmation that names the legal document).',
        },
      },
    },
    problems: ['document_not_ready', 'original_left'],
  },
  email: {
    id: 'emailDocument',
    method: 'post',
    path: '/v1/documents/{id}/email',
    summary: 'Mail a document',
    caller: 'documents:write',
    params,
    body: emailBody,
    idempotencyKey: 'optional',
    answers: { 202: { when: 'The mail goes out by itself.', json: owedMailAnswer } },
    example: { email: 'dana@example.com' },
  },
  push: {
    id: 'pushDocument',
    method: 'post',
    path: '/v1/documents/{id}/push',
    summary: 'Send a document to the invoice service again',
    caller: 'documents:write',
    params,
    body: emptyBody,
    onRepeat: 'the service gets each document once',
    answers: {
      200: { when: 'The invoice service has it.', json: documentAnswer },
      202: { when: 'It is on its way.', json: documentAnswer },
    },
    problems: ['conflict'],
    example: {},
  },
  allocate: {
    id: 'enterAllocationNumber',
    method: 'post',
    path: '/v1/documents/{id}/allocation-number',
    summary: 'Enter the allocation number of the tax authority',
    caller: 'documents:write',
    params,
    body: allocationBody,
    onRepeat: 'the same number changes nothing',
    answers: { 200: { when: 'The document with its number.', json: documentAnswer } },
    problems: ['conflict'],
    example: { allocationNumber: '202601151234567890123456' },
  },
  requestAllocation: {
    id: 'requestAllocationNumber',
    method: 'post',
    path: '/v1/documents/{id}/request-allocation',
    summary: 'Ask the tax authority for the allocation number again',
    description:
      'Tashlum asks by itself where the business is connected, and again after a failure. After a refusal a person says when: for instance once the number of the customer was corrected at the authority.',
    caller: 'documents:write',
    params,
    body: emptyBody,
    onRepeat: 'the authority knows the document by its id',
    answers: { 200: { when: 'The document; the authority is asked within seconds.', json: documentAnswer } },
    problems: ['conflict'],
    example: {},
  },
  acknowledge: {
    id: 'acknowledgeDocument',
    method: 'post',
    path: '/v1/documents/{id}/acknowledge',
    summary: 'Record that the customer confirmed a credit document',
    description:
      'Only from then on the VAT of a tax invoice falls. The copy of a credit invoice has a block for the customer to sign.',
    caller: 'documents:write',
    params,
    body: acknowledgeBody,
    onRepeat: 'the first confirmation stays',
    answers: { 200: { when: 'The document.', json: documentAnswer } },
    problems: ['conflict'],
    example: { method: 'signature', note: 'Signed at the desk' },
  },
} as const satisfies Operations;
