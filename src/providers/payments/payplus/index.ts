import { z } from 'zod';
import type { PaymentProviderFace } from '../payment-provider.ts';
import { createPayplusProvider } from './provider.ts';
import type { PayplusCredentials } from './provider.ts';

/** Header values and a query value: visible ASCII, or the call could not even be sent. */
const visible = (field: string, where: string) =>
  z
    .string({ error: `${field} is missing: copy it from PayPlus, ${where}` })
    .regex(
      /^[\x21-\x7e]{1,200}$/,
      `${field} must be 1 to 200 visible characters without spaces, as PayPlus shows it`,
    );

/** PayPlus: hosted pages with cards, Bit and wallets. */
export const payplus: PaymentProviderFace<PayplusCredentials> = {
  name: 'payplus',
  credentials: z.strictObject(
    {
      apiKey: visible('apiKey', 'settings, API permissions'),
      secretKey: visible('secretKey', 'settings, API permissions'),
      paymentPageUid: visible('paymentPageUid', 'payment pages, the id of the page'),
    },
    { error: 'credentials must be an object of exactly apiKey, secretKey and paymentPageUid' },
  ),
  currencies: ['ILS', 'USD', 'EUR', 'GBP'],
  accountKey: ({ apiKey, paymentPageUid }) => `${apiKey}/${paymentPageUid}`,
  create: (context) => createPayplusProvider(context),
};
