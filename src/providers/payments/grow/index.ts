import { z } from 'zod';
import type { PaymentProviderFace } from '../payment-provider.ts';
import type { GrowCredentials } from './page-codes.ts';
import { checkTerms, TRANSACTION_TYPES } from './page-fields.ts';
import { createGrowProvider } from './provider.ts';

const visible = (field: string, what: string) =>
  z
    .string({ error: `${field} is missing: it is ${what}, as Grow's support issued it` })
    .regex(
      /^[\x21-\x7e]{1,200}$/,
      `${field} must be 1 to 200 visible characters without spaces, as Grow shows it`,
    );

const METHODS = Object.values(TRANSACTION_TYPES);

/** Page codes by payment method, for a merchant with several. */
const pageCodes = z.partialRecord(z.enum(METHODS), visible('pageCodes', 'a page code per payment method'), {
  error: `pageCodes must be an object of page codes by payment method: ${METHODS.join(', ')}`,
});

/** Grow (formerly Meshulam): hosted pages with cards, Bit, PayBox and wallets, in shekels. */
export const grow: PaymentProviderFace<GrowCredentials> = {
  name: 'grow',
  credentials: z.strictObject(
    {
      userId: visible('userId', 'the id of the business'),
      pageCode: visible('pageCode', 'the code of the payment page'),
      pageCodes: pageCodes.optional(),
      apiKey: visible('apiKey', "the platform's key").optional(),
    },
    {
      error:
        'credentials must be an object of userId and pageCode, plus pageCodes and apiKey if Grow issued them',
    },
  ),
  currencies: ['ILS'],
  accountKey: ({ userId, pageCode }) => `${userId}/${pageCode}`,
  checkOrder: (terms, { bitMaxAmount }) => checkTerms(terms, bitMaxAmount),
  create: (context) => createGrowProvider(context),
};
