import type { Currency } from '../../src/domain/money.ts';
import type { RetryAdvice } from '../../src/domain/provider-error.ts';
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
  /** Callbacks are signed by a secret of the account. Otherwise they show the secret of their page. */
  readonly signs: boolean;
  /** A declined card is told by a webhook of its own. */
  readonly tellsDeclines: boolean;
  /** Money is found by our id alone, also on a page whose address was never answered. */
  readonly findsByReference: boolean;
  /** Refunds carry our refund's id. */
  readonly echoesRefunds: boolean;
  /** How many refunds of one charge the vendor takes. */
  readonly mostRefunds: number;
  /** How old a charge must be at the simulator before parts of it can be given back, milliseconds. */
  readonly partsAfterMs: number;
  /** What the vendor's own word for trouble (`error_in_200`) comes to, but in refunds. */
  readonly trouble: 'rejected' | 'provider_unavailable';
  /** May a refund that meets that word be sent again? */
  readonly refundTrouble: RetryAdvice;
  /** Fields that credentials may lack. */
  readonly optionalFields: readonly string[];
  /** Secrets that also tell one account from another. */
  readonly accountSecrets: readonly string[];
  /** What has a webhook address of its own is told it before the first page; others get it with each page. */
  readonly enrolment: ((credentials: Credentials, webhookUrl: string) => Enrolment) | null;
  /** Webhooks name the transaction, and do so beside the page. */
  readonly namesTransactions: boolean;
  /** The same idempotency key brings the same page. */
  readonly keepsKeys: boolean;
  /** Sums can be paid in instalments. */
  readonly hasInstalments: boolean;
  /** A method beside the card. */
  readonly otherMethod: 'bit' | 'paypal';
  /** The least that the vendor takes, minor units; 1 where it is not said. */
  readonly leastAmounts: Partial<Record<Currency, number>>;
}

type Credentials = Readonly<Record<string, string>>;
interface Enrolment {
  /** Below the vendor's address. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What most vendors do; a subject says where its own differs. */
const USUAL = {
  signs: true,
  tellsDeclines: true,
  findsByReference: true,
  echoesRefunds: true,
  mostRefunds: Infinity,
  partsAfterMs: 0,
  trouble: 'rejected',
  refundTrouble: 'never',
  optionalFields: [],
  accountSecrets: [],
  enrolment: null,
  namesTransactions: true,
  keepsKeys: false,
  hasInstalments: true,
  otherMethod: 'bit',
  leastAmounts: {},
} as const;

const PAYPLUS = {
  apiKey: 'payplus-api-key-4471',
  secretKey: 'payplus-secret-key-9137',
  paymentPageUid: '5c1e0a34-0000-4000-8000-000000000001',
};

const STRIPE = { secretKey: 'sk_test_suiteKey4471', webhookSecret: 'whsec_suiteSecret9137' };

const GROW = { userId: 'grow-user-3310', pageCode: 'grow-page-code-71', apiKey: 'grow-api-key-5526' };

/** One entry a provider: a new name in the registry asks for its own here. */
export const PAYMENT_SUBJECTS: Readonly<Record<PaymentProviderName, PaymentSubject>> = {
  payplus: {
    ...USUAL,
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
  grow: {
    ...USUAL,
    credentials: GROW,
    olderCredentials: { ...GROW, apiKey: 'grow-api-key-older-8841' },
    wrongCredentials: {
      userId: { ...GROW, userId: 'invalid-user' },
      pageCode: { ...GROW, pageCode: 'invalid-page' },
      apiKey: { ...GROW, apiKey: 'invalid-key' },
    },
    secretFields: ['apiKey'],
    styles: ['flat', 'json', 'multipart', 'stray_spaces'],
    strangeStatuses: [(answer) => answer.replaceAll('"statusCode":"2"', '"statusCode":"7"')],
    signs: false,
    tellsDeclines: false,
    findsByReference: false,
    echoesRefunds: false,
    mostRefunds: 2,
    partsAfterMs: 2_000,
    trouble: 'provider_unavailable',
  },
  stripe: {
    ...USUAL,
    credentials: STRIPE,
    olderCredentials: { secretKey: 'sk_test_suiteKeyOlder2210', webhookSecret: 'whsec_suiteSecretOlder2210' },
    wrongCredentials: { secretKey: { ...STRIPE, secretKey: 'sk_test_invalidKey' } },
    secretFields: ['secretKey', 'webhookSecret'],
    styles: [],
    strangeStatuses: [(answer) => answer.replaceAll('"succeeded"', '"on_hold"')],
    trouble: 'provider_unavailable',
    refundTrouble: 'unknown',
    optionalFields: ['webhookSecret'],
    accountSecrets: ['secretKey'],
    enrolment: toStripeEnrolment,
    namesTransactions: false,
    keepsKeys: true,
    hasInstalments: false,
    otherMethod: 'paypal',
    leastAmounts: { USD: 50, EUR: 50, GBP: 30, CAD: 50, AUD: 50 },
  },
};

/** One event an attempt. The simulator takes a secret that is known already; test/contract/stripe.test.ts enrols as we do. */
function toStripeEnrolment({ secretKey, webhookSecret }: Credentials, webhookUrl: string): Enrolment {
  return {
    path: 'v1/webhook_endpoints',
    headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      url: webhookUrl,
      'enabled_events[0]': 'checkout.session.completed',
      'enabled_events[1]': 'payment_intent.payment_failed',
      'metadata[sandbox_secret]': webhookSecret ?? '',
    }).toString(),
  };
}
