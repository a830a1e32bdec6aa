import type { PaymentProviderFace } from '../payment-provider.ts';
import { CREDENTIALS } from './credentials.ts';
import type { PayplusCredentials } from './credentials.ts';
import { createPayplusProvider } from './provider.ts';

/** PayPlus: hosted pages with cards, Bit and wallets. */
export const payplus: PaymentProviderFace<PayplusCredentials> = {
  name: 'payplus',
  credentials: CREDENTIALS,
  currencies: ['ILS', 'USD', 'EUR', 'GBP'],
  options: ['maxPageMinutes'],
  accountKey: ({ apiKey, paymentPageUid }) => `${apiKey}/${paymentPageUid}`,
  create: (context) => createPayplusProvider(context),
};
