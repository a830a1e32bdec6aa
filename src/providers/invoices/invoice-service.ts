import type { ZodType } from 'zod';
import type { Day } from '../../domain/calendar.ts';
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

/** A document to be pushed. Amounts minor units. `key` is our payment's id and the only thing a second try is found by. */
export interface PushOrder {
  readonly key: string;
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
}

/** A document as the service holds it. `total` and `vat` in minor units, null where the service did not say. */
export interface ServiceDocument {
  readonly id: string;
  readonly number: string;
  readonly url: string | null;
  readonly allocationNumber: string | null;
  readonly total: number | null;
  readonly vat: number | null;
}

/** The verbs of an invoice service. All throw ProviderError. */
export interface InvoiceService {
  /** The document of an earlier try, or null. Asked before every create: one payment makes one document. */
  findDocument(order: PushOrder): Promise<ServiceDocument | null>;
  createDocument(order: PushOrder): Promise<ServiceDocument>;
  /** Succeeds or throws `credentials_invalid`; creates nothing. */
  checkCredentials(): Promise<void>;
}

/** The face of an invoice service's folder. */
export interface InvoiceServiceFace<Credentials = unknown> {
  readonly name: string;
  readonly credentials: ZodType<Credentials>;
  /** Whether its documents are the legal ones (then ours are confirmations). */
  readonly issuesLegalDocuments: boolean;
  accountKey(credentials: Credentials): string;
  create(context: InvoiceContext<Credentials>): InvoiceService;
}
