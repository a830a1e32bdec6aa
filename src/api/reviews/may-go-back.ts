import { readBooks } from '../../db/books.ts';
import { listDisputes } from '../../db/disputes.ts';
import { listTransactions } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { listRefunds } from '../../db/refunds.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { atBank, withBank } from '../../domain/disputed-money.ts';
import type { DecidedDispute } from '../../domain/disputed-money.ts';
import { fieldProblem, Problem } from '../../domain/problems.ts';
import type { Currency } from '../../domain/money.ts';
import type { ReviewReason } from '../../domain/payment.ts';
import { leftAtVendor } from '../../domain/refund.ts';
import { givenBack, standingOf } from '../../domain/standing.ts';
import type { Books } from '../../domain/standing.ts';
import { onlyTheCardPart, wentToTheBank } from '../refunds/refund-rules.ts';

/**
 * Reviews whose `refund` sends a refund to the vendor. A lost dispute is not one: the bank has already taken the
 * money.
 */
const ORDERS: ReadonlySet<ReviewReason> = new Set(['amount_mismatch', 'duplicate_payment', 'late_success']);

/**
 * The `refund` of a person refunds whole charges. If a charge has several means, only some can be refunded through
 * the vendor. A refund that would fail is refused here, and one of money that the payer's bank may take by itself. What it
 * has taken in a lost dispute is only booked, so the vendor is not asked for it.
 * @throws Problem naming the field and the way out; not_refundable while the bank has not decided
 */
export async function checkMayGoBack(
  tx: Sql,
  payment: PaymentRow,
  decided: readonly DecidedDispute[],
): Promise<void> {
  const { review, provider } = payment;
  if (review === null || !ORDERS.has(review)) return;
  const books = await readBooks(tx, payment.id);
  const [refunds, disputes] = await Promise.all([listRefunds(tx, payment.id), listDisputes(tx, payment.id)]);
  const documented = books.original?.chargeId;
  const charges = (await listTransactions(tx, payment.id)).filter(
    ({ id, kind, status }) =>
      kind === 'charge' && status === 'succeeded' && (id === documented) === (review === 'late_success'),
  );
  for (const charge of charges) {
    const own = refunds.filter(({ chargeId }) => chargeId === charge.id);
    if (atBank(charge.id, disputes).held.length > 0)
      throw new Problem(
        'not_refundable',
        'the payer disputes this money at the bank: decide once the dispute has ended, else the payer may have it twice',
      );
    const bank = withBank(charge, disputes, decided);
    const kept = charge.amount - givenBack(charge.id, own) - bank;
    const wanted = charge.id === documented ? restOf(charge, kept, bank, books) : kept;
    const left = leftAtVendor({ amount: charge.amount, refundable: charge.refundableAmount }, own) - bank;
    if (wanted > left) throw onlyByHand(left, charge, provider);
  }
}

/** What is left of the document and with us, in minor units. @throws Problem if all of it is with the bank */
function restOf(charge: TransactionRow, kept: number, bank: number, books: Books): number {
  const { left } = standingOf(books).refund;
  if (left <= 0 || kept > 0) return Math.min(left, kept);
  const why = wentToTheBank(bank, charge.currency);
  throw new Problem('not_refundable', `${why}. Choose accept or dismiss`);
}

function onlyByHand(left: number, charge: TransactionRow, provider: string): Problem {
  const why = onlyTheCardPart(left, charge.currency as Currency, provider);
  const byCard = left > 0 ? "refund the card's part, " : '';
  return fieldProblem(
    '#/action',
    `${why}. Choose accept instead. Then ${byCard}refund the rest by hand, and record that with method cash, bank_transfer or check`,
    'unsupported_operation',
  );
}
