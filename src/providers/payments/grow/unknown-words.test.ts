import { describe, expect, it } from '#jest';
import { growWith, process, ROW } from './testing/test-grow.ts';

/** Words that Grow may add. Beside the money they are ignored; about money they are never guessed (find-payment.test.ts). */
const meansOf = async (change: object) => {
  const told = await growWith({ getPaymentProcessInfo: process({ ...ROW, ...change }) }).findAll();
  expect(told.unreadable).toEqual([]);
  return told.transactions.map(({ status, means }) => [status, ...means]);
};

describe('what is no money', () => {
  it.each(['77', 'constructor', '', null, 7.5])(
    'never makes a row unreadable: a transactionTypeId of %j is another method',
    async (transactionTypeId) => {
      expect(await meansOf({ transactionTypeId })).toMatchObject([['succeeded', { method: 'other' }]]);
    },
  );

  it.each(['77', 'constructor', 'toString'])(
    'is no brand of a card: cardBrandCode %j',
    async (cardBrandCode) => {
      expect(await meansOf({ cardBrandCode })).toMatchObject([
        ['succeeded', { method: 'card', brand: null }],
      ]);
    },
  );

  it('is a usual deal: paymentType and cardTypeCode that nobody knows', async () => {
    expect(await meansOf({ paymentType: '77', cardTypeCode: '77', allPaymentsNum: 'many' })).toMatchObject([
      ['succeeded', { dealType: 'regular', installments: 1 }],
    ]);
  });
});
