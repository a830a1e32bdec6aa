import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/domain/ids.ts';
import { PAYMENT_PROVIDERS } from '../../src/providers/payments/index.ts';
import type { PaymentProviderName } from '../../src/providers/payments/index.ts';
import type { PaymentProvider, RefundOrder } from '../../src/providers/payments/payment-provider.ts';
import { altered, openPaymentRig, toQuery } from './payment-rig.ts';
import type { PaymentRig } from './payment-rig.ts';
import { PAYMENT_SUBJECTS } from './payment-subjects.ts';

const NAMES = Object.keys(PAYMENT_PROVIDERS) as PaymentProviderName[];
const AMOUNT = 35_050;

/** In place of `it` where a promise does not concern the vendor. */
const nothing = (_promise: string, _test: () => Promise<void>): void => undefined;

let rig: PaymentRig;
beforeAll(async () => {
  rig = await openPaymentRig();
});
afterAll(() => rig.close());
afterEach(async () => {
  rig.advance(0);
  await rig.disarm();
});

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

/** A payment that was charged once, and refunds of it. */
async function charged(name: PaymentProviderName) {
  const provider = rig.provider(name);
  const order = rig.order({ amount: AMOUNT });
  const page = await provider.createLink(order);
  const [checkout] = await rig.checkouts(order.paymentId);
  await rig.pay(checkout?.id ?? '', { webhook: 'never' });
  const find = async () => (await provider.findPayment(toQuery(order.paymentId, page))).transactions;
  const [charge] = await find();
  if (charge === undefined) throw new Error('the charge is not found');
  const toOrder = (amount: number): RefundOrder => {
    const refundId = newId('refund');
    return {
      refundId,
      paymentId: order.paymentId,
      charge,
      page: { pageId: page.pageId, secret: page.secret },
      amount,
      currency: 'ILS',
      idempotencyKey: refundId,
    };
  };
  return { charge, toOrder, refunds: async () => (await find()).filter(({ kind }) => kind === 'refund') };
}

const refund = (provider: PaymentProvider, order: RefundOrder) => {
  if (provider.refund === undefined) throw new Error('the provider has no refunds');
  return provider.refund(order);
};

describe.each(NAMES.filter((name) => canRefund(name)))('%s: a refund', (name) => {
  const { echoesRefunds, mostRefunds, partsAfterMs, refundTrouble } = PAYMENT_SUBJECTS[name];

  it('in parts comes to exactly what was asked, each told with our id and the charge it reverses', async () => {
    const { charge, toOrder, refunds } = await charged(name);
    rig.advance(partsAfterMs);
    const parts = mostRefunds < 3 ? [5_000, AMOUNT - 5_000] : [1, 5_000, AMOUNT - 5_001];
    const orders = parts.map(toOrder);
    const ids: unknown[] = [];
    for (const order of orders) {
      const { status, transactionId } = await refund(rig.provider(name), order);
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

  it('of all of a charge just made is told under the name it was answered with', async () => {
    const { charge, toOrder, refunds } = await charged(name);
    const { status, transactionId } = await refund(rig.provider(name), toOrder(AMOUNT));
    expect(status).toBe('succeeded');
    expect(await refunds()).toMatchObject([
      { transactionId, amount: AMOUNT, status: 'succeeded', refundOf: charge.transactionId },
    ]);
  });

  const whereEarly: typeof it | typeof nothing = partsAfterMs > 0 ? it : nothing;
  whereEarly(
    'in part before the vendor takes any moves nothing, says when to come back, and is taken later',
    async () => {
      const { toOrder, refunds } = await charged(name);
      const order = toOrder(1_000);
      const tooEarly = { code: 'rejected', retryAfterMs: expect.any(Number) } as object;
      await expect(refund(rig.provider(name), order)).rejects.toMatchObject(tooEarly);
      expect(await refunds()).toEqual([]);
      rig.advance(partsAfterMs);
      expect(await refund(rig.provider(name), order)).toMatchObject({ status: 'succeeded' });
    },
  );

  it('of more than is left is refused and moves nothing', async () => {
    const { toOrder, refunds } = await charged(name);
    await refund(rig.provider(name), toOrder(AMOUNT));
    await expect(refund(rig.provider(name), toOrder(1))).rejects.toMatchObject({ code: 'rejected' });
    expect(await refunds()).toHaveLength(1);
  });

  const outcomes = [...OUTCOMES, ['error_in_200', refundTrouble, false] as const];
  it.each(outcomes)('that meets %s may be repeated: %s', async (fault, retry, hasMoved) => {
    const { toOrder, refunds } = await charged(name);
    rig.advance(partsAfterMs);
    const order = toOrder(1_000);
    await rig.arm(name, 'refund', fault);
    const impatient = rig.provider(name, { http: altered(rig.http, { timeoutMs: 400 }) });
    await expect(refund(impatient, order)).rejects.toMatchObject({ retry });
    const told = await refunds();
    const reference = echoesRefunds ? order.refundId : null;
    expect(told.map(({ refundReference }) => refundReference)).toEqual(hasMoved ? [reference] : []);
  });
});

/** Whether the provider has the capability; asked without a sandbox, since Jest lists its tests before it starts one. */
function canRefund(name: PaymentProviderName): boolean {
  const http = { send: () => Promise.reject(new Error('not called')), close: () => Promise.resolve() };
  const options = { webhookGraceSeconds: 60, maxPageMinutes: 60 };
  const provider = PAYMENT_PROVIDERS[name].create({
    http,
    credentials: PAYMENT_SUBJECTS[name].credentials,
    previousCredentials: null,
    mode: 'test',
    baseUrl: null,
    options,
  });
  return provider.refund !== undefined;
}
