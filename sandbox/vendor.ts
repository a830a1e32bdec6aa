import type { IncomingHttpHeaders } from 'node:http';
import type { Ledger } from './ledger/ledger.ts';
import type { Checkout, Entry, Fields, Operation, Transaction, VendorName } from './ledger/records.ts';
import type { TimeScales } from './time-scale.ts';
import type { Notice, Webhooks } from './webhooks.ts';

/** A request from us, decoded. `body` is undefined if there was none or it could not be decoded. */
export interface VendorCall {
  /** The raw body, which signatures cover. */
  rawBody: string;
  headers: IncomingHttpHeaders;
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  /** The query as form fields: `expand[]=a` nested. */
  queryFields: Fields;
  body: unknown;
  at: Date;
}

/** `json` is serialised, `text` is sent unchanged, neither means an empty body. */
export interface Answer {
  status: number;
  json?: unknown;
  text?: string;
  headers?: Record<string, string>;
}

export interface Route {
  verb: 'get' | 'post' | 'put' | 'delete';
  /** Below the vendor's prefix, as express reads it. */
  path: string;
  operation: Operation | 'unknown';
  /** For routes with the same path: whether this one is meant. The first match counts. */
  isMeant?: (call: VendorCall) => boolean;
  answer: (call: VendorCall) => Answer;
  /** Our id that the call is about, from the records of the sandbox; read before the call takes effect. */
  referenceOf: (call: VendorCall) => string | null;
}

export const WEBHOOK_MODES = [
  'once',
  'never',
  'duplicate',
  'late',
  'bad_signature',
  'wrong_amount',
  'wrong_currency',
  'out_of_order',
  'stale_timestamp',
  'truncated',
] as const;
export type WebhookMode = (typeof WEBHOOK_MODES)[number];

/** How a webhook differs from a genuine one. `style` selects a spelling that only the folder of the vendor knows. */
export interface Twist {
  forged: boolean;
  truncated: boolean;
  stale: boolean;
  /** It is sent this much later, and signed for that time. */
  delayMs: number;
  style: string | null;
  /** Its fields are those of a webhook that was stored somewhere; ids are those of this payment (`retell.ts`). */
  like?: Fields | undefined;
}

export const HONEST: Twist = { forged: false, truncated: false, stale: false, delayMs: 0, style: null };

export interface Deal {
  checkout: Checkout;
  transaction: Transaction;
}

/** What a bank does about a charge: it only asks, it takes the money back, and it ends that for the merchant. */
export const DISPUTE_STEPS = ['inquiry', 'open', 'won', 'lost'] as const;
export type DisputeStep = (typeof DISPUTE_STEPS)[number];

/** An action at the vendor without us: its records, and the webhooks in their order. */
export interface Happening {
  entries: Entry[];
  notices: Notice[];
}

/** Actions of a merchant in the dashboard of the vendor. Both throw `Refusal`. */
export interface Dashboard {
  /** Refunds a part of a charge, or with null the whole rest. */
  refund: (deal: Deal, amount: number | null) => Happening;
  /** Voids a charge. */
  void: (deal: Deal) => Happening;
}

/** A step of a dispute. Read-backs show its opening only after the delay. */
export interface DisputeOrder {
  step: DisputeStep;
  readBackDelayMs: number;
}

/** What a vendor with hosted pages adds. */
export interface Payments {
  newTransactionId: () => string;
  /** The webhooks of one attempt in their honest order; none if the vendor sends nothing. */
  notices: (deal: Deal, twist: Twist) => Notice[];
  /**
   * The webhooks of an older declined attempt for `out_of_order`, if declines send nothing otherwise. Absent: as
   * `notices`.
   */
  rejection?: (deal: Deal) => Notice[];
  /** The return address of the browser, or null to stay on the page. */
  returnUrl: (
    checkout: Checkout,
    outcome: 'success' | 'failure' | 'cancel',
    transaction: Transaction | null,
  ) => string | null;
  /** Why this vendor cannot simulate a webhook mode on this page (a sentence), or null. */
  refuses: (mode: WebhookMode, checkout: Checkout) => string | null;
  styles: readonly string[];
  /**
   * Payment methods that only the control API offers, and their effect on the charge: the test cards of the vendor.
   */
  testMethods?: Readonly<Record<string, Partial<Transaction>>>;
  /** Methods for a part of a sum, with a card for the rest. Absent: one means per payment. */
  partMethods?: readonly string[];
  /** Takes a dispute to a step: its records and its webhooks. Absent: the vendor tells of none. */
  dispute?: (deal: Deal, order: DisputeOrder) => Happening;
  dashboard: Dashboard;
  /** The webhooks of a page that expired unpaid. Absent: the vendor sends none. */
  expired?: (checkout: Checkout) => Notice[];
  /** The name on the hosted page. */
  businessName: (checkout: Checkout) => string;
}

/** One simulated vendor: a folder of its own that exports a function of `VendorDeps` giving this. */
export interface Vendor {
  name: VendorName;
  routes: readonly Route[];
  /** The ids and keys by which a call names its account. A fault may use any of them. */
  accountsOf: (call: VendorCall) => readonly string[];
  /** The name in the ledger of the account with this name in calls. Absent: the same. */
  toLedgerAccount?: (name: string) => string;
  /** Request fields whose values are never shown. */
  credentialFields: readonly string[];
  /** Request headers, in lower case, that are kept with a call. */
  recordedHeaders?: readonly string[];
  /** The vendor's own answer for a failure; also the answer of `error_in_200`. */
  trouble: (operation: Operation | 'unknown') => unknown;
  unknownPath: Answer;
  payments?: Payments;
}

export interface VendorDeps {
  ledger: Ledger;
  webhooks: Webhooks;
  /** The sandbox's own base URL, without a slash at the end. */
  baseUrl: () => string;
  now: () => Date;
  /** The scaled length of a lag of `ms` for the account. */
  lag: TimeScales['lag'];
}

/** The fields of the body, or none if it is not an object. */
export const fieldsOf = (call: VendorCall): Fields =>
  typeof call.body === 'object' && call.body !== null && !Array.isArray(call.body)
    ? (call.body as Fields)
    : {};

/** The values that are texts. */
export const textsOf = (...values: readonly unknown[]): string[] =>
  values.filter((value): value is string => typeof value === 'string' && value !== '');

export const textOrNull = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** A credential is good unless it is empty or contains `invalid`. */
export const isGoodCredential = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && !/invalid/i.test(value);
