import { sumMinor } from './money.ts';
import type { CountsAs, DocumentStatus } from './tax-document.ts';

/** The sums of a payment, all in minor units of its currency. */
export interface Amounts {
  /** What the payer is asked for, with VAT. */
  readonly asked: number;
  /** What came in. */
  readonly captured: number;
  /** What went back. */
  readonly refunded: number;
  /** What the business has of it: captured − refunded. */
  readonly net: number;
  /** Money that came in and has no document: a person must decide about it. */
  readonly held: number;
}

/** What a document adds to or takes from the documented sum of its payment. */
export interface DocumentShare {
  readonly total: number;
  /** A cancelled one adds nothing. */
  readonly status: DocumentStatus;
  readonly refundId: string | null;
  /** The invoice of a sale whose money has a receipt adds nothing. */
  readonly countsAs: CountsAs;
  /** The credit document that this one takes back. */
  readonly reversesDocumentId: string | null;
}

/** The sums of a payment, from what it asks for, what moved, and its documents. */
export function amountsOf(
  moved: Pick<Amounts, 'asked' | 'captured' | 'refunded'>,
  documents: readonly DocumentShare[],
): Amounts {
  const { asked, captured, refunded } = moved;
  const net = captured - refunded;
  return { asked, captured, refunded, net, held: Math.max(0, net - documentedOf(documents)) };
}

/** Documents less credit documents; a credit document that was taken back counts as never made. */
function documentedOf(documents: readonly DocumentShare[]): number {
  const valid = documents.filter(({ status, countsAs }) => status !== 'cancelled' && countsAs !== 'sale');
  return sumMinor(valid.map((one) => (isCredit(one) ? -one.total : one.total)));
}

function isCredit({ refundId, reversesDocumentId }: DocumentShare): boolean {
  return refundId !== null && reversesDocumentId === null;
}
