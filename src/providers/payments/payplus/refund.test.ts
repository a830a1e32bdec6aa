import { describe, expect, it } from '#jest';
import { toRefund, toRefundBody } from './refund.ts';

const ORDER = {
  refundId: 'ref_01kb2m7c0000000000000000aa',
  paymentId: 'pay_01kb2m7c0000000000000000aa',
  charge: { transactionId: 'charge-1', secret: null, amount: 35_050, paidAt: new Date(0) },
  page: null,
  amount: 1_001,
  currency: 'ILS',
  idempotencyKey: 'ref_01kb2m7c0000000000000000aa',
} as const;

describe('a refund asked of PayPlus', () => {
  it('names the charge, the exact amount in major units and our id, and wants no document', () => {
    expect(JSON.stringify(toRefundBody(ORDER))).toBe(
      '{"transaction_uid":"charge-1","amount":10.01,"more_info":"pay_01kb2m7c0000000000000000aa",' +
        '"more_info_1":"ref_01kb2m7c0000000000000000aa","initial_invoice":false}',
    );
  });

  it('goes to the card part of a charge in parts', () => {
    const charge = { ...ORDER.charge, secret: 'part-1' };
    expect(toRefundBody({ ...ORDER, charge })).toMatchObject({ transaction_uid: 'part-1' });
  });

  it('has succeeded with code 000 and with no other', () => {
    expect(toRefund({ uid: 'refund-1', statusCode: '000' })).toEqual({
      transactionId: 'refund-1',
      status: 'succeeded',
      rawCode: '000',
    });
    expect(() => toRefund({ uid: 'refund-1', statusCode: '033' })).toThrow(
      expect.objectContaining({ code: 'rejected', vendorCode: '033' }),
    );
  });
});
