import type { ZodType } from 'zod';
import type { Day } from '../../domain/calendar.ts';
import type { FieldProblem } from '../../domain/problems.ts';
import type { Means } from '../../domain/means.ts';
import type { Currency } from '../../domain/money.ts';
import type { DocumentType } from '../../domain/tax-document.ts';
import type { VatSplit, VatTreatment } from '../../domain/vat.ts';
import type { DealerType, Locale, Mode } from '../../domain/workspace.ts';
import type { PricedLine, PricedOrder } from './priced-lines.ts';
import type { Http } from '../../http.ts';

/** Input of an adapter. `baseUrl` null: the service's own host for `mode`. */
export interface InvoiceContext<Credentials> {
  readonly http: Http;
  readonly credentials: Credentials;
  readonly mode: Mode;
  readonly baseUrl: string | null;
}

/**
 * A document to be pushed. Amounts are minor units and positive, for credits too: the type says that it is a credit.
 * `key` is our id of what it documents, the payment's or the refund's. A second try finds the document only by it.
 */
export interface PushOrder {
  readonly key: string;
  /** Our own document: its id and its number. */
  readonly id: string;
  readonly number: number;
  readonly displayNumber: string;
  readonly fiscalYear: number;
  readonly documentType: DocumentType;
  readonly documentDate: Day;
  readonly locale: Locale;
  readonly currency: Currency;
  readonly dealerType: DealerType;
  readonly vatRegistered: boolean;
  readonly split: VatSplit;
  /** The neutral text of the workspace, never the app's description. */
  readonly description: string;
  /** The lines as they are frozen; each bears the neutral text, unless the workspace lets their own texts leave. */
  readonly lines: readonly PricedLine[];
  readonly pricesIncludeVat: boolean;
  /** Why lines have no VAT; null if nothing was said. */
  readonly vatReason: string | null;
  /** For a credit: why the money went back, or neutral words. */
  readonly refundReason: string | null;
  readonly vatTreatment: VatTreatment;
  readonly customer: {
    readonly name: string;
    readonly taxId: string | null;
    readonly email: string | null;
    readonly phone: string | null;
    /** One line. */
    readonly address: string | null;
  };
  readonly means: readonly Means[];
  /** The first day to search from for an earlier try. */
  readonly searchFrom: Day;
  /** For a credit: the document that it credits. */
  readonly credits: CreditedDocument | null;
}

/** A document that a later one credits, in full or in part. */
export interface CreditedDocument {
  /** `key` and `id` of its own push. */
  readonly key: string;
  readonly id: string;
  readonly type: DocumentType;
  readonly displayNumber: string;
  readonly documentDate: Day;
  /** Minor units. */
  readonly total: number;
  /** Its place at the service; null if it was never pushed. */
  readonly external: { readonly id: string; readonly number: string } | null;
}

/**
 * A document as the service has it. `total` and `vat` in minor units, positive for credits too; null if the service
 * did not say.
 */
export interface ServiceDocument {
  readonly id: string;
  readonly number: string;
  readonly url: string | null;
  readonly allocationNumber: string | null;
  readonly total: number | null;
  readonly vat: number | null;
}

/**
 * A document in a list. `keys`: our ids (of payments, refunds) in its texts, usually none. `total` in minor units of
 * `currency`, positive for credits too; both null if the service did not say.
 */
export interface ListedDocument {
  readonly id: string;
  readonly number: string;
  readonly keys: readonly string[];
  readonly total: number | null;
  readonly currency: string | null;
}

/** The verbs of an invoice service. All throw ProviderError. A missing verb means that the service cannot do it. */
export interface InvoiceService {
  /**
   * The document of an earlier try, or null. Asked before every create, so that one payment makes one document.
   * Missing if the service itself recognises a repeat by our id: then `createDocument` is simply sent again.
   */
  findDocument?(order: PushOrder): Promise<ServiceDocument | null>;
  /** @throws ProviderError `rejected` with `retryAfterMs` if the service accepts it only later */
  createDocument(order: PushOrder): Promise<ServiceDocument>;
  /**
   * The allocation number of a document by the service's id, or null while there is none. It comes later than the
   * document. Missing if the service shows no such numbers.
   */
  findAllocationNumber?(documentId: string): Promise<string | null>;
  /** All documents of the account dated `from` or later, for reconciliation. */
  listDocuments?(from: Day): AsyncIterable<ListedDocument>;
  /** Succeeds or throws, and creates nothing. */
  checkCredentials(): Promise<void>;
}

/** What the document of a payment will contain, as far as it can be refused before anybody pays. */
export type DocumentTerms = PricedOrder;

/** The face of an invoice service: all that the registry needs. */
export interface InvoiceServiceFace<Credentials = unknown> {
  readonly name: string;
  readonly credentials: ZodType<Credentials>;
  /** Whether its documents are the legal ones (then ours are confirmations). */
  readonly issuesLegalDocuments: boolean;
  /** Whether it calls addresses that customers enter. Then its `http` is the guarded one. */
  readonly callsCustomersUrl?: true;
  accountKey(credentials: Credentials): string;
  /**
   * Says of a payment that this service cannot document which field is at fault, for a 422. If absent, the service
   * can document every payment.
   */
  checkDocument?(terms: DocumentTerms): readonly FieldProblem[];
  create(context: InvoiceContext<Credentials>): InvoiceService;
}
