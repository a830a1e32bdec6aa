import { readBooks } from '../../db/books.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { listChargesUnderId, listTransactions } from '../../db/provider-transactions.ts';
import type { TransactionRow } from '../../db/provider-transactions.ts';
import {
  askPersonAbout,
  insertRefund,
  linkRefund,
  listRefunds,
  readLeftAtVendor,
  recogniseRefund,
} from '../../db/refunds.ts';
import { askPerson } from '../../db/review-questions.ts';
import { newId } from '../../domain/ids.ts';
import type { Currency } from '../../domain/money.ts';
import { standingOf } from '../../domain/standing.ts';
import type { BookedRefund, Books } from '../../domain/standing.ts';
import { tell } from '../../history/tell.ts';
import { sortMovements } from './match-refund.ts';
import type { Tie } from './match-refund.ts';

/**
 * Matches each refund transaction with our refund when it is first seen. A refund made directly at the vendor is
 * recorded like our own, so that it gets a document; the sweeper starts its workflow. A person is asked about
 * anything that affects documented money, and about what cannot be recorded. The caller has locked the payment and
 * updates its standing.
 */
export async function explainMovements(tx: Sql, payment: PaymentRow): Promise<void> {
  const succeeded = (await listTransactions(tx, payment.id)).filter(({ status }) => status === 'succeeded');
  const back = succeeded.filter(({ kind }) => kind === 'refund');
  if (back.length === 0) return;
  const charges = succeeded.filter(({ kind }) => kind === 'charge');
  const { ties, foreign } = sortMovements(back, await listRefunds(tx, payment.id), charges);
  for (const tie of ties) await settleTie(tx, payment, tie);
  if (foreign.length > 0) await explainForeign(tx, payment, foreign);
}

/**
 * No vendor gives back more than was charged. What looks like it is most likely one refund under two names, so it
 * settles nothing, and a person decides about the order.
 */
async function settleTie(tx: Sql, payment: PaymentRow, { refund, movement }: Tie): Promise<void> {
  const isOnWord = refund.status === 'completed';
  if (movement.amount <= (await readLeftAtVendor(tx, refund.chargeId, refund.id)))
    await (isOnWord ? recogniseRefund : linkRefund)(tx, refund.id, movement.id);
  else if (isOnWord) await ask(tx, payment, movement.id);
  else await askPersonAbout(tx, refund.id);
}

async function explainForeign(
  tx: Sql,
  payment: PaymentRow,
  foreign: readonly TransactionRow[],
): Promise<void> {
  const charges = await listChargesUnderId(tx, payment.takenFrom ?? payment.id);
  const books = await readBooks(tx, payment.id);
  const documented = books.original?.chargeId ?? null;
  const found = foreign.map((movement) => ({ movement, charge: chargeOf(payment, movement, charges) }));
  const standsFor = documented ?? settledAfter(books, found);
  for (const { movement, charge } of found) {
    // More than is left of the charge is nothing that a vendor does: it may be a refund that we have by another name.
    if (charge === null || movement.amount > (await readLeftAtVendor(tx, charge.id, null)))
      await ask(tx, payment, movement.id);
    else {
      const refundId = await writeDown(tx, payment, movement, charge, standsFor === charge.id);
      if (documented === charge.id) await ask(tx, payment, refundId);
    }
  }
}

interface Found {
  readonly movement: TransactionRow;
  readonly charge: TransactionRow | null;
}

/** The charge that will get the document: none that these transactions refunded in full. */
function settledAfter({ refunds, ...books }: Books, found: readonly Found[]): string | null {
  const noticed = found.flatMap(({ movement: { id, amount }, charge }) =>
    charge === null ? [] : [{ ...NOTICED, id, chargeId: charge.id, amount }],
  );
  return standingOf({ ...books, refunds: [...refunds, ...noticed] }).settles;
}

const NOTICED = {
  status: 'pending',
  isDocumented: false,
  origin: 'provider',
  outcome: 'known',
  nextCheckAt: null,
  isSent: false,
  isAnswered: true,
  isOverdue: false,
} as const satisfies Partial<BookedRefund>;

async function ask(tx: Sql, { id: paymentId, workspaceId }: PaymentRow, subject: string): Promise<void> {
  await askPerson(tx, { workspaceId, paymentId, reason: 'reconciliation', subject });
}

/** The charge that it refunds, in its currency. If the vendor has two charges under one id, nothing is guessed. */
function chargeOf(
  payment: PaymentRow,
  movement: TransactionRow,
  charges: readonly TransactionRow[],
): TransactionRow | null {
  const possible =
    movement.refundOf === null
      ? charges
      : charges.filter((row) => row.providerTransactionId === movement.refundOf);
  const [charge, ...others] = possible;
  if (charge?.paymentId !== payment.id || others.length > 0 || movement.amount === 0) return null;
  return charge.currency === movement.currency ? charge : null;
}

async function writeDown(
  tx: Sql,
  payment: PaymentRow,
  movement: TransactionRow,
  charge: TransactionRow,
  isDocumented: boolean,
): Promise<string> {
  const owner = { workspaceId: payment.workspaceId, paymentId: payment.id };
  const id = newId('refund');
  await insertRefund(tx, {
    ...owner,
    id,
    chargeId: charge.id,
    transactionId: movement.id,
    amount: movement.amount,
    currency: movement.currency as Currency,
    method: 'original',
    origin: 'provider',
    isDocumented,
    reason: `${payment.provider}: ${movement.providerTransactionId}`,
    paidOn: null,
  });
  const { amount, currency } = movement;
  await tell(tx, owner, {
    kind: 'refund_noticed',
    summary: `A refund made directly at ${payment.provider} was found`,
    detail: { refundId: id },
    events: [{ type: 'refund.created', facts: { refundId: id, amount, currency, origin: 'provider' } }],
  });
  return id;
}
