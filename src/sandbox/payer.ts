import { chargedInstead, newAttempt, rejectedBefore } from './attempts.ts';
import { isPast } from './ledger/books.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Checkout, Transaction } from './ledger/records.ts';
import { toBatches, toTwist } from './pay-order.ts';
import type { PayOrder } from './pay-order.ts';
import { Refusal } from './refusal.ts';
import { HONEST } from './vendor.ts';
import type { Payments, Vendor } from './vendor.ts';
import type { Notice, Webhooks } from './webhooks.ts';

export interface PayerDeps {
  ledger: Ledger;
  webhooks: Webhooks;
  vendors: readonly Vendor[];
  now: () => Date;
}

export type Payer = ReturnType<typeof createPayer>;

/** What the person in front of the hosted page does. Every method throws `Refusal` with a sentence. */
export function createPayer(deps: PayerDeps) {
  const desk = createDesk(deps);
  return {
    paymentsOf: desk.paymentsOf,
    findCheckout: desk.findCheckout,
    pay: (checkoutId: string, order: PayOrder): Transaction => pay(desk, desk.findPayable(checkoutId), order),
    decline: (checkoutId: string): Transaction => decline(desk, desk.findPayable(checkoutId)),
    dispute: (checkoutId: string): Transaction => dispute(desk, deps.ledger, desk.findCheckout(checkoutId)),
  };
}

type Desk = ReturnType<typeof createDesk>;

function createDesk({ ledger, webhooks, vendors, now }: PayerDeps) {
  const paymentsOf = ({ provider }: Pick<Checkout, 'provider'>): Payments => {
    const payments = vendors.find((vendor) => vendor.name === provider)?.payments;
    if (payments === undefined) throw new Refusal(422, `${provider} has no hosted page in this sandbox`);
    return payments;
  };
  const findCheckout = (id: string): Checkout => {
    const checkout = ledger.checkout(id);
    if (checkout === undefined)
      throw new Refusal(404, `no checkout has the id "${id}"; GET /control/checkouts lists them`);
    return checkout;
  };

  return {
    paymentsOf,
    findCheckout,
    findPayable(id: string): Checkout {
      const checkout = findCheckout(id);
      if (ledger.isCancelled(id))
        throw new Refusal(409, 'this page was cancelled by the merchant and takes no money');
      if (isPast(checkout.expiresAt, now()))
        throw new Refusal(409, `this page expired at ${String(checkout.expiresAt)}; make a new one`);
      return checkout;
    },
    attempt: (checkout: Checkout): Transaction =>
      newAttempt(checkout, paymentsOf(checkout).newTransactionId(), now().toISOString()),
    /** What was charged and what the vendor is about to tell, in one write; only then the telling begins. */
    commit(
      transactions: Transaction[],
      about: Transaction,
      mode: string,
      batches: Notice[][],
      delayMs = 0,
    ): void {
      const { provider, checkoutId, id: transactionId } = about;
      const deliveries = webhooks.plan({ provider, checkoutId, transactionId, mode }, batches, delayMs);
      ledger.record(
        ...transactions.map((transaction) => ({ kind: 'transaction', transaction }) as const),
        ...deliveries.map((delivery) => ({ kind: 'delivery', delivery }) as const),
      );
      webhooks.start(deliveries);
    },
  };
}

function pay(desk: Desk, checkout: Checkout, order: PayOrder): Transaction {
  const payments = desk.paymentsOf(checkout);
  const refusal = payments.refuses(order.webhook, checkout) ?? refusedTerms(checkout, order);
  if (refusal !== null) throw new Refusal(422, refusal);

  const plain = desk.attempt(checkout);
  const transaction: Transaction = {
    ...plain,
    ...chargedInstead(checkout, order.webhook),
    method: order.method ?? plain.method,
    installments: order.installments,
    visibleAt: new Date(Date.parse(plain.at) + order.readBackDelayMs).toISOString(),
  };
  const notices = payments.notices({ checkout, transaction }, toTwist(order));
  // A vendor that tells a payment in several webhooks swaps those; one with a single webhook needs an older attempt.
  const earlier =
    order.webhook === 'out_of_order' && notices.length === 1 ? [rejectedBefore(desk.attempt(checkout))] : [];
  const rejections = earlier.flatMap((rejected) =>
    payments.notices({ checkout, transaction: rejected }, HONEST),
  );
  const batches = toBatches(order, notices, rejections);
  desk.commit(
    [...earlier, transaction],
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
    [transaction],
    transaction,
    'decline',
    notices.map((notice) => [notice]),
  );
  return transaction;
}

function dispute(desk: Desk, ledger: Ledger, checkout: Checkout): Transaction {
  const payments = desk.paymentsOf(checkout);
  if (payments.dispute === undefined) {
    throw new Refusal(
      422,
      `${checkout.provider} tells merchants nothing about chargebacks, so there is none to play`,
    );
  }
  const transaction = ledger
    .transactionsOf(checkout.id)
    .findLast((one) => one.kind === 'charge' && one.approved);
  if (transaction === undefined)
    throw new Refusal(409, 'nothing was paid on this page, so there is nothing to dispute');
  const notices = payments.dispute({ checkout, transaction });
  desk.commit(
    [],
    transaction,
    'dispute',
    notices.map((notice) => [notice]),
  );
  return transaction;
}

function refusedTerms(checkout: Checkout, { method, installments }: PayOrder): string | null {
  if (method !== null && !checkout.methods.includes(method)) {
    return `method must be one that this page offers: ${checkout.methods.join(', ')}`;
  }
  return installments > checkout.maxInstallments
    ? `installments must be at most ${checkout.maxInstallments} on this page`
    : null;
}
