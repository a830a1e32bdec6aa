import { describe, expect, it } from '#jest';
import fc from 'fast-check';
import { toTransactions, uniteTransactions } from './map.ts';
import type { WireTransaction } from './wire.ts';

const CHARGE: WireTransaction = {
  uid: 'charge-1',
  pageUid: 'page-1',
  type: 'Charge',
  isCancelled: null,
  status: 'approved',
  statusCode: '000',
  amount: 129.9,
  currency: 'ILS',
  date: '2026-01-05 10:11:12',
  creditTerms: 'regular',
  moreInfo: 'pay_0001',
  moreInfo1: null,
  method: 'credit-card',
  paymentCount: 1,
  firstPayment: null,
  restPayment: null,
  approval: '0123456',
  lastFour: '9844',
  brandName: 'mastercard',
  payerName: 'Dana Levi',
  document: null,
};
const REFUND: WireTransaction = { ...CHARGE, uid: 'refund-1', type: 'Refund', amount: 50, moreInfo: null };

const read = (rows: readonly WireTransaction[]) => toTransactions(rows).transactions;
const only = (wire: Partial<WireTransaction>) => read([{ ...CHARGE, ...wire }])[0];
const meansOf = (wire: Partial<WireTransaction>) => only(wire)?.means[0];

describe('the status table', () => {
  it.each([
    ['Charge', '000', 'charge', 'succeeded'],
    ['Charge', '004', 'charge', 'declined'],
    ['Charge', '00', 'charge', 'declined'],
    ['Charge', '0', 'charge', 'declined'],
    ['Approval', '000', 'charge', 'pending'],
    ['Approval', '033', 'charge', 'declined'],
    ['Refund', '000', 'refund', 'succeeded'],
    ['Refund', '036', 'refund', 'declined'],
  ])('%s with %s is a %s that %s', (type, statusCode, kind, status) => {
    expect(only({ type, statusCode, status: null })).toMatchObject({ kind, status, rawCode: statusCode });
  });

  it('leaves out a check of a card, which moves no money', () => {
    expect(toTransactions([{ ...CHARGE, type: 'Check' }])).toEqual({ transactions: [], unreadable: [] });
  });

  it.each([
    ['an unknown type', { type: 'Chargeback' }],
    ['a type that is only a name of JavaScript', { type: 'constructor' }],
    ['no type', { type: null }],
    ['an unknown status', { status: 'on_hold' }],
    ['a rejected success', { status: 'rejected' }],
    ['an approved failure', { statusCode: '004' }],
    ['an amount with too many decimals', { amount: 129.905 }],
    ['an amount out of range', { amount: 1e21 }],
    ['a date that is none', { date: 'yesterday' }],
  ])('guesses nothing from %s, and reads what stands beside it', (_what, odd) => {
    const { transactions, unreadable } = toTransactions([{ ...CHARGE, ...odd, uid: 'odd' }, CHARGE]);
    expect(transactions.map(({ transactionId }) => transactionId)).toEqual(['charge-1']);
    expect(unreadable).toEqual([
      { rowId: 'odd', problem: expect.stringMatching(/^its \w+ cannot be read$/) },
    ]);
  });

  it('takes kinds in any case, and a word that is new beside a refusal for what it is', () => {
    expect(only({ type: 'charge' })?.kind).toBe('charge');
    expect(only({ type: 'refund' })?.kind).toBe('refund');
    expect(only({ statusCode: '004', status: 'on_hold' })).toMatchObject({ status: 'declined' });
    expect(toTransactions([{ ...CHARGE, type: 'Preview', statusCode: '004', status: null }])).toEqual({
      transactions: [],
      unreadable: [],
    });
  });
});

describe('a transaction', () => {
  it('is dated by a clock in Israel, in winter and in summer, and keeps the stamp', () => {
    expect(only({ date: '2026-01-05 10:11:12' })?.paidAt.toISOString()).toBe('2026-01-05T08:11:12.000Z');
    expect(only({ date: '2026-07-05 10:11:12' })?.paidAt.toISOString()).toBe('2026-07-05T07:11:12.000Z');
    expect(only({ date: '2025-12-31 23:59:30' })).toMatchObject({
      paidAt: new Date('2025-12-31T21:59:30Z'),
      paidAtRaw: '2025-12-31 23:59:30',
    });
  });

  it('has exactly the minor units of the number that PayPlus wrote', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999_999 }), (minor) => {
        const amount = JSON.parse(
          `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`,
        ) as number;
        expect(only({ amount })?.amount).toBe(minor);
      }),
    );
  });

  it('keeps a currency that we do not support, so that the mismatch can be told', () => {
    expect(only({ currency: 'CHF' })).toMatchObject({ currency: 'CHF', amount: 12_990 });
  });

  it('carries a document of the vendor', () => {
    expect(only({ document: '10001' })?.foreignDocument).toBe('10001');
  });

  it('that is a refund names the charge it reverses where one charge can be meant', () => {
    expect(read([REFUND, CHARGE])[0]?.refundOf).toBe('charge-1');
  });

  it('that is a refund names none where two can be meant', () => {
    expect(read([REFUND, CHARGE, { ...CHARGE, uid: 'charge-2' }])[0]?.refundOf).toBeNull();
    const elsewhere = { ...CHARGE, uid: 'charge-2', pageUid: 'page-2' };
    expect(read([{ ...REFUND, pageUid: null }, CHARGE, elsewhere])[0]?.refundOf).toBeNull();
  });
});

describe('two spellings of one transaction', () => {
  const nested = { ...CHARGE, status: null, brandName: null, firstPayment: 0, approval: '777' };

  it('fill each other in', () => {
    const flat = { ...CHARGE, approval: null };
    expect(uniteTransactions([nested, flat])).toEqual([
      { ...CHARGE, isCancelled: false, firstPayment: 0, approval: '777' },
    ]);
  });

  it('become a success when one of them tells of it, in either order', () => {
    const rejected = { ...CHARGE, statusCode: '004', status: null, amount: 1 };
    for (const seen of [
      [rejected, CHARGE],
      [CHARGE, rejected],
    ]) {
      expect(read(uniteTransactions(seen))).toMatchObject([{ status: 'succeeded', amount: 12_990 }]);
    }
  });

  it('leave other transactions alone', () => {
    expect(uniteTransactions([CHARGE, REFUND]).map(({ uid }) => uid)).toEqual(['charge-1', 'refund-1']);
  });
});

describe('means', () => {
  it('of a card name brand, digits and approval', () => {
    expect(meansOf({})).toEqual({
      method: 'card',
      amount: 12_990,
      brand: 'mastercard',
      last4: '9844',
      wallet: null,
      dealType: 'regular',
      installments: 1,
      firstAmount: null,
      restAmount: null,
      approvalNumber: '0123456',
      dueDate: null,
    });
  });

  it.each([
    ['bit', 'bit', 'bit'],
    ['apple-pay', 'apple_pay', 'apple-pay'],
    ['google-pay', 'google_pay', 'google-pay'],
    ['multipass', 'other', 'multipass'],
    ['toString', 'other', 'toString'],
  ])('by %s are %s', (name, method, wallet) => {
    expect(meansOf({ method: name, lastFour: null })).toMatchObject({ method, wallet });
  });

  it('are a card where digits are all that is told, and unknown where nothing is', () => {
    expect(meansOf({ method: null })?.method).toBe('card');
    expect(meansOf({ method: null, lastFour: null })).toMatchObject({ method: 'other', wallet: null });
  });

  it('in instalments come to exactly the amount', () => {
    const told = {
      amount: 100,
      creditTerms: 'payments',
      paymentCount: 3,
      firstPayment: 33.34,
      restPayment: 33.33,
    };
    const parts = { firstAmount: 3334, restAmount: 3333 };
    expect(meansOf(told)).toMatchObject({ dealType: 'instalments', installments: 3, ...parts });
  });

  it('do not tell instalments that miss the amount', () => {
    const told = { amount: 100, paymentCount: 3, firstPayment: 33.33, restPayment: 33.33 };
    expect(meansOf(told)).toMatchObject({ installments: 3, firstAmount: null, restAmount: null });
  });

  it.each([
    ['credit', 6, 'credit'],
    [null, 6, 'instalments'],
    [null, 1, 'regular'],
  ])('with terms %s and %i payments are %s', (creditTerms, paymentCount, dealType) => {
    expect(meansOf({ creditTerms, paymentCount })?.dealType).toBe(dealType);
  });
});
