import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { readPayment, untilStatus } from '../e2e/support/clinic.ts';
import { paid } from '../e2e/support/paid-payments.ts';
import { transaction, openVendorWord } from './vendor-word.ts';
import type { VendorWord } from './vendor-word.ts';

let word: VendorWord;
beforeAll(async () => {
  word = await openVendorWord();
});
afterAll(() => word.close());

describe('an answer that tells only of a refund made at the vendor', () => {
  it('is credited once and shown to a person, and forgets no money that came', async () => {
    const { clinic } = word;
    const { id, amount, documentIds } = await paid(clinic);
    const refund = { kind: 'refund', transactionId: `refund-of-${id}`, amount: 1_000 } as const;
    await word.tell(id, { transactions: [transaction(id, refund)] });

    expect(await readPayment(clinic, id)).toMatchObject({
      status: 'completed',
      review: 'reconciliation',
      capturedAmount: amount,
      documentIds: expect.arrayContaining([...documentIds]),
    });
    const credited = await untilStatus(clinic, id, 'partially_refunded');
    expect(credited).toMatchObject({ refundedAmount: 1_000, review: 'reconciliation' });
    expect(credited.documentIds).toHaveLength(2);
    await word.tell(id, { transactions: [transaction(id, refund)] });
    expect((await readPayment(clinic, id)).refundedAmount).toBe(1_000);
  });
});
