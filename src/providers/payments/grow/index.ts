import type { PaymentProviderFace } from '../payment-provider.ts';
import { CREDENTIALS } from './credentials.ts';
import type { GrowCredentials } from './credentials.ts';
import { checkTerms } from './page-fields.ts';
import { createGrowProvider } from './provider.ts';

/** Grow (formerly Meshulam): hosted pages with cards, Bit, PayBox and wallets, in shekels. */
export const grow: PaymentProviderFace<GrowCredentials> = {
  name: 'grow',
  credentials: CREDENTIALS,
  currencies: ['ILS'],
  options: ['bitMaxAmount'],
  accountKey: ({ userId, pageCode }) => `${userId}/${pageCode}`,
  checkOrder: (terms, { bitMaxAmount }) => checkTerms(terms, bitMaxAmount),
  create: (context) => createGrowProvider(context),
};
