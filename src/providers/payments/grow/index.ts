import { z } from 'zod';
import type { PaymentProviderFace } from '../payment-provider.ts';
import { checkTerms } from './page-fields.ts';
import { createGrowProvider } from './provider.ts';
import type { GrowCredentials } from './provider.ts';

const visible = (field: string, what: string) =>
  z
    .string({ error: `${field} is missing: it is ${what}, as Grow's support issued it` })
    .regex(
      /^[\x21-\x7e]{1,200}$/,
      `${field} must be 1 to 200 visible characters without spaces, as Grow shows it`,
    );

/** Grow (formerly Meshulam): hosted pages with cards, Bit, PayBox and wallets, in shekels. */
export const grow: PaymentProviderFace<GrowCredentials> = {
  name: 'grow',
  credentials: z.strictObject(
    {
      userId: visible('userId', 'the id of the business'),
      pageCode: visible('pageCode', 'the code of the payment page'),
      apiKey: visible('apiKey', "the platform's key"),
    },
    { error: 'credentials must be an object of exactly userId, pageCode and apiKey' },
  ),
  currencies: ['ILS'],
  accountKey: ({ userId, pageCode }) => `${userId}/${pageCode}`,
  checkOrder: (terms, { bitMaxAmount }) => checkTerms(terms, bitMaxAmount),
  create: (context) => createGrowProvider(context),
};
