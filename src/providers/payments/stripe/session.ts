import type Stripe from 'stripe';
import type { PaymentMethod } from '../../../domain/means.ts';
import { ProviderError } from '../../../domain/provider-error.ts';
import type { PageOrder, ProviderPage } from '../payment-provider.ts';
import type { WireSession } from './wire.ts';

const MINUTE_MS = 60_000;
/**
 * Stripe's own limits are 30 minutes and 24 hours by its clock; ours may differ by a little.
 * Source: docs/reference/stripe.md, "Checkout Sessions".
 */
const SHORTEST_MS = 32 * MINUTE_MS;
const LONGEST_MS = 24 * 60 * MINUTE_MS - 2 * MINUTE_MS;

type MethodType = Stripe.Checkout.SessionCreateParams.AllowedPaymentMethodType;

/** Methods that can be requested, and the Stripe type for each; wallets come with cards. */
export const METHOD_TYPES: Partial<Record<PaymentMethod, MethodType>> = {
  card: 'card',
  apple_pay: 'card',
  google_pay: 'card',
  paypal: 'paypal',
};

/** The hosted page has no Hebrew. `auto` uses the browser's language if Stripe has it, else English. */
const LOCALES = { he: 'auto', en: 'en' } as const;

/**
 * The requested end of the page in unix seconds, on a whole minute, so that a repeated request is identical. Null for
 * Stripe's own 24 hours. Never sooner than Stripe allows.
 */
export function toExpiry(expiresAt: Date, now: Date, maxPageMinutes: number): number | null {
  const wanted = Math.min(expiresAt.getTime(), now.getTime() + maxPageMinutes * MINUTE_MS);
  const end = Math.max(wanted, now.getTime() + SHORTEST_MS);
  if (end - now.getTime() > LONGEST_MS) return null;
  return Math.floor(end / MINUTE_MS) * 60;
}

/**
 * The request for a page: one payment of one neutral line, in exactly the requested currency. Our id is on the
 * session and on the intent, because Stripe does not copy it between them. Methods limit what the dashboard of the
 * account offers: this API version has no other way.
 * Source: docs/reference/stripe.md, "Metadata".
 * @throws ProviderError `rejected` if Stripe offers none of the requested methods
 */
export function toSessionBody(
  order: PageOrder,
  expiresAt: number | null,
): Stripe.Checkout.SessionCreateParams {
  const metadata = { paymentId: order.paymentId };
  return {
    mode: 'payment',
    client_reference_id: order.paymentId,
    metadata,
    payment_intent_data: { metadata },
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: order.currency.toLowerCase(),
          unit_amount: order.amount,
          product_data: { name: order.description },
        },
      },
    ],
    adaptive_pricing: { enabled: false },
    locale: LOCALES[order.locale],
    success_url: withOutcome(order.returnUrl, 'success'),
    cancel_url: withOutcome(order.returnUrl, 'cancel'),
    ...(expiresAt === null ? {} : { expires_at: expiresAt }),
    ...(order.methods === null ? {} : { allowed_payment_method_types: toMethodTypes(order.methods) }),
    ...(order.customer.email === null ? {} : { customer_email: order.customer.email }),
  };
}

/** @throws ProviderError `bad_answer` if the session has no address */
export function toPage(session: WireSession, order: PageOrder): ProviderPage {
  if (session.url === null) throw new ProviderError('bad_answer', 'Stripe made a page without an address');
  const end = Math.min((session.expiresAt ?? Infinity) * 1000, order.expiresAt.getTime());
  return { pageId: session.id, url: session.url, expiresAt: new Date(end), secret: null };
}

/** Tells the return page what the payer saw. It only selects the words there. */
function withOutcome(returnUrl: string, outcome: 'success' | 'cancel'): string {
  const url = new URL(returnUrl);
  url.searchParams.set('outcome', outcome);
  return url.href;
}

/** The Stripe types for the requested methods, without methods that Stripe does not have. */
export function toMethodTypes(methods: readonly string[]): MethodType[] {
  const types = Object.entries(METHOD_TYPES).flatMap(([name, type]) =>
    methods.includes(name) ? [type] : [],
  );
  if (types.length === 0) throw new ProviderError('rejected', METHODS_MISSING);
  return [...new Set(types)];
}

/** The refusal of an order whose methods Stripe has none of. */
export const METHODS_MISSING = `methods must name at least one that Stripe offers: ${Object.keys(METHOD_TYPES).join(', ')}`;
