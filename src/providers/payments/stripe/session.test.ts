import { describe, expect, it } from '#jest';
import type { PageOrder } from '../payment-provider.ts';
import { toExpiry, toPage, toSessionBody } from './session.ts';

const NOW = new Date('2026-11-25T10:00:20Z');
const inMinutes = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const PAYMENT = 'pay_01kb2m7c0000000000000000aa';

const order = (change: Partial<PageOrder> = {}): PageOrder => ({
  paymentId: PAYMENT,
  amount: 35_050,
  currency: 'ILS',
  description: 'תשלום',
  locale: 'he',
  expiresAt: inMinutes(60 * 24 * 30),
  returnUrl: 'https://pay.example/pay/token/return',
  webhookUrl: 'https://pay.example/webhooks/stripe/token',
  maxInstallments: 12,
  methods: null,
  customer: { name: 'Dana Levi', email: 'dana@example.com', phone: '0500000000' },
  idempotencyKey: `${PAYMENT}/page/1`,
  ...change,
});

describe('the request for a page', () => {
  it('says what is needed and nothing else', () => {
    expect(toSessionBody(order(), null)).toEqual({
      mode: 'payment',
      client_reference_id: PAYMENT,
      metadata: { paymentId: PAYMENT },
      payment_intent_data: { metadata: { paymentId: PAYMENT } },
      line_items: [
        {
          quantity: 1,
          price_data: { currency: 'ils', unit_amount: 35_050, product_data: { name: 'תשלום' } },
        },
      ],
      adaptive_pricing: { enabled: false },
      locale: 'auto',
      success_url: 'https://pay.example/pay/token/return?outcome=success',
      cancel_url: 'https://pay.example/pay/token/return?outcome=cancel',
      customer_email: 'dana@example.com',
    });
  });

  it('leaves out what is not known', () => {
    const customer = { name: null, email: null, phone: null };
    expect(toSessionBody(order({ customer, locale: 'en' }), 1_800_000_000)).toMatchObject({
      expires_at: 1_800_000_000,
      locale: 'en',
    });
    expect(toSessionBody(order({ customer }), null)).not.toHaveProperty('customer_email');
  });

  it('asks for the methods that Stripe has, wallets with the card', () => {
    const ask = (...methods: string[]) =>
      toSessionBody(order({ methods }), null).allowed_payment_method_types;
    expect(ask('google_pay', 'card', 'bit')).toEqual(['card']);
    expect(ask('paypal', 'apple_pay')).toEqual(['card', 'paypal']);
    expect(() => ask('bit')).toThrow(expect.objectContaining({ code: 'rejected' }));
  });
});

describe('the end of a page', () => {
  it.each([
    ['a month ahead is left to Stripe', inMinutes(60 * 24 * 30), 43_200, null],
    ['a day ahead is left to Stripe', inMinutes(60 * 24), 43_200, null],
    ['is the payment’s, on the minute', inMinutes(90), 43_200, Date.parse('2026-11-25T11:30:00Z') / 1000],
    ['is the option’s where that is sooner', inMinutes(90), 45, Date.parse('2026-11-25T10:45:00Z') / 1000],
    ['is never sooner than Stripe allows', inMinutes(5), 43_200, Date.parse('2026-11-25T10:32:00Z') / 1000],
  ])('%s', (_what, expiresAt, maxMinutes, expected) => {
    expect(toExpiry(expiresAt, NOW, maxMinutes)).toBe(expected);
  });

  it('stays the same for a request that is repeated seconds later', () => {
    const later = new Date(NOW.getTime() + 30_000);
    expect(toExpiry(inMinutes(90), later, 43_200)).toBe(toExpiry(inMinutes(90), NOW, 43_200));
    expect(toExpiry(inMinutes(900), later, 45)).toBe(toExpiry(inMinutes(900), NOW, 45));
  });

  const session = {
    id: 'cs_1',
    isLive: false,
    isDead: false,
    paymentId: PAYMENT,
    intentId: null,
    url: 'https://pay.example/cs_1',
  };
  it('is told as Stripe says it, but never after the payment’s', () => {
    const expiresAt = inMinutes(60).getTime() / 1000;
    expect(toPage({ ...session, expiresAt }, order())).toEqual({
      pageId: 'cs_1',
      url: 'https://pay.example/cs_1',
      expiresAt: inMinutes(60),
      secret: null,
    });
    expect(toPage({ ...session, expiresAt }, order({ expiresAt: inMinutes(5) })).expiresAt).toEqual(
      inMinutes(5),
    );
  });

  it('of a page that has no address is no page', () => {
    expect(() => toPage({ ...session, url: null, expiresAt: 1 }, order())).toThrow(
      expect.objectContaining({ code: 'bad_answer' }),
    );
  });
});
