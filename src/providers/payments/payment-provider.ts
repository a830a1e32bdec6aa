import type { ZodType } from 'zod';
import type { Currency } from '../../domain/money.ts';
import type { Means } from '../../domain/means.ts';
import type { FieldProblem } from '../../domain/problems.ts';
import type { Locale, Mode } from '../../domain/workspace.ts';
import type { Http } from '../../http.ts';

/** Input of an adapter. `baseUrl` null: the vendor's own host for `mode`. */
export interface ProviderContext<Credentials> {
  readonly http: Http;
  readonly credentials: Credentials;
  /** During a rotation: older secrets that still verify webhooks. */
  readonly previousCredentials: Credentials | null;
  readonly mode: Mode;
  readonly baseUrl: string | null;
  readonly options: ProviderOptions;
}

/** Settings of a provider account. */
export interface ProviderOptions {
  /** After this many seconds without a webhook, polling starts. */
  readonly webhookGraceSeconds: number;
  /** The longest requested life of a page, in minutes. */
  readonly maxPageMinutes: number;
  /** The maximum for Bit at this account, in minor units, if it differs from the published one. */
  readonly bitMaxAmount?: number;
}

/** A page to be made. Amounts are minor units. Nothing here says what the person pays for. */
export interface PageOrder {
  readonly paymentId: string;
  readonly amount: number;
  readonly currency: Currency;
  /** The neutral text of the workspace, at most 50 characters. */
  readonly description: string;
  readonly locale: Locale;
  readonly expiresAt: Date;
  readonly returnUrl: string;
  readonly webhookUrl: string;
  readonly maxInstallments: number | null;
  readonly methods: readonly string[] | null;
  readonly customer: {
    readonly name: string | null;
    readonly email: string | null;
    readonly phone: string | null;
  };
  /** The same key gives the same page, at vendors with idempotency keys. */
  readonly idempotencyKey: string;
}

/** A hosted page of the vendor. */
export interface ProviderPage {
  readonly pageId: string;
  readonly url: string;
  readonly expiresAt: Date;
  /** The secret needed to ask about this page later (Grow's processToken); stored encrypted. */
  readonly secret: string | null;
}

/** A page by the vendor's id, with the secret needed to ask about it. */
export interface PageHandle {
  readonly pageId: string;
  readonly secret: string | null;
}

/** A transaction by the vendor's id, with the secret needed to act on it (Grow's transactionToken). */
export interface TransactionHandle {
  readonly transactionId: string;
  readonly secret: string | null;
}

/** Where to look for money: everything that may name it. `transactions`: all that the books hold under the vendor's id. */
export interface PaymentQuery {
  readonly paymentId: string;
  readonly pages: readonly PageHandle[];
  readonly transactions: readonly TransactionHandle[];
}

/** One transaction: a charge, a refund, or a failed attempt, as the vendor reports it. */
export interface ProviderTransaction {
  readonly transactionId: string;
  readonly kind: 'charge' | 'refund';
  readonly status: 'succeeded' | 'declined' | 'pending';
  /** Minor units. */
  readonly amount: number;
  /** ISO 4217 as the vendor says it, even if we do not support it: a mismatch must be visible. */
  readonly currency: string;
  readonly paidAt: Date;
  /** The vendor's time, unchanged. */
  readonly paidAtRaw: string;
  readonly means: readonly Means[];
  readonly payerName: string | null;
  /** Our payment's id as the vendor echoes it. */
  readonly reference: string | null;
  readonly pageId: string | null;
  /** For a refund: the vendor's id of the charge that it refunds. */
  readonly refundOf: string | null;
  /**
   * For a refund: our refund's id as the vendor echoes it; null if it echoes none or the refund was made elsewhere.
   */
  readonly refundReference: string | null;
  /** The secret needed to act on it later; stored encrypted. */
  readonly secret: string | null;
  /** For a charge: how much of it the vendor can refund, in minor units. Null for all of it. */
  readonly refundable: number | null;
  readonly rawCode: string;
  /** A tax document that the vendor issued although it was told not to. */
  readonly foreignDocument: string | null;
}

/**
 * A chargeback. Amount in minor units. `inquiry`: the bank only asks and has taken no money. `won`: the merchant
 * keeps the money.
 */
export interface ProviderDispute {
  readonly disputeId: string;
  /** The disputed charge. */
  readonly transactionId: string;
  readonly status: 'inquiry' | 'open' | 'won' | 'lost';
  readonly amount: number;
  readonly currency: string;
}

/** A row of a complete answer that cannot be read for certain. It does not hide other rows. */
export interface UnreadableRow {
  /** The vendor's id, else a hash of the row. */
  readonly rowId: string;
  /** What cannot be read, in our words, without text of the vendor. */
  readonly problem: string;
}

/** What the vendor says about a payment. No transaction means that nothing was paid yet, never that it failed. */
export interface PaymentFinding {
  /** Charges and refunds, including failed ones and those made elsewhere. */
  readonly transactions: readonly ProviderTransaction[];
  readonly disputes: readonly ProviderDispute[];
  /** Rows for a person. The rows beside them are recorded and settled all the same. */
  readonly unreadable: readonly UnreadableRow[];
  /** Those of the requested pages that can no longer be paid. Absent if the vendor does not say. */
  readonly deadPageIds?: readonly string[];
}

/** A refund to be made through the vendor. Amounts in minor units. */
export interface RefundOrder {
  /** Our id. Sent if the vendor echoes it, so that a refund with a lost answer is found again. */
  readonly refundId: string;
  readonly paymentId: string;
  readonly charge: TransactionHandle & { readonly amount: number; readonly paidAt: Date };
  readonly page: PageHandle | null;
  readonly amount: number;
  readonly currency: Currency;
  /** The same key gives the same refund, at vendors with idempotency keys. */
  readonly idempotencyKey: string;
}

/**
 * A refund that the vendor accepted. `pending`: in progress, and `findPayment` will show the outcome. `unseen`:
 * accepted but not shown, so the outcome is unknown.
 */
export interface ProviderRefund {
  readonly transactionId: string | null;
  readonly status: 'succeeded' | 'pending' | 'unseen';
  readonly rawCode: string;
}

/** A webhook as it arrived: raw bytes, lower-case header names. */
export interface WebhookDelivery {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly receivedAt: Date;
}

/** What a webhook says. Only `accepted` may wake a payment, and even that is a hint. */
export type WebhookReading =
  | {
      readonly verdict: 'accepted';
      /** The same event has the same id: the inbox keeps it once. */
      readonly eventId: string;
      readonly kind: 'charge' | 'decline' | 'refund' | 'dispute' | 'other';
      readonly paymentId: string | null;
      readonly pageId: string | null;
      /**
       * The proof instead of a signature (Grow's processToken). The caller that stores the event compares it, in
       * constant time, with the secret of the page, and treats a difference as `bad_signature`. Null at vendors that
       * sign.
       */
      readonly pageSecret: string | null;
      readonly transactionId: string | null;
      /**
       * The refund or dispute itself, if `transactionId` names its charge; or a page that can be paid only once, and
       * so names its charge.
       */
      readonly subjectId?: string;
      /** What the event says became of the refund or dispute that `subjectId` names, at vendors that sign it. */
      readonly subjectStatus?: ProviderTransaction['status'] | ProviderDispute['status'];
    }
  /** Not signed with the secret of the account, or signed too long ago. Nothing in it counts. */
  | { readonly verdict: 'bad_signature'; readonly reason: string }
  /** It cannot be read or names no payment. Kept for a person to see; of unsigned ones, only a limited number. */
  | {
      readonly verdict: 'quarantined';
      readonly reason: string;
      readonly eventId: string | null;
      readonly isUnsigned?: true;
    };

/**
 * The verbs of a payment provider. Optional verbs are capabilities: absent means `unsupported_operation`. All throw
 * ProviderError.
 */
export interface PaymentProvider {
  /** Makes a hosted page. It moves no money, so it is repeated after a lost answer. */
  createPage(order: PageOrder): Promise<ProviderPage>;
  /** What the vendor says about the payment, by every id we have. */
  findPayment(query: PaymentQuery): Promise<PaymentFinding>;
  /** Verifies the raw bytes, then reads them. Synchronous and pure: no network. */
  readWebhook(delivery: WebhookDelivery): WebhookReading;
  /** Succeeds or throws `credentials_invalid`; makes no page and moves nothing. */
  checkCredentials(): Promise<void>;
  /** Closes an unpaid page. `rejected`: it was already paid or dead; `findPayment` tells which. */
  closePage?(page: PageHandle): Promise<void>;
  /** Sends a refund, once. A lost answer is looked up by `findPayment`, never repeated. */
  refund?(order: RefundOrder): Promise<ProviderRefund>;
  /** Acknowledges a charge, if the vendor requires it (Grow). May be repeated. */
  acknowledge?(charge: TransactionHandle & { readonly page: PageHandle | null }): Promise<void>;
  /** All transactions of this account from `from` (inclusive) to `until` (exclusive), for reconciliation. */
  listPayments?(range: { readonly from: Date; readonly until: Date }): AsyncIterable<ProviderTransaction>;
  /** All disputes of this account opened in such a period, for reconciliation. */
  listDisputes?(range: { readonly from: Date; readonly until: Date }): AsyncIterable<ProviderDispute>;
  /**
   * Registers our webhook address with the vendor if the credentials lack a webhook secret; returns the completed
   * credentials.
   */
  enrolWebhooks?(webhookUrl: string): Promise<unknown>;
}

/** A requested charge, as far as it can be refused beforehand. Amount in minor units. */
export interface OrderTerms {
  readonly amount: number;
  readonly currency: Currency;
  readonly maxInstallments: number | null;
  readonly methods: readonly string[] | null;
  readonly customer: PageOrder['customer'];
}

/** Settings of an account that only some vendors can obey. */
export type VendorOption = 'maxPageMinutes' | 'bitMaxAmount';

/** The face of a provider: all that the registry needs. */
export interface PaymentProviderFace<Credentials = unknown> {
  /** Outside name, as in URLs and fields. */
  readonly name: string;
  readonly credentials: ZodType<Credentials>;
  readonly currencies: readonly Currency[];
  /** The settings that its adapter obeys, beside those of every account. */
  readonly options: readonly VendorOption[];
  /** The public part of the credentials that identifies the vendor account. */
  accountKey(credentials: Credentials): string;
  /** What this vendor is known to refuse, as 422s that name the field (`#/customer/phone`). Absent: nothing. */
  checkOrder?(terms: OrderTerms, options: ProviderOptions): readonly FieldProblem[];
  create(context: ProviderContext<Credentials>): PaymentProvider;
}
