import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { holdsMoney } from '../../domain/standing.ts';
import { keepStanding } from './keep-standing.ts';
import type { Kept } from './keep-standing.ts';
import { explainMovements } from './explain-movements.ts';
import type { Verification } from './verification.ts';

/**
 * Ties what moved to what we know, and brings the payment into line with its books. It goes by the books and not by an
 * answer, which may leave out what an earlier one told. The caller holds the payment; `announce` tells its news.
 */
export async function judgeBooks(
  tx: Sql,
  payment: PaymentRow,
  announce?: (kept: Kept) => Promise<void>,
): Promise<Verification> {
  await explainMovements(tx, payment);
  return toVerification(await keepStanding(tx, payment.id, announce));
}

/**
 * What the standing means for the workflow that asked. A review alone does not end its waiting: the payer may still pay, or
 * the payment may expire. Money that is held for a person ends it.
 */
export function toVerification({ books, now }: Pick<Kept, 'books' | 'now'>): Verification {
  const { status, review, settles } = now;
  if (books.original !== null)
    return { verdict: 'settled', status, review, transactionId: books.original.chargeId };
  if (settles !== null) return { verdict: 'paid', status, review, transactionId: settles };
  return { verdict: holdsMoney(books) ? 'held' : 'unchanged', status, review, transactionId: null };
}
