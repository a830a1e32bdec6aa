// What Grow alone does, tried against its simulator: merchants without a platform's key, a page code for each way to pay.
// What all providers promise is in payments.test.ts and its neighbours.
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type {
  PageOrder,
  PaymentProvider,
  ProviderPage,
} from '../../src/providers/payments/payment-provider.ts';
import { openPaymentRig, toQuery } from './payment-rig.ts';
import type { PaymentRig } from './payment-rig.ts';
import { failure } from './simulator.ts';

let rig: PaymentRig;
beforeAll(async () => {
  rig = await openPaymentRig();
});
afterAll(() => rig.close());

const MERCHANT = { userId: 'grow-merchant-1', pageCode: 'grow-page-usual' };
const SEVERAL = { ...MERCHANT, pageCodes: { bit: 'grow-page-bit', paybox: 'grow-page-paybox' } };

/** A page, the money on it as the provider tells it, and the refund of all of it. */
async function walk(provider: PaymentProvider, change: Partial<PageOrder> = {}, method = 'card') {
  const order = rig.order(change);
  const page = await provider.createPage(order);
  const [checkout] = await rig.checkouts(order.paymentId);
  await rig.pay(checkout?.id ?? '', { method });
  const reading = provider.readWebhook(await rig.receiver.next());
  const find = () => provider.findPayment(toQuery(order.paymentId, page));
  const charge = (await find()).transactions.find(({ kind }) => kind === 'charge');
  if (charge === undefined) throw new Error('there is no charge');
  return { order, page, reading, charge, find };
}

type Walked = Awaited<ReturnType<typeof walk>>;
const refundAll = (provider: PaymentProvider, { order, charge }: Walked, page: ProviderPage | null) =>
  provider.refund?.({
    refundId: 'ref_01kb2m7c0000000000000000aa',
    paymentId: order.paymentId,
    charge,
    page,
    amount: charge.amount,
    currency: 'ILS',
    idempotencyKey: 'x',
  });

describe('the key of a platform', () => {
  it('is not needed by a plain merchant: page, read-back, acknowledgement, refund', async () => {
    const provider = rig.provider('grow', { credentials: MERCHANT });
    await provider.checkCredentials();
    const walked = await walk(provider);
    await provider.acknowledge?.({ ...walked.charge, page: walked.page });
    expect(await refundAll(provider, walked, walked.page)).toMatchObject({ status: 'succeeded' });
  });

  it('is wanted of a platform', async () => {
    const platform = { ...MERCHANT, userId: 'grow-platform-9' };
    const bare = rig.provider('grow', { credentials: platform });
    expect(await failure(bare.createPage(rig.order()))).toMatchObject({ code: 'credentials_invalid' });
    const whole = rig.provider('grow', { credentials: { ...platform, apiKey: 'grow-api-key' } });
    await whole.createPage(rig.order());
  });
});

describe('a merchant with page codes by way to pay', () => {
  it.each(['bit', 'paybox'] as const)(
    'is paid by %s under its own code, and everything later names it',
    async (method) => {
      const provider = rig.provider('grow', { credentials: SEVERAL });
      const walked = await walk(provider, { methods: [method] }, method);
      expect(walked.charge.means).toMatchObject([{ method }]);
      expect(walked.reading).toMatchObject({ verdict: 'accepted', pageSecret: walked.page.secret });
      await provider.acknowledge?.({ ...walked.charge, page: null });
      const byItsId = await provider.findPayment({
        paymentId: walked.order.paymentId,
        pages: [],
        transactions: [walked.charge],
      });
      expect(byItsId.transactions).toMatchObject([{ transactionId: walked.charge.transactionId }]);
      expect(await refundAll(provider, walked, null)).toMatchObject({ status: 'succeeded' });
      expect((await walked.find()).transactions).toHaveLength(2);
    },
  );

  it.each([
    ['every way to pay', null],
    ['two of them', ['card', 'bit']],
    ['one without a code', ['card']],
  ])('is paid under the usual code where a page is for %s', async (_which, methods) => {
    const provider = rig.provider('grow', { credentials: SEVERAL });
    const walked = await walk(provider, { methods });
    expect(walked.page.secret).not.toContain(':');
    expect(walked.reading).toMatchObject({ verdict: 'accepted', pageSecret: walked.page.secret });
    expect(await refundAll(provider, walked, walked.page)).toMatchObject({ status: 'succeeded' });
  });

  it('has each code tried with its credentials', async () => {
    const wrong = { ...SEVERAL, pageCodes: { bit: 'invalid-page-bit' } };
    const checking = rig.provider('grow', { credentials: wrong }).checkCredentials();
    expect(await failure(checking)).toMatchObject({ code: 'credentials_invalid' });
  });
});

it('a text that Grow would get nothing of becomes the usual one', async () => {
  const order = rig.order({ description: '🎉' });
  await rig.provider('grow').createPage(order);
  expect(await rig.checkouts(order.paymentId)).toMatchObject([{ description: 'Payment' }]);
});
