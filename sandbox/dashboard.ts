import type { Desk } from './desk.ts';
import type { Transaction } from './ledger/records.ts';
import type { Dashboard, Deal, Happening } from './vendor.ts';

/** The charge of the page; null for its last one. */
export interface ChargeChoice {
  transactionId: string | null;
}

export interface RefundOrder extends ChargeChoice {
  /** Minor units; null for the whole rest. */
  amount: number | null;
  /** Read-backs show the refund only after this long. */
  readBackDelayMs: number;
}

export type DashboardActs = ReturnType<typeof createDashboard>;

/**
 * Actions of the merchant in the dashboard of the vendor, unknown to the engine. Throws `Refusal`; returns the new
 * transactions.
 */
export function createDashboard(desk: Desk) {
  const act = (
    mode: string,
    checkoutId: string,
    { transactionId }: ChargeChoice,
    run: (dashboard: Dashboard, deal: Deal) => Happening,
  ): Transaction => {
    const checkout = desk.findCheckout(checkoutId);
    const { dashboard } = desk.paymentsOf(checkout);
    const charge = desk.findCharge(checkout, transactionId);
    const happening = run(dashboard, { checkout, transaction: charge });
    const moved = happening.entries.find(({ kind }) => kind === 'transaction');
    const about = moved?.kind === 'transaction' ? moved.transaction : charge;
    desk.commitHappening(happening, about, mode);
    return about;
  };

  return {
    refund: (checkoutId: string, order: RefundOrder) =>
      act('refund', checkoutId, order, (dashboard, deal) =>
        shownLater(dashboard.refund(deal, order.amount), order.readBackDelayMs),
      ),
    void: (checkoutId: string, choice: ChargeChoice) =>
      act('void', checkoutId, choice, (dashboard, deal) => dashboard.void(deal)),
  };
}

/** The vendor sends the webhook at once and shows it later. */
function shownLater({ entries, notices }: Happening, delayMs: number): Happening {
  const later = (at: string): string => new Date(Date.parse(at) + delayMs).toISOString();
  return {
    entries: entries.map((entry) =>
      entry.kind === 'transaction'
        ? { ...entry, transaction: { ...entry.transaction, visibleAt: later(entry.transaction.visibleAt) } }
        : entry,
    ),
    notices,
  };
}
