import { chargedInstead, newSlip, rejectedBefore } from './attempts.ts';
import type { Desk } from './desk.ts';
import type { Checkout, Entry, Part, Transaction } from './ledger/records.ts';
import { toBatches, toTwist } from './pay-order.ts';
import type { PayOrder } from './pay-order.ts';
import { Refusal } from './refusal.ts';
import { HONEST } from './vendor.ts';
import type { DisputeOrder, Payments } from './vendor.ts';

export type Payer = ReturnType<typeof createPayer>;

/** Actions of the person on the hosted page. Every method throws `Refusal` with a sentence. */
export function createPayer(desk: Desk) {
  return {
    paymentsOf: desk.paymentsOf,
    findCheckout: desk.findCheckout,
    pay: (checkoutId: string, order: PayOrder): Transaction => pay(desk, desk.findPayable(checkoutId), order),
    decline: (checkoutId: string): Transaction => decline(desk, desk.findPayable(checkoutId)),
    /** Takes the dispute of the last charge to a step, and opens it first if there is none. */
    dispute: (checkoutId: string, order: DisputeOrder): Transaction =>
      dispute(desk, desk.findCheckout(checkoutId), order),
  };
}

function pay(desk: Desk, checkout: Checkout, order: PayOrder): Transaction {
  const payments = desk.paymentsOf(checkout);
  const refusal = payments.refuses(order.webhook, checkout) ?? refusedTerms(payments, checkout, order);
  if (refusal !== null) throw new Refusal(422, refusal);

  const plain = desk.attempt(checkout);
  const method = order.method ?? plain.method;
  const transaction: Transaction = {
    ...plain,
    ...chargedInstead(checkout, order.webhook),
    ...payments.testMethods?.[method],
    method,
    ...(order.parts === null ? {} : { parts: order.parts.map((part) => toPart(payments, part)) }),
    installments: order.installments,
    visibleAt: new Date(Date.parse(plain.at) + order.readBackDelayMs).toISOString(),
  };
  const notices = payments.notices({ checkout, transaction }, toTwist(order));
  // A vendor with several webhooks per payment swaps those; one with a single webhook needs an older attempt.
  const earlier =
    order.webhook === 'out_of_order' && notices.length === 1 ? [rejectedBefore(desk.attempt(checkout))] : [];
  const rejections = earlier.flatMap((rejected) =>
    (payments.rejection ?? ((deal) => payments.notices(deal, HONEST)))({ checkout, transaction: rejected }),
  );
  const batches = toBatches(order, notices, rejections);
  desk.commit(
    [...earlier, transaction].map(toEntry),
    transaction,
    order.webhook,
    batches,
    order.webhook === 'late' ? order.delayMs : 0,
  );
  return transaction;
}

function decline(desk: Desk, checkout: Checkout): Transaction {
  const transaction = { ...desk.attempt(checkout), approved: false };
  const notices = desk.paymentsOf(checkout).notices({ checkout, transaction }, HONEST);
  desk.commit(
    [toEntry(transaction)],
    transaction,
    'decline',
    notices.map((notice) => [notice]),
  );
  return transaction;
}

function dispute(desk: Desk, checkout: Checkout, order: DisputeOrder): Transaction {
  const payments = desk.paymentsOf(checkout);
  if (payments.dispute === undefined) {
    throw new Refusal(
      422,
      `${checkout.provider} tells merchants nothing about chargebacks, so there is none to play`,
    );
  }
  const transaction = desk.findCharge(checkout, null);
  desk.commitHappening(payments.dispute({ checkout, transaction }, order), transaction, 'dispute');
  return transaction;
}

const toPart = ({ newTransactionId }: Payments, { method, amount }: Omit<Part, 'id' | 'slip'>): Part => ({
  id: newTransactionId(),
  method,
  amount,
  slip: newSlip(),
});

const toEntry = (transaction: Transaction): Entry => ({ kind: 'transaction', transaction });

function refusedTerms(
  { testMethods = {}, partMethods }: Payments,
  checkout: Checkout,
  { method, installments, parts }: PayOrder,
): string | null {
  const offered = [...checkout.methods, ...Object.keys(testMethods)];
  if (method !== null && !offered.includes(method))
    return `method must be one that this page offers: ${offered.join(', ')}`;
  if (installments > checkout.maxInstallments)
    return `installments must be at most ${checkout.maxInstallments} on this page`;
  return parts === null ? null : refusedParts(partMethods, checkout, parts);
}

function refusedParts(
  partMethods: readonly string[] | undefined,
  { provider, amount, methods }: Checkout,
  parts: NonNullable<PayOrder['parts']>,
): string | null {
  if (partMethods === undefined) return `${provider} takes no payment in parts`;
  const offered = [...methods, ...partMethods];
  const strange = parts.find(({ method }) => !offered.includes(method));
  if (strange !== undefined) return `parts[].method must be one of ${offered.join(', ')}`;
  const total = parts.reduce((sum, part) => sum + part.amount, 0);
  return parts.length > 1 && total === amount ? null : `parts must be at least two and come to ${amount}`;
}
