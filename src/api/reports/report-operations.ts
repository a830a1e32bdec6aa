import type { Operations } from '../http/operation.ts';
import { noQuery } from '../http/read-input.ts';
import {
  gapsAnswer,
  outstandingAnswer,
  revenueAnswer,
  revenueChartQuery,
  revenueQuery,
  vatAnswer,
  vatQuery,
} from './report-schema.ts';

/** `/v1/reports`. */
export const reportOperations = {
  revenue: {
    id: 'getRevenueReport',
    method: 'get',
    path: '/v1/reports/revenue',
    summary: 'Revenue by period, method and provider',
    caller: 'reports:read',
    query: revenueQuery,
    answers: { 200: { when: 'Sums of documents by document date.', json: revenueAnswer } },
  },
  revenueChart: {
    id: 'getRevenueChart',
    method: 'get',
    path: '/v1/reports/revenue/chart',
    summary: 'Revenue by period as a picture',
    description:
      'The figures of the revenue report as bars, from right to left in Hebrew. At most 120 periods.',
    caller: 'reports:read',
    query: revenueChartQuery,
    answers: { 200: { when: 'An SVG without scripts or addresses.', file: 'image/svg+xml' } },
  },
  vat: {
    id: 'getVatReport',
    method: 'get',
    path: '/v1/reports/vat',
    summary: 'VAT by period, rate and treatment',
    caller: 'reports:read',
    query: vatQuery,
    answers: { 200: { when: 'What a VAT return needs.', json: vatAnswer } },
  },
  outstanding: {
    id: 'getOutstandingReport',
    method: 'get',
    path: '/v1/reports/outstanding',
    summary: 'Links that are open, by age',
    caller: 'reports:read',
    query: noQuery,
    answers: { 200: { when: 'Open links by currency.', json: outstandingAnswer } },
  },
  documentGaps: {
    id: 'getDocumentGapsReport',
    method: 'get',
    path: '/v1/reports/document-gaps',
    summary: 'What is missing: numbers, documents, payments, pushes',
    caller: 'reports:read',
    query: noQuery,
    answers: { 200: { when: 'Every gap that there is.', json: gapsAnswer } },
  },
} as const satisfies Operations;
