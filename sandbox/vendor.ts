import type { IncomingHttpHeaders } from 'node:http';
import type { Ledger } from './ledger/ledger.ts';
import type { Checkout, Entry, Fields, Operation, Transaction, VendorName } from './ledger/records.ts';
import type { TimeScales } from './time-scale.ts';
import type { Notice, Webhooks } from './webhooks.ts';

/** A request of the engine, decoded. `body` is undefined when there was none or it could not be decoded. */
export interface VendorCall {
  /** The body as it came: what signatures are over. */
  rawBody: string;
  headers: IncomingHttpHeaders;
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  /** The query as form fields: `expand[]=a` nested. */
  queryFields: Fields;
  body: unknown;
  at: Date;
}

/** `json` is serialised, `text` goes as it is, neither means an empty body. */
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
  /** Where routes share a path: whether this one is meant. The first that is wins. */
  isMeant?: (call: VendorCall) => boolean;
  answer: (call: VendorCall) => Answer;
  /** Our id that the call is about, by the sandbox's own records; looked up before the call takes effect. */
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

/** How a webhook differs from an honest one. `style` picks a spelling that only the vendor's folder knows. */
export interface Twist {
  forged: boolean;
  truncated: boolean;
  stale: boolean;
  /** It leaves this much later, and is signed for then. */
  delayMs: number;
  style: string | null;
}

export const HONEST: Twist = { forged: false, truncated: false, stale: false, delayMs: 0, style: null };

export interface Deal {
  checkout: Checkout;
  transaction: Transaction;
}

/** How a chargeback ends for the merchant. */
export const DISPUTE_OUTCOMES = ['won', 'lost'] as const;
export type DisputeOutcome = (typeof DISPUTE_OUTCOMES)[number];

/** What happened at the vendor without the engine: what is kept of it, and the vendor's webhooks in their order. */
export interface Happening {
  entries: Entry[];
  notices: Notice[];
}

/** What a merchant does in the vendor's dashboard. Both throw `Refusal`. */
export interface Dashboard {
  /** Gives back a part of a charge, or with null all that is left. */
  refund: (deal: Deal, amount: number | null) => Happening;
  /** Takes a charge back as if it had not been. */
  void: (deal: Deal) => Happening;
}

/** How a chargeback goes on; `outcome` null: it is open. Read-backs find its opening only after the delay. */
export interface DisputeOrder {
  outcome: DisputeOutcome | null;
  readBackDelayMs: number;
}

/** What a vendor with hosted pages adds. */
export interface Payments {
  newTransactionId: () => string;
  /** The webhooks of one attempt in their honest order; none where the vendor stays silent. */
  notices: (deal: Deal, twist: Twist) => Notice[];
  /** What `out_of_order` tells of an older rejected attempt, where declines send nothing by themselves. Absent: as `notices`. */
  rejection?: (deal: Deal) => Notice[];
  /** Where the browser goes after the page, or null to stay on it. */
  returnUrl: (
    checkout: Checkout,
    outcome: 'success' | 'failure' | 'cancel',
    transaction: Transaction | null,
  ) => string | null;
  /** Why this vendor cannot play a webhook mode on this page (a sentence), or null. */
  refuses: (mode: WebhookMode, checkout: Checkout) => string | null;
  styles: readonly string[];
  /** Ways to pay that only the control API offers, and what they change in the charge: the vendor's test cards. */
  testMethods?: Readonly<Record<string, Partial<Transaction>>>;
  /** What can pay a part of a sum, a card the rest. Absent: the vendor takes one means a payment. */
  partMethods?: readonly string[];
  /** A chargeback, opened or (with an outcome) closed: what is kept of it and its webhooks. Absent: the vendor has none. */
  dispute?: (deal: Deal, order: DisputeOrder) => Happening;
  dashboard: Dashboard;
  /** The webhooks of a page that ended unpaid by the clock. Absent: the vendor tells nothing of it. */
  expired?: (checkout: Checkout) => Notice[];
  /** The name on the hosted page. */
  businessName: (checkout: Checkout) => string;
}

/** One simulated vendor: a folder of its own that exports a function of `VendorDeps` giving this. */
export interface Vendor {
  name: VendorName;
  routes: readonly Route[];
  /** What a call says of the account it is about: ids and keys, each of them a name of that account for faults. */
  accountsOf: (call: VendorCall) => readonly string[];
  /** What the ledger calls the account that has this name in calls. Absent: the same. */
  toLedgerAccount?: (name: string) => string;
  /** Request fields whose values are never shown. */
  credentialFields: readonly string[];
  /** Request headers, in lower case, that are kept with a call. */
  recordedHeaders?: readonly string[];
  /** The vendor's own way to say that something broke; also what `error_in_200` answers. */
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
  /** How long the vendor takes for something: `ms` on the time scale of the account. */
  lag: TimeScales['lag'];
}

/** The body's fields, or none at all where the body is no object. */
export const fieldsOf = (call: VendorCall): Fields =>
  typeof call.body === 'object' && call.body !== null && !Array.isArray(call.body)
    ? (call.body as Fields)
    : {};

/** Those of the values that are texts. */
export const textsOf = (...values: readonly unknown[]): string[] =>
  values.filter((value): value is string => typeof value === 'string' && value !== '');

export const textOrNull = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** A credential is good unless it is empty or says `invalid`. */
export const isGoodCredential = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && !/invalid/i.test(value);
