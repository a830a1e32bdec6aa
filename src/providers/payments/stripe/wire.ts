import { z } from 'zod';
import type { ZodType } from 'zod';
import { exponentOf, fromMajorText, toMajorText } from '../../../domain/money.ts';

/** An odd informative field must not make a whole answer unreadable: it counts as missing. */
const lenient = <T>(schema: ZodType<T>) =>
  schema
    .nullish()
    .catch(null)
    .transform((value) => value ?? null);
const words = z.string().min(1);

/** An object that Stripe names by its id, or includes in full if it was expanded. */
const ID = z.union([words, z.object({ id: words }).transform(({ id }) => id)]);
const ID_OR_NONE = ID.nullish().transform((id) => id ?? null);

/** Minor units as Stripe counts them, and the currency in capitals. */
const AMOUNT = z.int().min(0);
const CURRENCY = z
  .string()
  .regex(/^[a-z]{3}$/)
  .transform((code) => code.toUpperCase());
/**
 * Where Stripe counts with other decimals than ISO 4217 has. Source: docs/reference/stripe.md, "Amounts and currencies".
 */
const DECIMALS_OF_STRIPE: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: 0 };

/** The amount in minor units of ISO 4217, as everywhere else. What these cannot hold is unreadable. */
function inMinorUnits<Wire extends { readonly amount: number; readonly currency: string }>(
  wire: Wire,
  context: z.RefinementCtx,
): Wire {
  const { amount, currency } = wire;
  const exponent = exponentOf(currency);
  try {
    const text = toMajorText(amount, DECIMALS_OF_STRIPE[currency] ?? exponent);
    return { ...wire, amount: fromMajorText(text, exponent) };
  } catch {
    context.addIssue({ code: 'custom', path: ['amount'], message: 'is no sum of its currency' });
    return z.NEVER;
  }
}
/** Unix seconds. */
const STAMP = z.int().min(0);

/** Our ids in metadata: `paymentId` on everything of a payment, `refundId` on its refunds. */
const OURS = z
  .object({ paymentId: lenient(words), refundId: lenient(words) })
  .nullish()
  .catch(null)
  .transform((metadata) => metadata ?? { paymentId: null, refundId: null });

/** A Checkout Session. */
export const SESSION = z
  .object({
    id: words,
    livemode: z.boolean(),
    url: lenient(z.url({ protocol: /^https?$/ })),
    expires_at: lenient(STAMP),
    client_reference_id: lenient(words),
    metadata: OURS,
    payment_intent: ID_OR_NONE,
    status: lenient(words),
  })
  .transform((session) => ({
    id: session.id,
    /** An unknown word means nothing. */
    isDead: session.status === 'complete' || session.status === 'expired',
    isLive: session.livemode,
    url: session.url,
    expiresAt: session.expires_at,
    paymentId: session.client_reference_id ?? session.metadata.paymentId,
    intentId: session.payment_intent,
  }));
export type WireSession = z.infer<typeof SESSION>;

/** A PaymentIntent, reduced to whose it is. */
export const INTENT = z
  .object({ id: words, livemode: z.boolean(), metadata: OURS })
  .transform(({ id, livemode, metadata }) => ({ id, isLive: livemode, paymentId: metadata.paymentId }));
export type WireIntent = z.infer<typeof INTENT>;

const NO_CARD = { brand: null, last4: null, approval: null, wallet: null, installments: 1 };

/** The card that was used, if any; only informative. */
const CARD = z
  .object({
    brand: lenient(words),
    last4: lenient(words),
    authorization_code: lenient(words),
    wallet: lenient(z.object({ type: words })),
    installments: lenient(z.object({ plan: z.object({ count: z.int().min(1) }) })),
  })
  .transform(({ authorization_code, wallet, installments, ...card }) => ({
    ...card,
    approval: authorization_code,
    wallet: wallet?.type ?? null,
    installments: installments?.plan.count ?? 1,
  }))
  .catch(NO_CARD);

/** A Charge: one attempt to take money. */
export const CHARGE = z
  .object({
    id: words,
    livemode: z.boolean(),
    amount: AMOUNT,
    currency: CURRENCY,
    created: STAMP,
    status: z.enum(['succeeded', 'pending', 'failed']),
    captured: z.boolean(),
    metadata: OURS,
    payment_intent: z
      .union([words, z.object({ id: words, metadata: OURS })])
      .nullish()
      .transform((intent) =>
        typeof intent === 'string' ? { id: intent, metadata: null } : (intent ?? null),
      ),
    failure_code: lenient(words),
    billing_details: z.object({ name: lenient(words) }).catch({ name: null }),
    payment_method_details: z
      .object({ type: lenient(words), card: CARD })
      .catch({ type: null, card: NO_CARD }),
  })
  .transform(inMinorUnits)
  .transform(
    ({ livemode, payment_intent, metadata, billing_details, payment_method_details, ...charge }) => ({
      ...charge,
      payerName: billing_details.name,
      methodType: payment_method_details.type,
      card: payment_method_details.card,
      isLive: livemode,
      intentId: payment_intent?.id ?? null,
      paymentId: payment_intent?.metadata?.paymentId ?? metadata.paymentId,
    }),
  );
export type WireCharge = z.infer<typeof CHARGE>;

/** A Refund. It does not say whether it is test or live. */
export const REFUND = z
  .object({
    id: words,
    amount: AMOUNT,
    currency: CURRENCY,
    created: STAMP,
    status: z.enum(['pending', 'requires_action', 'succeeded', 'failed', 'canceled']),
    charge: ID_OR_NONE,
    payment_intent: ID_OR_NONE,
    metadata: OURS,
    failure_reason: lenient(words),
  })
  .transform(inMinorUnits)
  .transform(({ charge, payment_intent, metadata, ...refund }) => ({
    ...refund,
    ...metadata,
    isLive: null,
    chargeId: charge,
    intentId: payment_intent,
  }));
export type WireRefund = z.infer<typeof REFUND>;

const DISPUTE_WORDS = [
  'needs_response',
  'under_review',
  'warning_needs_response',
  'warning_under_review',
  'warning_closed',
  'won',
  'lost',
  'prevented',
  'appeal_needs_response',
  'appeal_under_review',
] as const;

/**
 * A Dispute, from an inquiry to a lost chargeback. One with an unknown status is read by its effect on the balance.
 * Source: docs/reference/stripe.md, "Events".
 */
export const DISPUTE = z
  .object({
    id: words,
    livemode: z.boolean(),
    amount: AMOUNT,
    currency: CURRENCY,
    charge: ID,
    /** Null for an unknown word. */
    status: lenient(z.enum(DISPUTE_WORDS)),
    /** Its effect on the balance of the account, signed. */
    balance_transactions: lenient(z.array(z.object({ amount: z.int() }))),
  })
  .refine(({ status, balance_transactions }) => status !== null || balance_transactions !== null, {
    path: ['status'],
  })
  .transform(inMinorUnits)
  .transform(({ livemode, charge, balance_transactions, ...dispute }) => ({
    ...dispute,
    isLive: livemode,
    chargeId: charge,
    balanceChanges: (balance_transactions ?? []).map(({ amount }) => amount),
  }));
export type WireDispute = z.infer<typeof DISPUTE>;

/** The balance of the account: every key can read it, so it tests a key. The sums do not matter. */
export const BALANCE = z
  .object({ livemode: z.boolean() })
  .transform(({ livemode }) => ({ isLive: livemode }));

/** A webhook endpoint. Its secret is shown once, when it is made. */
export const ENDPOINT = z
  .object({ id: words, livemode: z.boolean(), url: words, secret: words.nullish() })
  .transform(({ livemode, secret, ...endpoint }) => ({
    ...endpoint,
    isLive: livemode,
    secret: secret ?? null,
  }));
export type WireEndpoint = z.infer<typeof ENDPOINT>;

/** The object of an event: fields of a session, intent, charge, refund or dispute. */
export const EVENT = z.object({
  id: words,
  type: words,
  livemode: z.boolean(),
  data: z.object({
    object: z.object({
      id: lenient(words),
      object: lenient(words),
      client_reference_id: lenient(words),
      payment_status: lenient(words),
      /** Of a refund or dispute; other objects have other words. */
      status: lenient(words),
      metadata: lenient(z.object({ paymentId: lenient(words) })),
      charge: lenient(ID),
      latest_charge: lenient(ID),
      last_payment_error: lenient(z.object({ charge: lenient(ID) })),
    }),
  }),
});
export type WireEvent = z.infer<typeof EVENT>;
