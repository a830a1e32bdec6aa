import { expect, it } from '#jest';
import type { PaymentProvider, RefundOrder } from '../../src/providers/payments/payment-provider.ts';
import { AMOUNT, openCharge } from './payment-charge.ts';
import { altered, nothing } from './payment-rig.ts';
import type { PaymentRig } from './payment-rig.ts';
import { faceOf, PAYMENT_SUBJECTS } from './payment-subjects.ts';
import type { SubjectName } from './payment-subjects.ts';

/** What happens to the refund at the vendor, and how its verb must end. */
const OUTCOMES = [
  ['status_500', 'unknown', false],
  ['status_429', 'safe', false],
  ['connection_reset', 'unknown', false],
  ['timeout_before_effect', 'unknown', false],
  ['timeout_after_effect', 'unknown', true],
  ['empty', 'unknown', true],
  ['half_json', 'unknown', true],
  ['html', 'unknown', false],
] as const;

const refund = (provider: PaymentProvider, order: RefundOrder) => {
  if (provider.refund === undefined) throw new Error('the provider has no refunds');
  return provider.refund(order);
};

/** Money that is given back: exactly, once, and found again whatever became of the answer. */
export function refundCases(name: SubjectName, rig: () => PaymentRig): void {
  partsAndWholes(name, rig);
  answers(name, rig);
}

function partsAndWholes(name: SubjectName, rig: () => PaymentRig): void {
  const { echoesRefunds, mostRefunds, partsAfterMs } = PAYMENT_SUBJECTS[name];

  it('in parts comes to exactly what was asked, each told with our id and the charge it reverses', async () => {
    const { charge, toRefund, refunds } = await openCharge(rig(), name);
    rig().advance(partsAfterMs);
    const parts = mostRefunds < 3 ? [5_000, AMOUNT - 5_000] : [1, 5_000, AMOUNT - 5_001];
    const orders = parts.map(toRefund);
    const ids: unknown[] = [];
    for (const order of orders) {
      const { status, transactionId } = await refund(rig().provider(name), order);
      expect(status).toBe('succeeded');
      ids.push(transactionId);
    }
    const told = await refunds();
    for (const [index, { refundId, amount }] of orders.entries()) {
      const own = told.filter(({ refundReference, transactionId }) =>
        echoesRefunds ? refundReference === refundId : transactionId === ids[index],
      );
      expect(own).toMatchObject([{ amount, status: 'succeeded', refundOf: charge.transactionId }]);
    }
    expect(told).toHaveLength(parts.length);
  });

  it.each(faceOf(name).currencies)(
    'of all of a charge just made in %s is told under the name it was answered with',
    async (currency) => {
      const { charge, toRefund, refunds } = await openCharge(rig(), name, { currency });
      const { status, transactionId } = await refund(rig().provider(name), toRefund(AMOUNT));
      expect(status).toBe('succeeded');
      expect(await refunds()).toMatchObject([
        { transactionId, amount: AMOUNT, currency, status: 'succeeded', refundOf: charge.transactionId },
      ]);
    },
  );

  const whereEarly: typeof it | typeof nothing = partsAfterMs > 0 ? it : nothing;
  whereEarly(
    'in part before the vendor takes any moves nothing, says when to come back, and is taken later',
    async () => {
      const { toRefund, refunds } = await openCharge(rig(), name);
      const order = toRefund(1_000);
      const tooEarly = { code: 'rejected', retryAfterMs: expect.any(Number) } as object;
      await expect(refund(rig().provider(name), order)).rejects.toMatchObject(tooEarly);
      expect(await refunds()).toEqual([]);
      rig().advance(partsAfterMs);
      expect(await refund(rig().provider(name), order)).toMatchObject({ status: 'succeeded' });
    },
  );

  it('of more than is left is refused and moves nothing', async () => {
    const { toRefund, refunds } = await openCharge(rig(), name);
    await refund(rig().provider(name), toRefund(AMOUNT));
    await expect(refund(rig().provider(name), toRefund(1))).rejects.toMatchObject({ code: 'rejected' });
    expect(await refunds()).toHaveLength(1);
  });
}

function answers(name: SubjectName, rig: () => PaymentRig): void {
  const { echoesRefunds, partsAfterMs, refundTrouble, strangeRefund } = PAYMENT_SUBJECTS[name];

  const outcomes = [...OUTCOMES, ['error_in_200', refundTrouble, false] as const];
  it.each(outcomes)(
    'that meets %s is sent once, may be repeated: %s, and is found where it happened: %s',
    async (fault, retry, hasMoved) => {
      const { toRefund, refunds } = await openCharge(rig(), name);
      rig().advance(partsAfterMs);
      const order = toRefund(1_000);
      const before = await rig().countCalls(name, 'refund');
      await rig().arm(name, 'refund', fault);
      await expect(refund(rig().provider(name), order)).rejects.toMatchObject({ retry });
      expect(await rig().countCalls(name, 'refund')).toBe(before + 1);
      const told = await refunds();
      const reference = echoesRefunds ? order.refundId : null;
      expect(told.map(({ refundReference }) => refundReference)).toEqual(hasMoved ? [reference] : []);
    },
  );

  it('whose answer has a status that the vendor does not document is not taken for done', async () => {
    const { toRefund } = await openCharge(rig(), name);
    const texts: string[] = [];
    const text = (answer: string) => {
      texts.push(answer);
      return strangeRefund(answer);
    };
    const estranged = rig().provider(name, { http: altered(rig().http, { text }) });
    const end = await refund(estranged, toRefund(AMOUNT)).then(
      ({ status }) => status,
      () => 'thrown',
    );
    expect(texts.some((answer) => strangeRefund(answer) !== answer)).toBe(true);
    expect(end).not.toBe('succeeded');
  });
}
