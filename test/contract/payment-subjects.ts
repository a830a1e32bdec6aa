import type { PaymentProviderName } from '../../src/providers/payments/index.ts';
import type { PaymentSubject } from './payment-subject.ts';
import { GROW } from './payment-subjects/grow.ts';
import { PAYPLUS } from './payment-subjects/payplus.ts';
import { STRIPE } from './payment-subjects/stripe.ts';

/** One entry a provider: a new name in the registry asks for its own here. */
export const PAYMENT_SUBJECTS: Readonly<Record<PaymentProviderName, PaymentSubject>> = {
  payplus: PAYPLUS,
  grow: GROW,
  stripe: STRIPE,
};
