import type { PaymentProvider } from '../../src/providers/payments/payment-provider.ts';

type OptionalVerbs = {
  [Verb in keyof PaymentProvider]-?: undefined extends PaymentProvider[Verb] ? Verb : never;
};

/** A verb that a provider may lack. */
export type Capability = OptionalVerbs[keyof PaymentProvider];

/** Every verb of the contract; true: a provider may lack it. Types hold it complete. */
const VERBS: Readonly<Record<keyof PaymentProvider, boolean>> = {
  createPage: false,
  findPayment: false,
  readWebhook: false,
  checkCredentials: false,
  closePage: true,
  refund: true,
  acknowledge: true,
  listPayments: true,
  listDisputes: true,
  enrolWebhooks: true,
} satisfies { [Verb in keyof PaymentProvider]-?: Verb extends Capability ? true : false };

/** The optional verbs that this adapter has, and whatever it has beyond the contract. */
export function capabilitiesOf(provider: PaymentProvider): string[] {
  const verbs: Readonly<Record<string, boolean | undefined>> = VERBS;
  return Object.entries(provider)
    .filter(([verb, run]) => run !== undefined && verbs[verb] !== false)
    .map(([verb]) => verb);
}
