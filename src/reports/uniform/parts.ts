import type { DocumentRow } from '../../db/document-rows.ts';
import { withheldIn } from '../../domain/means.ts';
import { isTransactionInvoice } from '../../domain/tax-document.ts';
import type { DocumentType } from '../../domain/tax-document.ts';

/** What a document of ours is in the publication's types (docs/reference/uniform-structure.md, "Document types"). */
export interface UniformPart {
  readonly type: number;
  readonly hasLines: boolean;
  readonly hasMoney: boolean;
}

const TRANSACTION_INVOICE: UniformPart = { type: 300, hasLines: true, hasMoney: false };
const RECEIPT: UniformPart = { type: 400, hasLines: false, hasMoney: true };

/** Confirmations are no documents in law and have none. */
const PARTS = {
  tax_invoice: { type: 305, hasLines: true, hasMoney: false },
  tax_invoice_receipt: { type: 320, hasLines: true, hasMoney: true },
  credit_invoice: { type: 330, hasLines: true, hasMoney: false },
  receipt: RECEIPT,
  credit_receipt: RECEIPT,
} as const satisfies Readonly<Record<string, UniformPart>>;
type UniformDocumentType = keyof typeof PARTS;
/** Our types that the uniform structure has a type for. */
export const UNIFORM_DOCUMENT_TYPES = Object.keys(PARTS) as readonly UniformDocumentType[];

/** The number of a type in the publication; null for a confirmation. */
export function uniformTypeOf(type: DocumentType): number | null {
  return (PARTS as Partial<Record<DocumentType, UniformPart>>)[type]?.type ?? null;
}

/** One, or two of the same number: a transaction invoice with receipt is a 300 and a 400, as no type is both. */
export function partsOf(row: Pick<DocumentRow, 'type' | 'content'>): readonly UniformPart[] {
  if (isTransactionInvoice(row)) return [TRANSACTION_INVOICE, RECEIPT];
  return [PARTS[row.type as UniformDocumentType]];
}

/** The type that a line's base document has: a line of a transaction invoice is about another one. */
export function baseTypeOf(part: UniformPart, base: Pick<DocumentRow, 'type'>): number {
  return part === TRANSACTION_INVOICE ? part.type : PARTS[base.type as UniformDocumentType].type;
}

/** A credit receipt has the number of a receipt and the opposite meaning, so its sums are negative. */
export function signOf({ type }: Pick<DocumentRow, 'type'>): 1 | -1 {
  return type === 'credit_receipt' ? -1 : 1;
}

type Paid = Pick<DocumentRow, 'type' | 'content'>;

/** Tax that the payer withheld, as a part with money names it (1224). A credit does not: the field has no minus. */
export function withheldOf({ type, content }: Paid, part: UniformPart): number {
  return part.hasMoney && type !== 'credit_receipt' ? withheldIn(content.means) : 0;
}

/**
 * What a part's sums leave out: a receipt says what came, and 1224 says the rest. An invoice is about the whole sale.
 * Source: docs/reference/uniform-structure.md, "Means of payment".
 */
export function withheldFrom(row: Paid, part: UniformPart): number {
  return part.hasLines ? 0 : withheldOf(row, part);
}
