import type { Desk } from './desk.ts';
import type { Transaction } from './ledger/records.ts';
import type { Dashboard, Deal, Happening } from './vendor.ts';

/** Which charge of a page; null: its last one. */
export interface ChargeChoice {
  transactionId: string | null;
}

export interface RefundOrder extends ChargeChoice {
  /** Minor units; null: all that is left. */
  amount: number | null;
  /** Read-backs find the refund only after this long. */
  readBackDelayMs: number;
}

export type DashboardActs = ReturnType<typeof createDashboard>;

/** What the merchant does in the vendor's dashboard, behind the engine's back. Throws `Refusal`; answers what moved. */
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

/** The vendor tells of it at once and shows it later. */
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
