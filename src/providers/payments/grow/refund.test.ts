import { describe, expect, it } from '#jest';
import { growWith, no, NOON, ok, process, ROW } from './testing/test-grow.ts';

const DONE = ok({ transactionId: '800000002', statusCode: 3 });
const REFUND_ROW = {
  ...ROW,
  transactionId: '800000002',
  statusCode: '6',
  refundedTransactionId: '800000001',
};
const whole = { amount: 12_990 };

describe('a refund', () => {
  it('names the charge, its token and the sum', async () => {
    const { refund, asked } = growWith({ refundTransaction: DONE });
    expect(await refund()).toEqual({ transactionId: '800000002', status: 'succeeded', rawCode: '3' });
    expect(asked[0]?.fields).toMatchObject({ userId: 'u', transactionToken: 'tt-1', refundSum: '50.00' });
  });

  it('of all has the name under which the read-back tells it', async () => {
    const asRecord = growWith({ refundTransaction: DONE, getPaymentProcessInfo: process(ROW, REFUND_ROW) });
    expect(await asRecord.refund(whole)).toMatchObject({ transactionId: '800000002', status: 'succeeded' });
    const cancelled = process({ ...ROW, statusCode: '4' });
    const asVoid = growWith({ refundTransaction: DONE, getPaymentProcessInfo: cancelled });
    expect(await asVoid.refund(whole)).toMatchObject({
      transactionId: '800000001-void',
      status: 'succeeded',
    });
  });

  it.each([
    ['shows nothing yet', process(ROW)],
    ['fails', '<html>'],
  ])(
    'of all is unseen, so that a person is asked soon, while the read-back %s',
    async (_how, getPaymentProcessInfo) => {
      const { refund, asked } = growWith({ refundTransaction: DONE, getPaymentProcessInfo });
      expect(await refund(whole)).toEqual({ transactionId: null, status: 'unseen', rawCode: '3' });
      expect(asked.filter(({ method }) => method === 'refundTransaction')).toHaveLength(1);
    },
  );

  it('waits for a person with 110, and for the read-back with a code that is not known', async () => {
    const byHand = growWith({ refundTransaction: no(110) });
    expect(await byHand.refund()).toEqual({ transactionId: null, status: 'pending', rawCode: '110' });
    const odd = growWith({ refundTransaction: ok({ transactionId: '800000002', statusCode: 77 }) });
    expect(await odd.refund()).toMatchObject({ transactionId: '800000002', status: 'pending' });
  });

  it.each([
    [1_000, 5_000],
    [60_000, 60_000],
    [86_400_000, 1_800_000],
  ])('that is too early by a charge of %i ms may come back after %i ms', async (ageMs, retryAfterMs) => {
    const paidAt = new Date(NOON.getTime() - ageMs);
    const charge = { transactionId: '800000001', secret: 'tt-1', amount: 12_990, paidAt };
    for (const id of [130, 207]) {
      await expect(growWith({ refundTransaction: no(id) }).refund({ charge })).rejects.toMatchObject({
        code: 'rejected',
        vendorCode: String(id),
        retryAfterMs,
        message: expect.stringMatching(/only the whole sum/),
      });
    }
  });

  it.each([
    [107, /after two refunds/],
    [115, /balance/],
    [210, /already/],
    [218, /more than what is left/],
    [999, /error 999/],
  ])('is refused with %i and a sentence, for good', async (id, message) => {
    await expect(growWith({ refundTransaction: no(id) }).refund()).rejects.toMatchObject({
      code: 'rejected',
      vendorCode: String(id),
      retryAfterMs: null,
      message: expect.stringMatching(message),
    });
  });

  it('without a token on record takes the one that the page tells', async () => {
    const charge = { transactionId: '800000001', secret: null, amount: 12_990, paidAt: NOON };
    const { refund, asked } = growWith({ refundTransaction: DONE, getPaymentProcessInfo: process(ROW) });
    await refund({ charge });
    expect(asked.at(-1)?.fields).toMatchObject({ transactionToken: 'tt-1' });
    await expect(growWith({}).refund({ charge })).rejects.toMatchObject({ code: 'rejected' });
  });
});
