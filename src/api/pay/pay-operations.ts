import { z } from 'zod';
import type { Answer, Operations } from '../http/operation.ts';

const params = { token: z.string().min(1).describe('Of the link. It is all that a payer needs.') };

const query = z.object({
  outcome: z
    .string()
    .optional()
    .describe('What the provider says: `success`, `failure` or `cancel`. It only selects words.'),
});

const file = 'text/html';
const PAGES = {
  200: { when: 'A page that says how the payment stands.', file },
  404: { when: 'A page: this link is not known.', file },
  429: { when: 'A page: too many visits.', file, headers: { 'Retry-After': 'Seconds.' } },
  503: { when: 'A page that loads itself again.', file, headers: { 'Retry-After': 'Seconds.' } },
} as const satisfies Record<number, Answer>;

const ON_TO_THE_APP = {
  when: 'On to the address of the app.',
  headers: { Location: '`successUrl` or `cancelUrl`.' },
} as const;

const backAnswers = {
  303: {
    when: 'On to the address of the app, or to our page, without what the provider wrote into the address.',
    headers: { Location: '`successUrl`, `cancelUrl`, or `/pay/{token}/returned/{outcome}`.' },
  },
  404: PAGES[404],
  429: PAGES[429],
  503: PAGES[503],
} as const;

/** `/pay`: the pages for payers. */
export const payOperations = {
  open: {
    id: 'openLink',
    method: 'get',
    path: '/pay/{token}',
    summary: 'Open the link of a payment',
    description: 'The stable address that payers are sent.',
    caller: 'public',
    params,
    answers: {
      ...PAGES,
      302: { when: 'On to the page at the provider.', headers: { Location: 'The page.' } },
    },
  },
  comeBack: {
    id: 'returnPayer',
    method: 'get',
    path: '/pay/{token}/return',
    summary: 'Come back from the page of the provider',
    caller: 'public',
    params,
    query,
    answers: backAnswers,
  },
  comeBackByForm: {
    id: 'returnPayerByForm',
    method: 'post',
    path: '/pay/{token}/return',
    summary: 'Come back from a provider that posts a form',
    caller: 'public',
    params,
    query,
    onRepeat: 'it only looks',
    answers: backAnswers,
  },
  returned: {
    id: 'showReturned',
    method: 'get',
    path: '/pay/{token}/returned/{outcome}',
    summary: 'See how the payment stands after coming back',
    caller: 'public',
    params: {
      ...params,
      outcome: z.string().describe('What the provider said: `success`, `failure`, `cancel` or `none`.'),
    },
    answers: { ...PAGES, 303: ON_TO_THE_APP },
  },
  receipt: {
    id: 'getPayersReceipt',
    method: 'get',
    path: '/pay/{token}/receipt',
    summary: 'Read a copy of the receipt',
    description: 'Where the workspace has `receipt.onPayPage`, once it is paid.',
    caller: 'public',
    params,
    answers: {
      200: { when: 'The copy.', file: 'application/pdf' },
      404: { when: 'A page: there is no receipt here.', file },
      429: PAGES[429],
      503: PAGES[503],
    },
  },
  logo: {
    id: 'getPayersLogo',
    method: 'get',
    path: '/pay/{token}/logo',
    summary: 'Get the logo of the business',
    caller: 'public',
    params,
    answers: {
      200: { when: 'The logo.', file: 'image/png' },
      404: { when: 'A page: the business has no logo, or this link is not known.', file },
      429: PAGES[429],
      503: PAGES[503],
    },
  },
} as const satisfies Operations;
