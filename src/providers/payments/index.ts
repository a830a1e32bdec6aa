import { grow } from './grow/index.ts';
import type { PaymentProviderFace } from './payment-provider.ts';
import { payplus } from './payplus/index.ts';
import { stripe } from './stripe/index.ts';

const FACES = {
  payplus,
  grow,
  stripe,
} satisfies Readonly<Record<string, PaymentProviderFace>>;

/** Outside name of a payment provider, as in URLs, fields and metrics. */
export type PaymentProviderName = keyof typeof FACES;

/** Every payment provider by its outside name. A new one is a folder and two lines here. */
export const PAYMENT_PROVIDERS: Readonly<Record<PaymentProviderName, PaymentProviderFace>> = FACES;
