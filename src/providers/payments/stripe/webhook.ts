import Stripe from 'stripe';
import { isId } from '../../../domain/ids.ts';
import type { Mode } from '../../../domain/workspace.ts';
import type { WebhookDelivery, WebhookReading } from '../payment-provider.ts';
import { DISPUTE_STATUSES, REFUND_STATUSES } from './map.ts';
import { EVENT } from './wire.ts';
import type { WireEvent } from './wire.ts';

type Accepted = Extract<WebhookReading, { verdict: 'accepted' }>;
type Kind = Accepted['kind'];

/** A signature is valid for this many seconds, before and after its time. */
const TOLERANCE_SECONDS = 300;

/**
 * The meaning of each event that we subscribe to; other events mean nothing to us.
 * Source: docs/reference/stripe.md, "Events".
 */
export const EVENT_KINDS = {
  'checkout.session.completed': 'charge',
  'checkout.session.async_payment_succeeded': 'charge',
  'checkout.session.async_payment_failed': 'decline',
  'checkout.session.expired': 'other',
  'payment_intent.succeeded': 'charge',
  'payment_intent.payment_failed': 'decline',
  'payment_intent.canceled': 'other',
  'charge.refunded': 'refund',
  'refund.created': 'refund',
  'refund.updated': 'refund',
  'refund.failed': 'refund',
  'charge.dispute.created': 'dispute',
  'charge.dispute.updated': 'dispute',
  'charge.dispute.closed': 'dispute',
  'charge.dispute.funds_withdrawn': 'dispute',
  'charge.dispute.funds_reinstated': 'dispute',
} as const satisfies Partial<Record<Stripe.WebhookEndpointCreateParams.EnabledEvent, Kind>>;

/**
 * Verifies the raw bytes with the SDK against any of the secrets, then reads them. A time further in the future than
 * the tolerance is refused too, because the SDK checks only the age.
 * Source: docs/reference/stripe.md, "Webhook signature".
 */
export function readEvent(delivery: WebhookDelivery, secrets: readonly string[], mode: Mode): WebhookReading {
  const header = delivery.headers['stripe-signature'];
  if (header === undefined) return refuse('the header stripe-signature is missing');
  if (isFromFuture(header, delivery.receivedAt))
    return refuse('the header stripe-signature has a time in the future');
  for (const secret of secrets) {
    const { isSigned, event } = verify(delivery, header, secret);
    if (isSigned) return toReading(event, mode);
  }
  return refuse('the header stripe-signature is too old or does not belong to this body');
}

/** A signed body that is not JSON becomes undefined. */
function verify(
  { body, receivedAt }: WebhookDelivery,
  header: string,
  secret: string,
): { readonly isSigned: boolean; readonly event: unknown } {
  try {
    const event: unknown = Stripe.webhooks.constructEvent(
      body,
      header,
      secret,
      TOLERANCE_SECONDS,
      undefined,
      receivedAt.getTime(),
    );
    return { isSigned: true, event };
  } catch (error) {
    // Only parsing a verified body throws this error; any other error proves nothing.
    return { isSigned: error instanceof SyntaxError, event: undefined };
  }
}

function isFromFuture(header: string, receivedAt: Date): boolean {
  const stamps = [...header.matchAll(/(?:^|,)t=(\d+)/g)].map(([, stamp]) => Number(stamp));
  return stamps.some((stamp) => stamp - receivedAt.getTime() / 1000 > TOLERANCE_SECONDS);
}

const refuse = (reason: string): WebhookReading => ({ verdict: 'bad_signature', reason });

function toReading(told: unknown, mode: Mode): WebhookReading {
  const event = EVENT.safeParse(told).data;
  if (event === undefined) return quarantine('the body is not an event', null);
  if (event.livemode !== (mode === 'live')) {
    const [theirs, ours] = event.livemode ? ['live', 'test'] : ['test', 'live'];
    return quarantine(
      `the event is from Stripe's ${theirs} mode, but the workspace has mode ${ours}`,
      event.id,
    );
  }
  const about = { paymentId: paymentIdOf(event), pageId: pageIdOf(event), transactionId: chargeIdOf(event) };
  if (Object.values(about).every((id) => id === null))
    return quarantine('the event names no payment', event.id);
  return {
    verdict: 'accepted',
    eventId: event.id,
    kind: kindOf(event),
    ...about,
    ...subjectOf(event),
    pageSecret: null,
  };
}

const quarantine = (reason: string, eventId: string | null): WebhookReading => ({
  verdict: 'quarantined',
  reason,
  eventId,
});

/** A completed session may still wait for its money (`unpaid`). Then it only says that something happened. */
function kindOf({ type, data: { object } }: WireEvent): Kind {
  if (!isSubscribed(type)) return 'other';
  if (type === 'checkout.session.completed' && object.payment_status !== 'paid') return 'other';
  return EVENT_KINDS[type];
}

const isSubscribed = (type: string): type is keyof typeof EVENT_KINDS => Object.hasOwn(EVENT_KINDS, type);

function paymentIdOf({ data: { object } }: WireEvent): string | null {
  const told = [object.client_reference_id, object.metadata?.paymentId];
  return told.find((id) => typeof id === 'string' && isId('payment', id)) ?? null;
}

function pageIdOf({ data: { object } }: WireEvent): string | null {
  return object.object === 'checkout.session' ? object.id : null;
}

/** The charge that an intent, refund or dispute is about. A session does not name it. */
function chargeIdOf({ data: { object } }: WireEvent): string | null {
  if (object.object === 'charge') return object.id;
  return object.charge ?? object.last_payment_error?.charge ?? object.latest_charge;
}

/**
 * Refunds and disputes have their own ids, and a status that a read-back may not show yet. A session is paid once, so
 * its id identifies the charge.
 */
function subjectOf({ data: { object } }: WireEvent): Pick<Accepted, 'subjectId' | 'subjectStatus'> {
  const { id, object: kind, status } = object;
  if (id === null || kind === null || !['refund', 'dispute', 'checkout.session'].includes(kind)) return {};
  const subjectStatus = STATUSES.get(kind)?.get(status ?? '');
  return subjectStatus ? { subjectId: id, subjectStatus } : { subjectId: id };
}

/** By kind of object and Stripe's word. A word without an entry says nothing for certain. */
const STATUSES = new Map([
  ['refund', new Map<string, Accepted['subjectStatus'] | null>(Object.entries(REFUND_STATUSES))],
  ['dispute', new Map<string, Accepted['subjectStatus'] | null>(Object.entries(DISPUTE_STATUSES))],
]);
