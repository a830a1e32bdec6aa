import { listDisputes } from '../../db/disputes.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { listTransactions } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import { listRefunds } from '../../db/refunds.ts';
import type { RefundRow } from '../../db/refunds.ts';
import { findDocumentedTransaction } from '../../db/tax-documents.ts';
import { markUnreadableHeld } from '../../db/unreadable-rows.ts';
import { sumMinor } from '../../domain/money.ts';
import { isPaid } from '../../domain/payment.ts';
import type { ReviewReason } from '../../domain/payment.ts';
import { explainMovements } from '../refunds/explain-movements.ts';
import { holdForReview } from './hold-for-review.ts';
import { mustShowUnreadable, stepAside } from './unreadable-rows.ts';
import type { Verification } from './verify-payment.ts';

/**
 * What a payment's books come to: to be settled, settled, held for a person, or nothing yet. From the books, not from an
 * answer, which may leave out what an earlier one told; so it can be asked again whenever something has changed, such as
 * a review that was closed while another reason stood behind it. The caller holds the payment.
 */
export async function judgeBooks(tx: Sql, held: PaymentRow, isTakenBack = false): Promise<Verification> {
  const succeeded = (await listTransactions(tx, held.id)).filter(({ status }) => status === 'succeeded');
  const charges = succeeded.filter(({ kind }) => kind === 'charge');
  const documented = await findDocumentedTransaction(tx, held.id);
  const refunds = await listRefunds(tx, held.id);
  const payment = charges.some((charge) => isExact(held, charge)) ? await stepAside(tx, held) : held;
  const kept = charges.filter((charge) => charge.id === documented || !isGivenBack(charge, refunds));
  const toSettle = chargeToSettle(payment, kept);
  const moved = { charges, refunds: succeeded.filter(({ kind }) => kind === 'refund') };
  const noticed = await explainMovements(tx, payment, moved, documented ?? toSettle?.id ?? null);
  const isOdd = isTakenBack || (noticed > 0 && toSettle === null);
  const isUnread = toSettle === null && payment.review === null && (await mustShowUnreadable(tx, payment.id));
  const known = isOdd ? 'reconciliation' : await reasonToHold(tx, payment, kept, documented);
  const reason = known ?? (isUnread ? 'reconciliation' : null);
  const review = reason === null ? payment.review : await holdForReview(tx, payment, charges, reason);
  if (isUnread && review === 'reconciliation') await markUnreadableHeld(tx, payment.id);
  return toVerification({ ...payment, review }, documented, toSettle);
}

/** The charge of exactly what was asked, where the payment is neither settled nor held. */
function chargeToSettle(payment: PaymentRow, charges: readonly TransactionRow[]): TransactionRow | null {
  if (payment.review !== null || isPaid(payment.status)) return null;
  return charges.find((charge) => isExact(payment, charge)) ?? null;
}

function toVerification(
  { status, review }: PaymentRow,
  documented: string | null,
  toSettle: TransactionRow | null,
): Verification {
  if (documented !== null) return { verdict: 'settled', status, review, transactionId: documented };
  if (review === null && toSettle) return { verdict: 'paid', status, review, transactionId: toSettle.id };
  return { verdict: review === null ? 'unchanged' : 'review', status, review, transactionId: null };
}

/** What of a charge is back with the payer or on its way, minor units. */
export function givenBack(charge: TransactionRow, refunds: readonly RefundRow[]): number {
  const own = refunds.filter(({ chargeId, status }) => chargeId === charge.id && status !== 'failed');
  return sumMinor(own.map(({ amount }) => amount));
}

/** Money that went back whole is nobody's question any more. */
export function isGivenBack(charge: TransactionRow, refunds: readonly RefundRow[]): boolean {
  return givenBack(charge, refunds) >= charge.amount;
}

/** Why a person must look; null where all is as it should be. */
async function reasonToHold(
  tx: Sql,
  payment: PaymentRow,
  charges: readonly TransactionRow[],
  documented: string | null,
): Promise<ReviewReason | null> {
  if (charges.length === 0) return null;
  if (documented !== null) {
    if (charges.some(({ id }) => id !== documented)) return 'duplicate_payment';
    return payment.review === null && (await isDisputed(tx, payment)) ? 'provider_dispute' : null;
  }
  if (payment.review !== null) return payment.review;
  return charges.some((charge) => isExact(payment, charge)) ? null : 'amount_mismatch';
}

/** A dispute about which nobody has decided. Where one was given up with a credit document, its loss is no news. */
async function isDisputed(tx: Sql, payment: PaymentRow): Promise<boolean> {
  const open = (await listDisputes(tx, payment.id)).filter(
    ({ status, resolvedAt }) => status !== 'won' && resolvedAt === null,
  );
  if (open.length === 0) return false;
  return !(await listRefunds(tx, payment.id)).some(({ origin }) => origin === 'dispute');
}

function isExact(payment: PaymentRow, charge: TransactionRow): boolean {
  return charge.amount === payment.chargeAmount && charge.currency === payment.currency;
}
