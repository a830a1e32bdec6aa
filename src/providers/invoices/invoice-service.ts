import type { ZodType } from 'zod';
import type { Day } from '../../domain/calendar.ts';
import type { FieldProblem } from '../../domain/errors.ts';
import type { Means } from '../../domain/means.ts';
import type { Currency } from '../../domain/money.ts';
import type { DocumentType } from '../../domain/tax-document.ts';
import type { VatSplit, VatTreatment } from '../../domain/vat.ts';
import type { DealerType, Locale, Mode } from '../../domain/workspace.ts';
import type { Http } from '../../http.ts';

/** What an adapter is built from. `baseUrl` null: the service's own host for `mode`. */
export interface InvoiceContext<Credentials> {
  readonly http: Http;
  readonly credentials: Credentials;
  readonly mode: Mode;
  readonly baseUrl: string | null;
}

/**
 * A document to be pushed. Amounts are minor units and positive, of credits too: the type says credit. `key` is our id of
 * what it documents, the payment's or the refund's, and the only thing a second try is found by.
 */
export interface PushOrder {
  readonly key: string;
  /** Our own document: its id, and the number it bears in its series. */
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
  /** Neutral text of the workspace: never the app's own description. */
  readonly description: string;
  readonly vatTreatment: VatTreatment;
  readonly customer: {
    readonly name: string;
    readonly taxId: string | null;
    readonly email: string | null;
    readonly phone: string | null;
  };
  readonly means: readonly Means[];
  /** First day to look from when searching for an earlier try. */
  readonly searchFrom: Day;
  /** Of a credit: the document that it credits. */
  readonly credits: CreditedDocument | null;
}

/** A document that a later one credits, wholly or in part. */
export interface CreditedDocument {
  /** `key` and `id` of its own push order. */
  readonly key: string;
  readonly id: string;
  readonly type: DocumentType;
  readonly displayNumber: string;
  readonly documentDate: Day;
  /** Minor units. */
  readonly total: number;
  /** Where the service holds it; null where it was never pushed. */
  readonly external: { readonly id: string; readonly number: string } | null;
}

/**
 * A document as the service holds it. `total` and `vat` in minor units, positive for credits too; null where the service
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
 * A document in a listing. `keys`: the ids of ours (payments', refunds') that its texts name, most often none. `total` in
 * minor units of `currency`, positive for credits too; both null where the service did not say.
 */
export interface ListedDocument {
  readonly id: string;
  readonly number: string;
  readonly keys: readonly string[];
  readonly total: number | null;
  readonly currency: string | null;
}

/** The verbs of an invoice service. All throw ProviderError; a missing one is an ability that the service lacks. */
export interface InvoiceService {
  /**
   * The document of an earlier try, or null. Asked before every create: one payment makes one document. Missing where the
   * service itself knows a repeat by our id, so that `createDocument` may simply be sent again.
   */
  findDocument?(order: PushOrder): Promise<ServiceDocument | null>;
  /** @throws ProviderError `rejected` with `retryAfterMs` for what the service takes at a later time only */
  createDocument(order: PushOrder): Promise<ServiceDocument>;
  /**
   * The Tax Authority's number of a document by the service's id, or null while there is none. It comes after the document.
   * Missing where the service shows no such numbers.
   */
  findAllocationNumber?(documentId: string): Promise<string | null>;
  /** All documents of the account that bear a date from `from` on, for reconciliation. */
  listDocuments?(from: Day): AsyncIterable<ListedDocument>;
  /** Succeeds or throws; creates nothing. */
  checkCredentials(): Promise<void>;
}

/** What a payment's document will say, as far as it can be refused before anybody pays. */
export type DocumentTerms = Pick<PushOrder, 'split'>;

/** The face of an invoice service's folder. */
export interface InvoiceServiceFace<Credentials = unknown> {
  readonly name: string;
  readonly credentials: ZodType<Credentials>;
  /** Whether its documents are the legal ones (then ours are confirmations). */
  readonly issuesLegalDocuments: boolean;
  /** Whether it calls addresses that customers enter: its `http` is then the guarded one. */
  readonly callsCustomersUrl?: true;
  accountKey(credentials: Credentials): string;
  /** What this service has no document for, as 422s that name the field of the payment. Absent: nothing in particular. */
  checkDocument?(terms: DocumentTerms): readonly FieldProblem[];
  create(context: InvoiceContext<Credentials>): InvoiceService;
}
