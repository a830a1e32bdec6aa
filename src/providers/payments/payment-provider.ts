import type { ZodType } from 'zod';
import type { Currency } from '../../domain/money.ts';
import type { Means } from '../../domain/means.ts';
import type { FieldProblem } from '../../domain/errors.ts';
import type { Locale, Mode } from '../../domain/workspace.ts';
import type { Http } from '../../http.ts';

/** What an adapter is built from. `baseUrl` null: the vendor's own host for `mode`. */
export interface ProviderContext<Credentials> {
  readonly http: Http;
  readonly credentials: Credentials;
  /** During a rotation: the secrets that still verify webhooks. */
  readonly previousCredentials: Credentials | null;
  readonly mode: Mode;
  readonly baseUrl: string | null;
  readonly options: ProviderOptions;
}

/** Settings of a provider account. */
export interface ProviderOptions {
  /** Seconds without a webhook after which the engine asks. */
  readonly webhookGraceSeconds: number;
  /** Longest life that a page is asked for, minutes. */
  readonly maxPageMinutes: number;
  /** The most that Bit takes at this account, minor units, where it differs from what the vendor publishes. */
  readonly bitMaxAmount?: number;
}

/** A page to be made. Amounts are minor units; nothing here names a person's reason to pay. */
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
  /** Same key, same page, at vendors that have such keys. */
  readonly idempotencyKey: string;
}

/** A hosted page that the vendor made. */
export interface ProviderPage {
  readonly pageId: string;
  readonly url: string;
  readonly expiresAt: Date;
  /** What must be shown to ask about this page later (Grow's processToken); stored encrypted. */
  readonly secret: string | null;
}

/** A page by the vendor's id, with what must be shown to speak of it. */
export interface PageHandle {
  readonly pageId: string;
  readonly secret: string | null;
}

/** A transaction by the vendor's id, with what must be shown to act on it (Grow's transactionToken). */
export interface TransactionHandle {
  readonly transactionId: string;
  readonly secret: string | null;
}

/** Where to look for money: everything that could name it. */
export interface PaymentQuery {
  readonly paymentId: string;
  readonly pages: readonly PageHandle[];
  readonly transactions: readonly TransactionHandle[];
}

/** One movement (or refused attempt) as the vendor tells it. */
export interface ProviderTransaction {
  readonly transactionId: string;
  readonly kind: 'charge' | 'refund';
  readonly status: 'succeeded' | 'declined' | 'pending';
  /** Minor units. */
  readonly amount: number;
  /** ISO 4217 as the vendor says it, even where we do not support it: a mismatch must be sayable. */
  readonly currency: string;
  readonly paidAt: Date;
  /** The vendor's stamp, untouched. */
  readonly paidAtRaw: string;
  readonly means: readonly Means[];
  readonly payerName: string | null;
  /** Our payment's id as the vendor echoes it. */
  readonly reference: string | null;
  readonly pageId: string | null;
  /** Of a refund: the vendor's id of the charge it reverses. */
  readonly refundOf: string | null;
  /** Of a refund: our refund's id as the vendor echoes it; null where it echoes none or the refund was made elsewhere. */
  readonly refundReference: string | null;
  /** What must be shown to act on it later; stored encrypted. */
  readonly secret: string | null;
  /** Of a charge: how much of it can go back through the vendor, minor units. Null: all of it. */
  readonly refundable: number | null;
  readonly rawCode: string;
  /** A tax document that the vendor issued though told not to. */
  readonly foreignDocument: string | null;
}

/**
 * A chargeback. Amount in minor units. `inquiry`: the bank only asks and has taken no money; won: the money is the
 * merchant's, or was never taken.
 */
export interface ProviderDispute {
  readonly disputeId: string;
  /** The charge that is disputed. */
  readonly transactionId: string;
  readonly status: 'inquiry' | 'open' | 'won' | 'lost';
  readonly amount: number;
  readonly currency: string;
}

/** A row of a vendor's answer that came whole and cannot be read for certain. It hides no other row. */
export interface UnreadableRow {
  /** The vendor's id of it, else a hash of the row. */
  readonly rowId: string;
  /** What cannot be read, in our words: no text of the vendor. */
  readonly problem: string;
}

/** The vendor's own truth about a payment. No transaction means: nothing has been paid yet, never: failed. */
export interface PaymentFinding {
  /** Charges and refunds, refused ones and those made elsewhere included. */
  readonly transactions: readonly ProviderTransaction[];
  readonly disputes: readonly ProviderDispute[];
  /** A person must look at these; what stands beside them is recorded and settled all the same. */
  readonly unreadable: readonly UnreadableRow[];
  /** Of the pages that were asked about, those on which nobody can pay any more. Absent where the vendor does not say. */
  readonly deadPageIds?: readonly string[];
}

/** Money to be given back through the vendor. Amounts in minor units. */
export interface RefundOrder {
  /** Ours. Sent where the vendor echoes it, so that a refund whose answer was lost is found again. */
  readonly refundId: string;
  readonly paymentId: string;
  readonly charge: TransactionHandle & { readonly amount: number; readonly paidAt: Date };
  readonly page: PageHandle | null;
  readonly amount: number;
  readonly currency: Currency;
  /** Same key, same refund, at vendors that have such keys. */
  readonly idempotencyKey: string;
}

/**
 * A refund that the vendor has taken on. `pending`: it says that it is under way, and `findPayment` will say what became of
 * it. `unseen`: it said yes and does not show it, so nobody knows yet what became of it.
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

/** What a webhook says of itself. Only `accepted` may wake a payment, and even that is a hint. */
export type WebhookReading =
  | {
      readonly verdict: 'accepted';
      /** Same event, same id: the inbox holds it once. */
      readonly eventId: string;
      readonly kind: 'charge' | 'decline' | 'refund' | 'dispute' | 'other';
      readonly paymentId: string | null;
      readonly pageId: string | null;
      /**
       * Shown in place of a signature (Grow's processToken): whoever stores the event compares it, in constant time, with
       * the secret of the page and refuses it as `bad_signature` where they differ. Null at vendors that sign.
       */
      readonly pageSecret: string | null;
      readonly transactionId: string | null;
      /**
       * The refund or dispute itself, where `transactionId` names the charge that it is about; or a page that can be paid
       * only once, and so names its charge.
       */
      readonly subjectId?: string;
    }
  /** Not signed by the account's secret, or signed too long ago. Nothing is believed. */
  | { readonly verdict: 'bad_signature'; readonly reason: string }
  /** It cannot be read or names no payment. Kept and shown to a person; of those that nobody signed not every one. */
  | {
      readonly verdict: 'quarantined';
      readonly reason: string;
      readonly eventId: string | null;
      readonly isUnsigned?: true;
    };

/** The verbs of a payment provider. Optional ones are capabilities: absent = `unsupported_operation`. All throw ProviderError. */
export interface PaymentProvider {
  /** Makes a hosted page. Moves no money, so a lost answer is repeated. */
  createLink(order: PageOrder): Promise<ProviderPage>;
  /** The vendor's own truth, by every id we have. */
  findPayment(query: PaymentQuery): Promise<PaymentFinding>;
  /** Verifies raw bytes, then reads. Synchronous and pure: no network. */
  readWebhook(delivery: WebhookDelivery): WebhookReading;
  /** Succeeds or throws `credentials_invalid`; makes no page and moves nothing. */
  checkCredentials(): Promise<void>;
  /** Kills an unpaid page. `rejected`: it was paid or dead already, ask `findPayment` which. */
  cancelLink?(page: PageHandle): Promise<void>;
  /** Moves money back, once. A lost answer is looked up by `findPayment`, never repeated. */
  refund?(order: RefundOrder): Promise<ProviderRefund>;
  /** Tells the vendor that a charge was taken note of, where it insists (Grow). May be repeated. */
  acknowledge?(charge: TransactionHandle & { readonly page: PageHandle | null }): Promise<void>;
  /** All that moved from `from` (inclusive) to `until` (exclusive) on this account, for reconciliation. */
  listPayments?(range: { readonly from: Date; readonly until: Date }): AsyncIterable<ProviderTransaction>;
  /** All disputes that were opened in such a time on this account, for reconciliation. */
  listDisputes?(range: { readonly from: Date; readonly until: Date }): AsyncIterable<ProviderDispute>;
  /** Has the vendor send its webhooks here, where the credentials lack a webhook secret; returns them completed. */
  enrolWebhooks?(webhookUrl: string): Promise<unknown>;
}

/** What a vendor is asked to charge, as far as it can be refused beforehand. Amount in minor units. */
export interface OrderTerms {
  readonly amount: number;
  readonly currency: Currency;
  readonly maxInstallments: number | null;
  readonly methods: readonly string[] | null;
  readonly customer: PageOrder['customer'];
}

/** The face of a provider's folder: all that the registry needs. */
export interface PaymentProviderFace<Credentials = unknown> {
  /** Outside name, as in URLs and fields. */
  readonly name: string;
  readonly credentials: ZodType<Credentials>;
  readonly currencies: readonly Currency[];
  /** The public part of the credentials that tells one vendor account from another. */
  accountKey(credentials: Credentials): string;
  /** What this vendor is known to refuse, as 422s that name the field (`#/customer/phone`). Absent: nothing in particular. */
  checkOrder?(terms: OrderTerms, options: ProviderOptions): readonly FieldProblem[];
  create(context: ProviderContext<Credentials>): PaymentProvider;
}
