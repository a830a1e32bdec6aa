import { expect, it } from '#jest';
import type { ProviderTransaction } from '../../src/providers/payments/payment-provider.ts';
import { AMOUNT, openCharge } from './payment-charge.ts';
import type { PaymentRig } from './payment-rig.ts';
import { PAYMENT_SUBJECTS } from './payment-subjects.ts';
import type { SubjectName } from './payment-subjects.ts';

const SECOND_MS = 1_000;

/** All that moved on an account in a time. Other tests' money is there too. */
export function listingCases(name: SubjectName, rig: () => PaymentRig): void {
  async function listOwn(transactionIds: readonly string[], from: Date, until: Date, credentials?: unknown) {
    const own: ProviderTransaction[] = [];
    const provider = rig().provider(name, { credentials });
    for await (const one of provider.listPayments?.({ from, until }) ?? []) {
      if (transactionIds.includes(one.transactionId)) own.push(one);
    }
    return own;
  }

  it('tells a charge and its refund as a read-back does, from the first moment on and before the last', async () => {
    const from = new Date(Math.floor(Date.now() / SECOND_MS) * SECOND_MS);
    const { charge, toRefund, refunds, paymentId } = await openCharge(rig(), name);
    await rig().provider(name).refund?.(toRefund(AMOUNT));
    const told = [charge, ...(await refunds())];
    const ids = told.map(({ transactionId }) => transactionId);
    const after = new Date(Date.now() + SECOND_MS);
    const facts = told.map(({ transactionId, kind, status, amount, currency }) => {
      return { transactionId, kind, status, amount, currency, reference: paymentId };
    });
    expect(await listOwn(ids, from, after)).toMatchObject(facts);
    expect(await listOwn(ids, new Date(0), from)).toEqual([]);
    expect(await listOwn(ids, from, after, PAYMENT_SUBJECTS[name].otherCredentials)).toEqual([]);
  });
}

/** All disputes that were opened on an account in a time. */
export function disputeListingCases(name: SubjectName, rig: () => PaymentRig): void {
  it('tells a dispute as a read-back does, in the time in which it was opened and in no other', async () => {
    const from = new Date(Math.floor(Date.now() / SECOND_MS) * SECOND_MS);
    const { charge, paymentId } = await openCharge(rig(), name);
    const [checkout] = await rig().checkouts(paymentId);
    await rig().dispute(checkout?.id ?? '');
    const listOwn = async (first: Date, last: Date) => {
      const own: unknown[] = [];
      for await (const one of rig().provider(name).listDisputes?.({ from: first, until: last }) ?? [])
        if (one.transactionId === charge.transactionId) own.push(one);
      return own;
    };
    const { amount, currency, transactionId } = charge;
    const after = new Date(Date.now() + SECOND_MS);
    expect(await listOwn(from, after)).toMatchObject([{ transactionId, status: 'open', amount, currency }]);
    expect(await listOwn(new Date(0), from)).toEqual([]);
  });
}
