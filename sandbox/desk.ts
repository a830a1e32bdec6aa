import { newAttempt } from './attempts.ts';
import { isPast } from './ledger/books.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Checkout, Entry, Transaction } from './ledger/records.ts';
import { Refusal } from './refusal.ts';
import type { Happening, Payments, Vendor } from './vendor.ts';
import type { Notice, Webhooks } from './webhooks.ts';

export interface DeskDeps {
  ledger: Ledger;
  webhooks: Webhooks;
  vendors: readonly Vendor[];
  now: () => Date;
}

export type Desk = ReturnType<typeof createDesk>;

/** Finds the object that a control call or a payer names, and records what happens at a vendor. Throws `Refusal`. */
export function createDesk({ ledger, webhooks, vendors, now }: DeskDeps) {
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

  /** Records the charge and its planned webhooks in one write; only then the webhooks go out. */
  const commit = (
    changes: Entry[],
    about: Transaction,
    mode: string,
    batches: Notice[][],
    delayMs = 0,
  ): void => {
    const { provider, checkoutId, id: transactionId } = about;
    const deliveries = webhooks.plan({ provider, checkoutId, transactionId, mode }, batches, delayMs);
    ledger.record(...changes, ...deliveries.map((delivery) => ({ kind: 'delivery', delivery }) as const));
    webhooks.start(deliveries);
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
    /** The approved charge with this id, or with null the last one of the page. */
    findCharge(checkout: Checkout, id: string | null): Transaction {
      const charges = ledger
        .transactionsOf(checkout.id)
        .filter((one) => one.kind === 'charge' && one.approved && (id === null || one.id === id));
      const found = charges.at(-1);
      if (found !== undefined) return found;
      throw new Refusal(
        409,
        id === null ? 'nothing was paid on this page' : `this page has no charge "${id}"`,
      );
    },
    commit,
    commitHappening({ entries, notices }: Happening, about: Transaction, mode: string): void {
      commit(
        entries,
        about,
        mode,
        notices.map((notice) => [notice]),
      );
    },
  };
}
