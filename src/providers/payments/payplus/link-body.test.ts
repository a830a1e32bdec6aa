import { describe, expect, it } from '#jest';
import type { PageOrder } from '../payment-provider.ts';
import { toLinkBody, toPage, toPageMinutes } from './link-body.ts';

const ORDER: PageOrder = {
  paymentId: 'pay_0001',
  amount: 35_050,
  currency: 'ILS',
  description: 'תשלום',
  locale: 'he',
  expiresAt: new Date('2026-01-05T12:00:00Z'),
  returnUrl: 'https://pay.example/pay/token/return?lang=he',
  webhookUrl: 'https://pay.example/webhooks/payplus/token',
  maxInstallments: null,
  methods: null,
  customer: { name: null, email: null, phone: null },
  idempotencyKey: 'pay_0001/1',
};
const NOW = new Date('2026-01-05T10:00:30Z');

const asSent = (order: Partial<PageOrder> = {}) =>
  JSON.stringify(toLinkBody({ ...ORDER, ...order }, 'page-1', 30));
const parsed = (order: Partial<PageOrder> = {}) => JSON.parse(asSent(order)) as Record<string, unknown>;

describe('the request for a page', () => {
  it.each([
    [1, '0.01'],
    [10, '0.10'],
    [35_050, '350.50'],
    [9_007_199_254_740_991, '90071992547409.91'],
  ])('writes %i minor units as the number %s, in the amount and in the item', (amount, text) => {
    expect(asSent({ amount }).split(`:${text},`)).toHaveLength(3);
  });

  it('charges, mails nobody, asks for failures and issues no document', () => {
    expect(parsed()).toMatchObject({
      charge_method: 1,
      sendEmailApproval: false,
      sendEmailFailure: false,
      send_failure_callback: true,
      initial_invoice: false,
    });
  });

  it('tells the return page what the payer saw, besides what its address already says', () => {
    expect(parsed()).toMatchObject({
      refURL_success: 'https://pay.example/pay/token/return?lang=he&outcome=success',
      refURL_failure: 'https://pay.example/pay/token/return?lang=he&outcome=failure',
      refURL_cancel: 'https://pay.example/pay/token/return?lang=he&outcome=cancel',
      refURL_callback: ORDER.webhookUrl,
    });
  });

  it('leaves out what the order does not say', () => {
    const { customer, payments, allowed_charge_methods: methods } = parsed();
    expect([customer, payments, methods]).toEqual([undefined, undefined, undefined]);
  });

  it('passes on what the order says', () => {
    const customer = { name: 'Dana Levi', email: null, phone: '0500000000' };
    expect(parsed({ customer, maxInstallments: 3, methods: ['bit', 'card', 'cash'] })).toMatchObject({
      customer: { customer_name: 'Dana Levi', phone: '0500000000' },
      payments: 3,
      allowed_charge_methods: ['credit-card', 'bit'],
    });
  });

  it('is refused with a sentence when PayPlus offers none of the methods', () => {
    expect(() => asSent({ methods: ['cash'] })).toThrow(
      /^methods must name at least one that PayPlus offers: card, bit/,
    );
  });
});

describe('the life of a page', () => {
  it.each([
    ['ends with the payment', '2026-01-05T10:30:29Z', 1440, 29],
    ['is no longer than the option', '2026-02-05T10:00:00Z', 1440, 1440],
    ['is never less than a minute', '2026-01-05T09:00:00Z', 1440, 1],
  ])('%s', (_rule, expiresAt, most, minutes) => {
    expect(toPageMinutes(new Date(expiresAt), NOW, most)).toBe(minutes);
  });

  it('is counted from the asking', () => {
    const page = toPage({ uid: 'u', link: 'https://payments.example/u' }, NOW, 30);
    expect(page.expiresAt.toISOString()).toBe('2026-01-05T10:30:30.000Z');
  });
});
