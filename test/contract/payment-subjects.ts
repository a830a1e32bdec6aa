import type { PaymentProviderName } from '../../src/providers/payments/index.ts';

/** What the suite must know of one vendor beyond the contract. All values are invented. */
export interface PaymentSubject {
  readonly credentials: Readonly<Record<string, string>>;
  /** Another generation of the same account's secrets. */
  readonly olderCredentials: Readonly<Record<string, string>>;
  /** Credentials of which one part is wrong, each by what is wrong. */
  readonly wrongCredentials: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Values of `credentials` that must never be shown. */
  readonly secretFields: readonly string[];
  /** Spellings of an honest webhook that the sandbox can send. */
  readonly styles: readonly string[];
  /** A read-back's text with a status that the vendor does not document, in each place that has one. */
  readonly strangeStatuses: readonly ((answer: string) => string)[];
}

const PAYPLUS = {
  apiKey: 'payplus-api-key-4471',
  secretKey: 'payplus-secret-key-9137',
  paymentPageUid: '5c1e0a34-0000-4000-8000-000000000001',
};

/** One entry a provider: a new name in the registry asks for its own here. */
export const PAYMENT_SUBJECTS: Readonly<Record<PaymentProviderName, PaymentSubject>> = {
  payplus: {
    credentials: PAYPLUS,
    olderCredentials: { ...PAYPLUS, secretKey: 'payplus-secret-key-older-2210' },
    wrongCredentials: {
      apiKey: { ...PAYPLUS, apiKey: 'invalid-api-key' },
      secretKey: { ...PAYPLUS, secretKey: 'invalid-secret-key' },
      paymentPageUid: { ...PAYPLUS, paymentPageUid: 'invalid-page' },
    },
    secretFields: ['apiKey', 'secretKey'],
    styles: ['pretty_body', 'payment_request_uid'],
    strangeStatuses: [
      (answer) => answer.replaceAll('"approved"', '"on_hold"'),
      (answer) => answer.replaceAll('"Charge"', '"Chargeback"'),
    ],
  },
};
