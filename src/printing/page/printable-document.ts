import type { Day } from '../../domain/calendar.ts';
import type { DocumentContent } from '../../domain/document-content.ts';
import type { Currency } from '../../domain/money.ts';
import type { DocumentStatus, DocumentType } from '../../domain/tax-document.ts';
import type { VatSplit } from '../../domain/vat.ts';
import type { SignatureGrade } from './computerised.ts';
import type { Logo } from './logo.ts';

/** The content of a printed page: only what is frozen in the document. Amounts in minor units of `currency`. */
export interface PrintableDocument {
  readonly type: DocumentType;
  readonly displayNumber: string;
  readonly documentDate: Day;
  readonly createdAt: Date;
  readonly timeZone: string;
  readonly currency: Currency;
  readonly split: VatSplit;
  readonly status: DocumentStatus;
  readonly allocationNumber: string | null;
  readonly content: DocumentContent;
  /** For a confirmation: the number of the legal document at the invoice service; null until it is pushed. */
  readonly legalNumber: string | null;
  /** False on the original, which is printed once; true on every later print. */
  readonly copy: boolean;
  /** The grade of the signature that the file will get; null if none. */
  readonly signature: SignatureGrade | null;
  readonly logo: Logo | null;
}
