import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { holdsMoney } from '../../domain/standing.ts';
import { keepStanding } from './keep-standing.ts';
import type { Kept } from './keep-standing.ts';
import { explainMovements } from './explain-movements.ts';
import type { Verification } from './verification.ts';

/**
 * Matches transactions with our refunds and updates the standing of the payment. It uses the books and not one
 * answer, which may lack what an earlier one had. The caller has locked the payment; `announce` reports its news.
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
 * The meaning of the standing for the workflow that asked. A review alone does not end its waiting: the payer may
 * still pay, or the payment may expire. Money held for a person does.
 */
export function toVerification({ books, now }: Pick<Kept, 'books' | 'now'>): Verification {
  const { status, review, settles } = now;
  if (books.original !== null)
    return { verdict: 'settled', status, review, transactionId: books.original.chargeId };
  if (settles !== null) return { verdict: 'paid', status, review, transactionId: settles };
  return { verdict: holdsMoney(books) ? 'held' : 'unchanged', status, review, transactionId: null };
}
