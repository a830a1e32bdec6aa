import { PAYMENT_PROVIDERS } from '../../src/providers/payments/index.ts';
import type { PaymentProviderName } from '../../src/providers/payments/index.ts';
import type { PaymentSubject } from './payment-subject.ts';
import { GROW, GROW_OTHER } from './payment-subjects/grow.ts';
import { PAYPLUS, PAYPLUS_OTHER } from './payment-subjects/payplus.ts';
import { STRIPE } from './payment-subjects/stripe.ts';

/** One entry a provider: a new name in the registry asks for its own here. */
const USUAL_HABITS: Readonly<Record<PaymentProviderName, PaymentSubject>> = {
  payplus: PAYPLUS,
  grow: GROW,
  stripe: STRIPE,
};

/** The same vendors' simulators in their other habit (`sandbox/habits.ts`). */
const OTHER_HABITS = {
  'payplus+other': PAYPLUS_OTHER,
  'grow+other': GROW_OTHER,
} satisfies Partial<Record<`${PaymentProviderName}+other`, PaymentSubject>>;

/** A provider, or one in its other habit: every case of the suite runs for each. */
export type SubjectName = PaymentProviderName | keyof typeof OTHER_HABITS;

export const PAYMENT_SUBJECTS: Readonly<Record<SubjectName, PaymentSubject>> = {
  ...USUAL_HABITS,
  ...OTHER_HABITS,
};

export const SUBJECT_NAMES = Object.keys(PAYMENT_SUBJECTS) as SubjectName[];

/** The provider whose subject this is. */
export const providerOf = (name: SubjectName): PaymentProviderName =>
  name.replace('+other', '') as PaymentProviderName;

export const faceOf = (name: SubjectName) => PAYMENT_PROVIDERS[providerOf(name)];
