import { describe, expect, it } from '#jest';
import { toCharge, toDispute, toRefundTransaction } from './map.ts';
import { CHARGE, DISPUTE, REFUND, SESSION } from './wire.ts';

const PAYMENT = 'pay_01kb2m7c0000000000000000aa';
const REFUND_ID = 'ref_01kb2m7c0000000000000000aa';
const PAGE = { reference: PAYMENT, pageId: 'cs_1' };

const charge = (change: object = {}) =>
  CHARGE.parse({
    id: 'ch_1',
    livemode: false,
    amount: 10_000,
    currency: 'ils',
    created: 1_767_607_872,
    status: 'succeeded',
    captured: true,
    metadata: {},
    payment_intent: 'pi_1',
    billing_details: { name: 'Dana Levi' },
    payment_method_details: {
      type: 'card',
      card: { brand: 'visa', last4: '4242', authorization_code: '012345' },
    },
    ...change,
  });
const refund = (change: object = {}) =>
  REFUND.parse({
    id: 're_1',
    amount: 4_000,
    currency: 'ils',
    created: 1_767_607_900,
    status: 'succeeded',
    charge: 'ch_1',
    payment_intent: 'pi_1',
    metadata: { refundId: REFUND_ID, paymentId: PAYMENT },
    ...change,
  });
const dispute = (change: object) =>
  DISPUTE.parse({ id: 'du_1', livemode: false, amount: 10_000, currency: 'ils', charge: 'ch_1', ...change });

describe('a charge', () => {
  it('is told in full', () => {
    expect(toCharge(charge(), PAGE)).toEqual({
      transactionId: 'ch_1',
      kind: 'charge',
      status: 'succeeded',
      amount: 10_000,
      currency: 'ILS',
      paidAt: new Date('2026-01-05T10:11:12Z'),
      paidAtRaw: '1767607872',
      means: [
        {
          method: 'card',
          amount: 10_000,
          brand: 'visa',
          last4: '4242',
          wallet: null,
          dealType: 'regular',
          installments: 1,
          firstAmount: null,
          restAmount: null,
          approvalNumber: '012345',
          dueDate: null,
        },
      ],
      payerName: 'Dana Levi',
      reference: PAYMENT,
      pageId: 'cs_1',
      refundOf: null,
      refundReference: null,
      secret: null,
      refundable: null,
      rawCode: 'succeeded',
      foreignDocument: null,
    });
  });

  it.each([
    [{ status: 'failed', captured: false, failure_code: 'card_declined' }, 'declined', 'card_declined'],
    [{ status: 'pending' }, 'pending', 'pending'],
    [{ captured: false }, 'pending', 'succeeded'],
  ])('%j is %s', (change, status, rawCode) => {
    expect(toCharge(charge(change), PAGE)).toMatchObject({ status, rawCode });
  });

  it.each([
    [{ type: 'card', card: { wallet: { type: 'apple_pay' } } }, 'apple_pay', 'apple_pay'],
    [{ type: 'card', card: { wallet: { type: 'google_pay' } } }, 'google_pay', 'google_pay'],
    [{ type: 'card', card: { wallet: { type: 'link' } } }, 'card', 'link'],
    [{ type: 'paypal' }, 'paypal', 'paypal'],
    [{ type: 'sepa_debit' }, 'bank_transfer', 'sepa_debit'],
    [{ type: 'klarna' }, 'other', 'klarna'],
    [{ type: 'toString' }, 'other', 'toString'],
    [null, 'other', null],
  ])('paid by %j is %s with the wallet %s', (payment_method_details, method, wallet) => {
    expect(toCharge(charge({ payment_method_details }), PAGE).means).toMatchObject([
      { method, wallet, amount: 10_000 },
    ]);
  });

  it.each([
    ['jpy', 5_000, 5_000],
    ['isk', 500_000, 5_000],
    ['ugx', 500_000, 5_000],
    ['mga', 5_000, 500_000],
    ['kwd', 5_000, 5_000],
  ])('in %s of %p is %p minor units of ISO 4217', (currency, amount, minor) => {
    const told = toCharge(charge({ currency, amount }), PAGE);
    expect(told).toMatchObject({
      amount: minor,
      currency: currency.toUpperCase(),
      means: [{ amount: minor }],
    });
  });

  it('of half a króna is not believed', () => {
    expect(() => charge({ currency: 'isk', amount: 500_050 })).toThrow();
  });

  it('in instalments says how many', () => {
    const card = { brand: 'visa', last4: '4242', installments: { plan: { count: 3 } } };
    const [means] = toCharge(charge({ payment_method_details: { type: 'card', card } }), PAGE).means;
    expect(means).toMatchObject({ dealType: 'instalments', installments: 3 });
  });

  it.each(['status', 'amount', 'currency', 'created', 'captured', 'livemode'])(
    'without %s is not believed',
    (field) => {
      expect(() => charge({ [field]: undefined })).toThrow();
    },
  );

  it.each([{ status: 'on_hold' }, { amount: 10.5 }, { amount: '10' }, { currency: 'ILS' }])(
    '%j is not believed',
    (change) => {
      expect(() => charge(change)).toThrow();
    },
  );

  it('knows our id from its intent where that is told, else from itself', () => {
    const intent = { id: 'pi_1', metadata: { paymentId: PAYMENT } };
    expect(charge({ payment_intent: intent, metadata: { paymentId: 'other' } })).toMatchObject({
      intentId: 'pi_1',
      paymentId: PAYMENT,
    });
    expect(charge({ metadata: { paymentId: PAYMENT } })).toMatchObject({
      intentId: 'pi_1',
      paymentId: PAYMENT,
    });
  });
});

describe('a refund', () => {
  it('names our refund, the charge it reverses, and how it was paid', () => {
    expect(toRefundTransaction(refund(), PAGE, charge())).toMatchObject({
      transactionId: 're_1',
      kind: 'refund',
      status: 'succeeded',
      amount: 4_000,
      refundOf: 'ch_1',
      refundReference: REFUND_ID,
      reference: PAYMENT,
      means: [{ method: 'card', amount: 4_000, last4: '4242' }],
    });
  });

  it('made elsewhere carries no id of ours', () => {
    expect(toRefundTransaction(refund({ metadata: {} }), PAGE, null).refundReference).toBeNull();
    expect(
      toRefundTransaction(refund({ metadata: { refundId: 'theirs' } }), PAGE, null).refundReference,
    ).toBeNull();
  });

  it.each([
    ['pending', 'pending'],
    ['requires_action', 'pending'],
    ['failed', 'declined'],
    ['canceled', 'declined'],
  ])('that is %s is %s', (status, expected) => {
    expect(toRefundTransaction(refund({ status }), PAGE, null)).toMatchObject({
      status: expected,
      rawCode: status,
    });
  });
});

describe('a dispute', () => {
  it.each([
    ['needs_response', 'open'],
    ['under_review', 'open'],
    ['warning_needs_response', 'inquiry'],
    ['warning_under_review', 'inquiry'],
    ['appeal_needs_response', 'open'],
    ['appeal_under_review', 'open'],
    ['won', 'won'],
    ['warning_closed', 'won'],
    ['lost', 'lost'],
  ])('that is %s is %s', (status, expected) => {
    expect(toDispute(dispute({ status }))).toEqual({
      disputeId: 'du_1',
      transactionId: 'ch_1',
      status: expected,
      amount: 10_000,
      currency: 'ILS',
    });
  });

  it('that was prevented is lost only where it took money from the balance', () => {
    const changes = (...amounts: number[]) => ({
      status: 'prevented',
      balance_transactions: amounts.map((amount) => ({ amount })),
    });
    expect(toDispute(dispute(changes(-10_000))).status).toBe('lost');
    expect(toDispute(dispute(changes(-10_000, 10_000))).status).toBe('won');
    expect(toDispute(dispute(changes())).status).toBe('won');
  });

  it('of a new status is not believed where the balance says nothing', () => {
    expect(() => dispute({ status: 'charge_refunded' })).toThrow();
  });
});

describe('a session', () => {
  const wire = { id: 'cs_1', livemode: false, expires_at: 1, metadata: { paymentId: PAYMENT } };
  it('names the payment by either of the two places, and its intent however it is told', () => {
    expect(SESSION.parse(wire)).toMatchObject({ paymentId: PAYMENT, intentId: null, url: null });
    expect(
      SESSION.parse({ ...wire, client_reference_id: 'other', payment_intent: { id: 'pi_1' } }),
    ).toMatchObject({
      paymentId: 'other',
      intentId: 'pi_1',
    });
  });

  it('whose address is no web address has none', () => {
    expect(SESSION.parse({ ...wire, url: 'javascript:alert(1)' }).url).toBeNull();
  });
});
