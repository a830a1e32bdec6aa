import { isPast } from './ledger/books.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Checkout } from './ledger/records.ts';
import type { Vendor } from './vendor.ts';
import type { Webhooks } from './webhooks.ts';

const LOOK_EVERY_MS = 500;
const TOLD = 'expiry_told';

/**
 * Sends webhooks for pages that ended unpaid, at vendors that do so; also, late, for those that ended while the
 * sandbox was down.
 */
export function createExpiries(deps: {
  ledger: Ledger;
  webhooks: Webhooks;
  vendors: readonly Vendor[];
  now: () => Date;
}) {
  const { ledger, vendors, now } = deps;
  const tellers = vendors.filter(({ payments }) => payments?.expired !== undefined).map(({ name }) => name);
  let timer: NodeJS.Timeout | undefined;
  let seen = 0;
  let waiting: Checkout[] = [];

  const look = (): void => {
    const all = ledger.checkouts();
    const added = all.slice(seen).filter(({ provider }) => tellers.includes(provider));
    seen = all.length;
    const ended = (checkout: Checkout) => isPast(checkout.expiresAt, now());
    const candidates = [...waiting, ...added];
    waiting = candidates.filter((checkout) => !ended(checkout));
    for (const checkout of candidates.filter(ended)) tell(deps, checkout);
  };

  return {
    start(): void {
      timer = setInterval(look, LOOK_EVERY_MS);
    },
    close(): void {
      clearInterval(timer);
    },
  };
}

function tell(
  { ledger, webhooks, vendors, now }: Parameters<typeof createExpiries>[0],
  checkout: Checkout,
): void {
  const { id, provider } = checkout;
  if (ledger.statusOf(checkout, now()) !== 'expired' || ledger.vendorRow(provider, TOLD, id) !== undefined)
    return;
  const notices = vendors.find(({ name }) => name === provider)?.payments?.expired?.(checkout) ?? [];
  const subject = { provider, checkoutId: id, transactionId: null, mode: 'expiry' };
  const deliveries = webhooks.plan(subject, [notices]);
  ledger.record(
    { kind: 'vendor_row', row: { provider, table: TOLD, id, fields: { at: now().toISOString() } } },
    ...deliveries.map((delivery) => ({ kind: 'delivery', delivery }) as const),
  );
  webhooks.start(deliveries);
}
