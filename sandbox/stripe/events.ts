import type { Fields, Transaction } from '../ledger/records.ts';
import { retell } from '../retell.ts';
import { HONEST } from '../vendor.ts';
import type { Twist } from '../vendor.ts';
import type { Notice } from '../webhooks.ts';
import { DEFAULT_API_VERSION } from './caller.ts';
import { newId } from './ids.ts';
import { toCharge, toPaymentIntent } from './money-views.ts';
import { atSettling, intentOf, isDelayed, toSeconds } from './picture.ts';
import type { Picture } from './picture.ts';
import { toSession } from './session-view.ts';
import { toSignature } from './signature.ts';
import type { WebhookEndpoint } from './stripe-books.ts';

/** An event of Stripe before it is sent. */
export interface StripeEvent {
  type: string;
  object: Fields;
  previous?: Fields;
  /** It happens this much later than its cause. */
  afterMs?: number;
}

export interface Origin {
  id: string | null;
  idempotency_key: string | null;
}
/** For an event without an API request. */
export const NO_REQUEST: Origin = { id: null, idempotency_key: null };

/** One webhook for each event and subscribed endpoint, in the order of the events. */
export function toNotices(
  events: StripeEvent[],
  endpoints: WebhookEndpoint[],
  now: Date,
  twist: Twist = HONEST,
  origin: Origin = NO_REQUEST,
): Notice[] {
  return events.flatMap((event) => {
    const hearers = endpoints.filter((one) => !one.isDisabled && hears(one, event.type));
    if (twist.like !== undefined && twist.like['type'] !== event.type) return [];
    const at = toSeconds(now) + Math.ceil((event.afterMs ?? 0) / 1_000);
    const told = {
      id: newId('evt'),
      object: 'event',
      api_version: DEFAULT_API_VERSION,
      created: at,
      data: {
        object: event.object,
        ...(event.previous === undefined ? {} : { previous_attributes: event.previous }),
      },
      livemode: hearers[0]?.isLive ?? false,
      pending_webhooks: hearers.length,
      request: origin,
      type: event.type,
    };
    return hearers.map((endpoint) => toNotice(told, endpoint, at, event.afterMs ?? 0, twist));
  });
}

export const hears = ({ enabledEvents }: WebhookEndpoint, type: string): boolean =>
  enabledEvents.includes('*') || enabledEvents.includes(type);

function toNotice(
  event: Fields,
  endpoint: WebhookEndpoint,
  at: number,
  afterMs: number,
  twist: Twist,
): Notice {
  const honest = { ...event, api_version: endpoint.apiVersion ?? event['api_version'] };
  const told = twist.like === undefined ? honest : retell(twist.like, honest);
  // Stripe sends its events indented, which exposes receivers that verify re-serialised JSON.
  const whole = JSON.stringify(told, null, 2);
  const body = twist.truncated ? whole.slice(0, whole.indexOf('"data"')) : whole;
  const sentAt = at + Math.floor(twist.delayMs / 1_000);
  return {
    url: endpoint.url,
    headers: {
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      'content-type': 'application/json; charset=utf-8',
      'stripe-signature': toSignature(body, endpoint.secret, sentAt, twist),
    },
    body,
    afterMs,
  };
}

/** The events of one attempt in their honest order. `picture` includes the attempt. */
export function attemptEvents(picture: Picture, charge: Transaction, baseUrl: string): StripeEvent[] {
  const now = createTeller(picture, charge, baseUrl, 0);
  const begun = now.isFirst ? [now.ofIntent('created')] : [];
  if (isDelayed(charge)) {
    const then = createTeller(atSettling(picture), charge, baseUrl, picture.lagMs);
    return [...begun, ...delayedEvents(now, then, charge.approved)];
  }
  return charge.approved
    ? [...begun, now.ofCharge('succeeded'), now.ofIntent('succeeded'), now.ofSession('completed')]
    : [...begun, now.ofCharge('failed'), now.ofIntent('payment_failed')];
}

type Teller = ReturnType<typeof createTeller>;

/** A bank debit: the page is complete at once, the money comes or fails later. */
function delayedEvents(now: Teller, then: Teller, isApproved: boolean): StripeEvent[] {
  const begun = [now.ofCharge('pending'), now.ofIntent('processing'), now.ofSession('completed')];
  return isApproved
    ? [
        ...begun,
        then.ofCharge('succeeded'),
        then.ofIntent('succeeded'),
        then.ofSession('async_payment_succeeded'),
      ]
    : [
        ...begun,
        then.ofCharge('failed'),
        then.ofIntent('payment_failed'),
        then.ofSession('async_payment_failed'),
      ];
}

/** Events of a charge, its intent and its page, in the state of the picture. */
function createTeller(picture: Picture, charge: Transaction, baseUrl: string, afterMs: number) {
  const intent = intentOf(picture, charge);
  if (intent === undefined) throw new Error(`the picture does not hold the charge ${charge.id}`);
  return {
    /** The attempt started the intent. */
    isFirst: intent.charges[0].id === charge.id,
    ofIntent: (name: string): StripeEvent => ({
      type: `payment_intent.${name}`,
      object: toPaymentIntent(picture, intent),
      afterMs,
    }),
    ofCharge: (name: string): StripeEvent => ({
      type: `charge.${name}`,
      object: toCharge(picture, charge),
      afterMs,
    }),
    ofSession: (name: string): StripeEvent => ({
      type: `checkout.session.${name}`,
      object: toSession(picture, baseUrl, intent),
      afterMs,
    }),
  };
}
