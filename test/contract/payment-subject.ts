import type { Currency } from '../../src/domain/money.ts';
import type { RetryAdvice } from '../../src/domain/provider-error.ts';
import type { WebhookDelivery } from '../../src/providers/payments/payment-provider.ts';
import type { Capability } from './payment-capabilities.ts';

export type Credentials = Readonly<Record<string, string>>;

/** What the suite must know of one vendor beyond the contract. All values are invented. */
export interface PaymentSubject {
  readonly credentials: Credentials;
  /** Another generation of the same account's secrets. */
  readonly olderCredentials: Credentials;
  /** Another account at the same vendor. */
  readonly otherCredentials: Credentials;
  /** Credentials of which one part is wrong, each by what is wrong. */
  readonly wrongCredentials: Readonly<Record<string, Credentials>>;
  /** Values of `credentials` that must never be shown. */
  readonly secretFields: readonly string[];
  /** The optional verbs that the adapter has, no more and no less: each has its cases in `payment-capabilities.test.ts`. */
  readonly capabilities: readonly Capability[];
  /** Verbs whose yes has no body: to them an empty answer is one. */
  readonly silentYes: readonly Capability[];
  /** A charge's webhook as the vendor would send it, signed with these credentials (or showing the page's secret). */
  readonly signed: (credentials: Credentials, page: SignedPage) => WebhookDelivery;
  /** Spellings of an honest webhook that the sandbox can send. */
  readonly styles: readonly string[];
  /** A read-back's text with a status that the vendor does not document, in each place that has one. */
  readonly strangeStatuses: readonly ((answer: string) => string)[];
  /** The same of the answer to a refund. */
  readonly strangeRefund: (answer: string) => string;
  /** Callbacks are signed by a secret of the account. Otherwise they show the secret of their page. */
  readonly signs: boolean;
  /** The signature covers the time, so an old callback is refused. Otherwise it is the same event again. */
  readonly stampsWebhooks: boolean;
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
  readonly enrolment: ((credentials: Credentials, webhookUrl: string) => VendorCall) | null;
  /** Webhooks name the transaction, and do so beside the page. */
  readonly namesTransactions: boolean;
  /** The same idempotency key brings the same page. */
  readonly keepsKeys: boolean;
  /** Sums can be paid in instalments. */
  readonly hasInstalments: boolean;
  /** A method beside the card. */
  readonly otherMethod: 'bit' | 'paypal';
  /** A method that can pay a part of a sum, a card the rest; null where a payment has one means. */
  readonly partMethod: string | null;
  /** How somebody voids a charge in the vendor's dashboard; null where nobody can. */
  readonly toVoid: ((credentials: Credentials, transactionId: string) => VendorCall) | null;
  /** The least that the vendor takes, minor units; 1 where it is not said. */
  readonly leastAmounts: Partial<Record<Currency, number>>;
  /** Credentials of an account that no other end-to-end test has; `own` is a word of its own. */
  readonly newCredentials: (own: string) => Credentials;
  /** Which credential names the account at the vendor. */
  readonly accountField: string;
  /** Where the live ring may go. */
  readonly testHosts: readonly SandboxHost[];
  /** Webhooks that one paid page brings. */
  readonly webhooksOfPayment: number;
  /** A closed page takes no money any more. */
  readonly killsPages: boolean;
  /**
   * What becomes of each call under each fault, end to end: a column an operation, a line a fault. An operation that the vendor
   * lacks has no column. What the words mean is in `test/e2e/support/fault-outcomes.ts`.
   */
  readonly faults: string;
}

/** A vendor's own host for tests. */
export interface SandboxHost {
  readonly host: string;
  /** What must be in the header `authorization`, where one host serves tests and business alike. */
  readonly testKey?: RegExp;
}

/** What a webhook is about. */
export interface SignedPage {
  readonly paymentId: string;
  readonly pageId: string;
  readonly secret: string | null;
}

/** A POST to the vendor that is not the adapter's. */
export interface VendorCall {
  /** Below the vendor's address. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What most vendors do; a subject says where its own differs. */
export const USUAL = {
  silentYes: [],
  strangeRefund: (answer) => answer,
  signs: true,
  stampsWebhooks: false,
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
  partMethod: null,
  toVoid: null,
  leastAmounts: {},
  webhooksOfPayment: 1,
  killsPages: true,
} as const satisfies Partial<PaymentSubject>;

/** A webhook with this body, arrived now. */
export const deliver = (body: string, headers: Readonly<Record<string, string>>): WebhookDelivery => ({
  body: Buffer.from(body),
  headers,
  query: {},
  receivedAt: new Date(),
});
