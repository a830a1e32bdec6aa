import type { Fields } from '../ledger/records.ts';
import { Refusal } from '../refusal.ts';
import type { Deal, DisputeOrder, DisputeOutcome, Happening, VendorDeps } from '../vendor.ts';
import { toNotices } from './events.ts';
import type { StripeEvent } from './events.ts';
import { newId } from './ids.ts';
import { toDispute } from './other-views.ts';
import { disputesOf, refundedOf } from './picture.ts';
import type { Dispute, Picture } from './picture.ts';
import { toRow } from './stripe-books.ts';
import type { StripeBooks } from './stripe-books.ts';

/**
 * Opens a chargeback of what was not refunded. With an outcome, closes the open one, and opens it first if there is
 * none.
 */
export function playDispute(
  { books, now }: VendorDeps & { books: StripeBooks },
  { checkout, transaction }: Deal,
  { outcome, readBackDelayMs }: DisputeOrder,
): Happening {
  const picture = books.pictureOf(checkout);
  const [known] = disputesOf(picture, transaction);
  if (known !== undefined) mustGoOn(known, outcome);
  const amount = transaction.amount - refundedOf(picture, transaction);
  if (amount === 0) throw new Refusal(409, 'all of this charge was refunded, so there is nothing to dispute');
  const opened: Dispute = known ?? {
    id: newId('dp'),
    checkoutId: checkout.id,
    chargeId: transaction.id,
    amount,
    currency: transaction.currency,
    status: 'needs_response',
    createdAt: now().toISOString(),
    visibleAt: new Date(now().getTime() + readBackDelayMs).toISOString(),
  };
  const ended = outcome === null ? opened : { ...opened, status: outcome };
  const events = [
    ...(known === undefined ? openingEvents(picture, opened) : []),
    ...(outcome === null ? [] : closingEvents(picture, ended)),
  ];
  return {
    entries: [toRow('dispute', ended.id, ended)],
    notices: toNotices(events, books.endpoints(checkout.account), now()),
  };
}

/** One that was lost may still be won on appeal. */
function mustGoOn({ id, status }: Dispute, outcome: DisputeOutcome | null): void {
  const isOpen = status === 'needs_response' && outcome !== null;
  if (isOpen || (status === 'lost' && outcome === 'won')) return;
  throw new Refusal(409, `this charge has the dispute ${id} already, and it is ${status}`);
}

function openingEvents(picture: Picture, dispute: Dispute): StripeEvent[] {
  const object = toDispute(picture, dispute);
  return [
    { type: 'charge.dispute.created', object },
    { type: 'charge.dispute.funds_withdrawn', object },
  ];
}

function closingEvents(picture: Picture, dispute: Dispute): StripeEvent[] {
  const object: Fields = toDispute(picture, dispute);
  const closed = { type: 'charge.dispute.closed', object, previous: { status: 'needs_response' } };
  return dispute.status === 'won' ? [closed, { type: 'charge.dispute.funds_reinstated', object }] : [closed];
}
