// What Stripe alone does, tried against its simulator: an endpoint that is enrolled, several events for one thing, money
// that is settled later, chargebacks. What all providers promise is in payments.test.ts and its neighbours.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '#jest';
import { newId } from '../../src/domain/ids.ts';
import type { Mode } from '../../src/domain/workspace.ts';
import type {
  PageOrder,
  PaymentProvider,
  ProviderTransaction,
  RefundOrder,
  WebhookDelivery,
  WebhookReading,
} from '../../src/providers/payments/payment-provider.ts';
import { openPaymentRig, toQuery } from './payment-rig.ts';
import type { PaymentRig } from './payment-rig.ts';
import { until } from '../../sandbox/test-sandbox.ts';

let rig: PaymentRig;
let count = 0;
beforeAll(async () => {
  rig = await openPaymentRig();
});
afterAll(() => rig.close());
afterEach(() => {
  rig.receiver.forget();
});

type Accepted = Extract<WebhookReading, { verdict: 'accepted' }>;

/** An account of its own that has enrolled its webhooks. */
async function openAccount(mode: Mode = 'test') {
  const name = String((count += 1));
  const secretKey = `sk_${mode}_own${name}`;
  const address = `${rig.receiver.url}?account=${name}`;
  const bare = rig.provider('stripe', { credentials: { secretKey }, mode });
  const credentials = await bare.enrolWebhooks?.(address);
  const provider = rig.provider('stripe', { credentials, mode });
  const isOwn = ({ query }: WebhookDelivery) => query['account'] === name;
  /** The next webhook of this account: those of tests before may still come. */
  const next = async () => {
    for (;;) {
      const delivery = await rig.receiver.next();
      if (isOwn(delivery)) return delivery;
    }
  };
  /** The next so many webhooks, read; in no order, for they leave together. */
  const heard = async (howMany: number) => {
    const readings: WebhookReading[] = [];
    while (readings.length < howMany) readings.push(provider.readWebhook(await next()));
    return readings.map((reading) => {
      if (reading.verdict !== 'accepted') throw new Error(reading.reason);
      return reading;
    });
  };
  return { secretKey, address, credentials, provider, isOwn, next, heard };
}

async function open(provider: PaymentProvider, change: Partial<PageOrder> = {}) {
  const order = rig.order(change);
  const page = await provider.createPage(order);
  const [checkout] = await rig.checkouts(order.paymentId);
  const find = () => provider.findPayment(toQuery(order.paymentId, page));
  return { order, page, checkoutId: checkout?.id ?? '', find };
}

const named = (readings: readonly Accepted[], field: 'pageId' | 'paymentId' | 'transactionId') => [
  ...new Set(readings.flatMap((reading) => reading[field] ?? [])),
];

const refundOf = (charge: ProviderTransaction | undefined, paymentId: string): RefundOrder => {
  if (charge === undefined) throw new Error('there is no charge');
  const refundId = newId('refund');
  const { amount } = charge;
  return { refundId, paymentId, charge, page: null, amount, currency: 'ILS', idempotencyKey: refundId };
};

describe('enrolled webhooks', () => {
  it('tell a payment twice, together naming the payment, its page and its charge', async () => {
    const { provider, heard } = await openAccount();
    const { order, page, checkoutId } = await open(provider);
    const { transactionId } = (await rig.pay(checkoutId)) as { transactionId: string };
    const readings = await heard(2);
    expect(readings.map(({ kind }) => kind)).toEqual(['charge', 'charge']);
    expect(named(readings, 'paymentId')).toEqual([order.paymentId]);
    expect(named(readings, 'pageId')).toEqual([page.pageId]);
    expect(named(readings, 'transactionId')).toEqual([transactionId]);
    expect(new Set(readings.map(({ eventId }) => eventId)).size).toBe(2);
  });

  it('come once after enrolling again, signed by the newer secret', async () => {
    const { secretKey, address, credentials, provider, isOwn, next } = await openAccount();
    const again = await rig.provider('stripe', { credentials: { secretKey } }).enrolWebhooks?.(address);
    expect(again).not.toEqual(credentials);
    const { checkoutId } = await open(provider);
    await rig.pay(checkoutId);
    const deliveries = [await next(), await next()];
    expect(await rig.deliveries(checkoutId)).toHaveLength(2);
    expect(rig.receiver.forget().filter(isOwn)).toEqual([]);
    const newer = rig.provider('stripe', { credentials: again });
    expect(deliveries.map((delivery) => newer.readWebhook(delivery).verdict)).toEqual([
      'accepted',
      'accepted',
    ]);
    expect(deliveries.map((delivery) => provider.readWebhook(delivery).verdict)).toEqual([
      'bad_signature',
      'bad_signature',
    ]);
  });

  it('that are older than their signature may be are refused', async () => {
    const { provider, next } = await openAccount();
    const { checkoutId } = await open(provider);
    await rig.pay(checkoutId, { webhook: 'stale_timestamp' });
    expect(provider.readWebhook(await next()).verdict).toBe('bad_signature');
  });

  it('tell that a page was cancelled', async () => {
    const { provider, heard } = await openAccount();
    const { order, page } = await open(provider);
    await provider.closePage?.(page);
    expect(await heard(1)).toMatchObject([
      { kind: 'other', paymentId: order.paymentId, pageId: page.pageId },
    ]);
  });

  it('of an account in live mode belong to a live workspace only', async () => {
    const { credentials, provider, next } = await openAccount('live');
    const { order, checkoutId, find } = await open(provider);
    await rig.pay(checkoutId);
    const delivery = await next();
    expect(provider.readWebhook(delivery)).toMatchObject({ verdict: 'accepted', paymentId: order.paymentId });
    expect((await find()).transactions).toMatchObject([{ status: 'succeeded' }]);
    const test = rig.provider('stripe', { credentials });
    expect(test.readWebhook(delivery).verdict).toBe('quarantined');
    await expect(test.checkCredentials()).rejects.toMatchObject({ code: 'credentials_invalid' });
  });
});

describe('money', () => {
  it('that is settled later is pending first, and its webhooks say so', async () => {
    const { provider, heard } = await openAccount();
    const { checkoutId, find } = await open(provider);
    await rig.pay(checkoutId, { method: 'us-bank-account' });
    expect(await heard(1)).toMatchObject([{ kind: 'other' }]);
    expect((await find()).transactions).toMatchObject([{ status: 'pending' }]);
    expect((await heard(2)).map(({ kind }) => kind)).toEqual(['charge', 'charge']);
    const [paid] = (await find()).transactions;
    expect(paid).toMatchObject({ status: 'succeeded', means: [{ method: 'bank_transfer' }] });
  });

  it('that a page took twice is found twice, by our id', async () => {
    const { provider } = await openAccount();
    const { order, checkoutId, find } = await open(provider);
    await rig.pay(checkoutId, { webhook: 'never' });
    await rig.pay(checkoutId, { webhook: 'never' });
    const paid = { status: 'succeeded', reference: order.paymentId };
    const { transactions } = await find();
    expect(transactions).toMatchObject([paid, paid]);
    expect(new Set(transactions.map(({ transactionId }) => transactionId)).size).toBe(2);
  });

  it('that moved is listed with our ids, within the time asked for', async () => {
    const { provider } = await openAccount();
    const from = new Date(Math.floor(Date.now() / 1000) * 1000);
    const { order, checkoutId, find } = await open(provider);
    await rig.pay(checkoutId, { webhook: 'never' });
    const refund = refundOf((await find()).transactions[0], order.paymentId);
    await provider.refund?.(refund);
    const list = async (first: Date, last: Date) => {
      const found: ProviderTransaction[] = [];
      for await (const one of provider.listPayments?.({ from: first, until: last }) ?? []) found.push(one);
      return found;
    };
    expect(await list(from, new Date(Date.now() + 1_000))).toMatchObject([
      { kind: 'charge', reference: order.paymentId },
      { kind: 'refund', reference: order.paymentId, refundReference: refund.refundId },
    ]);
    expect(await list(new Date(0), from)).toEqual([]);
  });
});

describe('a refund', () => {
  it.each([
    ['card-refund-pending', 'pending', 'pending', 'succeeded'],
    ['card-refund-fails', 'succeeded', 'succeeded', 'declined'],
  ])('of a %s is %s, then told as %s and in the end as %s', async (method, answered, first, last) => {
    const { provider, heard } = await openAccount();
    const { order, checkoutId, find } = await open(provider);
    await rig.pay(checkoutId, { webhook: 'never', method });
    const refund = refundOf((await find()).transactions[0], order.paymentId);
    expect(await provider.refund?.(refund)).toMatchObject({ status: answered });
    const told = async () => (await find()).transactions.filter(({ kind }) => kind === 'refund');
    const own = { refundReference: refund.refundId, refundOf: refund.charge.transactionId };
    expect(await told()).toMatchObject([{ ...own, status: first }]);
    expect((await heard(2)).map(({ kind }) => kind)).toEqual(['refund', 'refund']);
    await until(async () => (await told())[0]?.status === last);
    expect(await told()).toMatchObject([{ ...own, status: last }]);
  });

  it('sent twice under its key moves money once', async () => {
    const { provider } = await openAccount();
    const { order, checkoutId, find } = await open(provider);
    await rig.pay(checkoutId, { webhook: 'never' });
    const refund = { ...refundOf((await find()).transactions[0], order.paymentId), amount: 1_000 };
    expect(await provider.refund?.(refund)).toEqual(await provider.refund?.(refund));
    await expect(provider.refund?.({ ...refund, amount: 2_000 })).rejects.toMatchObject({ retry: 'unknown' });
    expect((await find()).transactions.filter(({ kind }) => kind === 'refund')).toHaveLength(1);
  });
});

describe('an inquiry', () => {
  it('is told as one, becomes a chargeback, and where it is closed was won', async () => {
    const { provider, heard } = await openAccount();
    const { checkoutId, find } = await open(provider);
    const { transactionId } = (await rig.pay(checkoutId, { webhook: 'never' })) as { transactionId: string };
    await rig.dispute(checkoutId, { status: 'inquiry' });
    expect((await find()).disputes).toMatchObject([{ transactionId, status: 'inquiry', amount: 35_050 }]);
    expect(await heard(1)).toMatchObject([{ kind: 'dispute', transactionId }]);
    await rig.dispute(checkoutId);
    expect((await find()).disputes).toMatchObject([{ transactionId, status: 'open' }]);
    const other = await open(provider);
    await rig.pay(other.checkoutId, { webhook: 'never' });
    await rig.dispute(other.checkoutId, { status: 'inquiry' });
    await rig.dispute(other.checkoutId, { status: 'won' });
    expect((await other.find()).disputes).toMatchObject([{ status: 'won' }]);
  });
});

describe('a chargeback', () => {
  it.each(['won', 'lost'])('is open, then %s, and its webhooks name the charge', async (status) => {
    const { provider, heard } = await openAccount();
    const { checkoutId, find } = await open(provider);
    const { transactionId } = (await rig.pay(checkoutId, { webhook: 'never' })) as { transactionId: string };
    await rig.dispute(checkoutId);
    expect((await find()).disputes).toMatchObject([
      { transactionId, status: 'open', amount: 35_050, currency: 'ILS' },
    ]);
    await rig.dispute(checkoutId, { status });
    expect((await find()).disputes).toMatchObject([{ transactionId, status }]);
    for (const reading of await heard(3)) expect(reading).toMatchObject({ kind: 'dispute', transactionId });
  });
});
