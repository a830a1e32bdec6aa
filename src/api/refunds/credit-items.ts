import type { RefundRow } from '../../db/refunds.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { faultOfItems, hasMixedLines, leftByLine, restOf } from '../../domain/credit-lines.ts';
import type { CreditItem, LinedDocument } from '../../domain/credit-lines.ts';
import { sumMinor } from '../../domain/money.ts';
import { fieldProblem } from '../../domain/problems.ts';
import { standingCreditsOf } from '../../domain/tax-document.ts';

/** A sum that is to be credited, and what else takes from the same document. */
export interface CreditWish {
  readonly original: DocumentRow;
  /** All documents of the payment. */
  readonly documents: readonly DocumentRow[];
  readonly refunds: readonly RefundRow[];
  /** Minor units. */
  readonly amount: number;
  readonly items: readonly CreditItem[] | null;
}

/**
 * The lines that a credit takes from, as they are stored: those named, or all that is left of a document with mixed VAT.
 * Null where lines need not be named.
 * @throws Problem `refund_lines_required`, or naming the wrong line
 */
export function creditItems(wish: CreditWish): readonly CreditItem[] | null {
  const original = toLined(wish.original);
  const left = leftAfterPending(original, wish);
  if (wish.items !== null) {
    const fault = faultOfItems(original, left, wish.items, wish.amount);
    if (fault !== null) throw fieldProblem(fault.pointer, fault.detail);
    return wish.items;
  }
  if (!hasMixedLines(original)) return null;
  if (sumMinor(left) === wish.amount) return restOf(left);
  throw fieldProblem(
    '#/items',
    'say which lines go back, as line and amount: some lines of the document have VAT and others have none',
    'refund_lines_required',
  );
}

/** What is neither credited nor named by a refund on its way. */
function leftAfterPending(original: LinedDocument, wish: CreditWish): number[] {
  const earlier = standingCreditsOf(wish.original, wish.documents).map(toLined);
  const named = wish.refunds.flatMap(({ status, isDocumented, items }) =>
    status === 'pending' && isDocumented ? (items ?? []) : [],
  );
  return leftByLine(original, earlier).map((left, place) => {
    const pending = named.filter(({ line }) => line === place + 1).map(({ amount }) => amount);
    return Math.max(0, left - sumMinor(pending));
  });
}

const toLined = (row: DocumentRow): LinedDocument => ({ split: row, content: row.content });
