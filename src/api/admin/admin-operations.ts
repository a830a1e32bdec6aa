import { z } from 'zod';
import type { Operations } from '../http/operation.ts';
import { emptyBody, noQuery } from '../http/read-input.ts';
import { id } from '../http/answer.ts';
import {
  breakerAnswer,
  breakersAnswer,
  exchangeRateAnswer,
  exchangeRateBody,
  exchangeRatesAnswer,
  exchangeRatesQuery,
  inboxAnswer,
  inboxDeliveryAnswer,
  inboxQuery,
  inboxRowAnswer,
  replayAnswer,
  replayOrder,
} from './admin-schema.ts';

const params = { name: z.string().min(1).describe('The breaker, as the list names it.') };

const inboxParams = { id: id('providerEvent').describe('The row.') };

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
    onRepeat: 'an open breaker stays open',
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
    onRepeat: 'a closed breaker stays closed',
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
  replayMany: {
    id: 'replayInboxRows',
    method: 'post',
    path: '/v1/admin/inbox/replay',
    summary: 'Act on several webhooks of the inbox anew',
    description: 'As for one. One that cannot be replayed stops no other: its `reason` says why.',
    caller: 'admin',
    body: replayOrder,
    onRepeat: 'what is in the books already changes nothing',
    answers: { 200: { when: 'What became of each.', json: replayAnswer } },
    example: { ids: ['in_01kb2f3q7v9x8y7z6w5v4t3s2r'] },
  },
  look: {
    id: 'getInboxRow',
    method: 'get',
    path: '/v1/admin/inbox/{id}',
    summary: 'Look at a webhook that came in',
    description:
      'Ids, codes, amounts and times are shown. What may be of a person or prove something is `[redacted]`.',
    caller: 'admin',
    params: inboxParams,
    query: noQuery,
    answers: { 200: { when: 'The row with headers and body, redacted.', json: inboxDeliveryAnswer } },
  },
  replay: {
    id: 'replayInboxRow',
    method: 'post',
    path: '/v1/admin/inbox/{id}/replay',
    summary: 'Act on a webhook of the inbox anew',
    description:
      'An accepted one is told to its payment again. A quarantined one is verified by the time of its arrival and read again. A refused one cannot be replayed.',
    caller: 'admin',
    params: inboxParams,
    body: emptyBody,
    onRepeat: 'what is in the books already changes nothing',
    answers: { 200: { when: 'The row after that.', json: inboxRowAnswer } },
    problems: ['not_replayable'],
  },
  listExchangeRates: {
    id: 'listExchangeRates',
    method: 'get',
    path: '/v1/admin/exchange-rates',
    summary: 'List exchange rates, latest day first',
    caller: 'admin',
    query: exchangeRatesQuery,
    answers: { 200: { when: 'At most 1,000 rates.', json: exchangeRatesAnswer } },
  },
  putExchangeRate: {
    id: 'putExchangeRate',
    method: 'put',
    path: '/v1/admin/exchange-rates/{currency}/{day}',
    summary: 'Enter the exchange rate of a day',
    description:
      'The representative rate of the Bank of Israel, for all workspaces. A document takes the last rate that is known on its tax point, and none where nobody entered one: nothing is guessed. A document that was issued without a rate gets its sums in shekels for reports and files an hour after the rate of its day was entered (`EXCHANGE_RATE_WAIT_MINUTES`); what it says stays. Until a document has it, a rate can be entered again; after that another one is a 409 that names documents. One that is more than 20 % off that of a day nearby is a 422 unless `confirm` is true. It stands in the audit log of every workspace that is paid in the currency.',
    caller: 'admin',
    params: {
      currency: z.string().describe('Any currency of workspaces but `ILS`.'),
      day: z.iso.date().describe('The day for which it was published; not in the future.'),
    },
    body: exchangeRateBody,
    problems: ['conflict'],
    answers: { 200: { when: 'The rate as it is stored.', json: exchangeRateAnswer } },
    example: { rate: '3.7152' },
  },
} as const satisfies Operations;
