import { Refusal } from '../refusal.ts';
import type { Deal, DisputeOrder, DisputeStep, Happening, VendorDeps } from '../vendor.ts';
import { toNotices } from './events.ts';
import type { StripeEvent } from './events.ts';
import { newId } from './ids.ts';
import { toDispute } from './other-views.ts';
import { disputesOf, refundedOf } from './picture.ts';
import type { Dispute, DisputeStatus, Picture } from './picture.ts';
import { toRow } from './stripe-books.ts';
import type { StripeBooks } from './stripe-books.ts';

type Way = readonly [DisputeStatus, ...DisputeStatus[]];
type Ways = Partial<Record<DisputeStep, Way>>;

/**
 * The statuses that a dispute takes on until a step, from each status. An inquiry may become a chargeback; one that
 * was lost may still be won on appeal.
 */
const WAYS: Readonly<Record<DisputeStatus | 'none', Ways>> = {
  none: {
    inquiry: ['warning_needs_response'],
    open: ['needs_response'],
    won: ['needs_response', 'won'],
    lost: ['needs_response', 'lost'],
  },
  warning_needs_response: {
    open: ['needs_response'],
    won: ['warning_closed'],
    lost: ['needs_response', 'lost'],
  },
  warning_closed: {},
  needs_response: { won: ['won'], lost: ['lost'] },
  won: {},
  lost: { won: ['won'] },
};

/** Takes the dispute about what was not refunded to a step. */
export function playDispute(
  { books, now }: VendorDeps & { books: StripeBooks },
  { checkout, transaction }: Deal,
  { step, readBackDelayMs }: DisputeOrder,
): Happening {
  const picture = books.pictureOf(checkout);
  const [known] = disputesOf(picture, transaction);
  const amount = transaction.amount - refundedOf(picture, transaction);
  const way = wayOf(known, step, amount);
  const start: Dispute = known ?? {
    id: newId('dp'),
    checkoutId: checkout.id,
    chargeId: transaction.id,
    amount,
    currency: transaction.currency,
    status: way[0],
    createdAt: now().toISOString(),
    visibleAt: new Date(now().getTime() + readBackDelayMs).toISOString(),
  };
  const befores = [known?.status ?? null, ...way];
  const events = way.flatMap((status, at) => eventsOf(picture, { ...start, status }, befores[at] ?? null));
  const ended = { ...start, status: way.at(-1) ?? way[0] };
  return {
    entries: [toRow('dispute', ended.id, ended)],
    notices: toNotices(events, books.endpoints(checkout.account), now()),
  };
}

/** The statuses that it takes on. `left`: what was not refunded. */
function wayOf(known: Dispute | undefined, step: DisputeStep, left: number): Way {
  const way = WAYS[known?.status ?? 'none'][step];
  if (way === undefined)
    throw new Refusal(409, `this charge has the dispute ${known?.id} already, and it is ${known?.status}`);
  // After a full refund, an inquiry takes no money any more (types of stripe 23.1.0, `is_charge_refundable`).
  if (left === 0 && way[0].endsWith('needs_response'))
    throw new Refusal(409, 'all of this charge was refunded, so there is nothing to dispute');
  return way;
}

/** What Stripe tells of a dispute that took on its status. `before` null: it is new. */
function eventsOf(picture: Picture, dispute: Dispute, before: DisputeStatus | null): StripeEvent[] {
  const object = toDispute(picture, dispute);
  const previous = before === null ? {} : { previous: { status: before } };
  const tell = (what: string): StripeEvent => ({ type: `charge.dispute.${what}`, object });
  switch (dispute.status) {
    case 'warning_needs_response':
      return [tell('created')];
    case 'needs_response':
      return [{ ...tell(before === null ? 'created' : 'updated'), ...previous }, tell('funds_withdrawn')];
    case 'won':
      return [{ ...tell('closed'), ...previous }, tell('funds_reinstated')];
    case 'warning_closed':
    case 'lost':
      return [{ ...tell('closed'), ...previous }];
  }
}
