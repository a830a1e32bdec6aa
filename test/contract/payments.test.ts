import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sumMinor } from '../../src/domain/money.ts';
import type { Currency } from '../../src/domain/money.ts';
import { PAYMENT_PROVIDERS } from '../../src/providers/payments/index.ts';
import type { PaymentProviderName } from '../../src/providers/payments/index.ts';
import type { PageOrder } from '../../src/providers/payments/payment-provider.ts';
import { altered, openPaymentRig, toQuery } from './payment-rig.ts';
import type { PaymentRig } from './payment-rig.ts';
import { PAYMENT_SUBJECTS } from './payment-subjects.ts';

const NAMES = Object.keys(PAYMENT_PROVIDERS) as PaymentProviderName[];
const EXACT_AMOUNTS = [1, 7, 10, 29, 2_999, 35_050, 99_999_999];

/** The sums above that the vendor takes at all, and the least that it takes. */
function exactAmounts(name: PaymentProviderName, currency: Currency): number[] {
  const least = PAYMENT_SUBJECTS[name].leastAmounts[currency] ?? 1;
  return [...new Set([least, ...EXACT_AMOUNTS.filter((amount) => amount >= least)])];
}

let rig: PaymentRig;
beforeAll(async () => {
  rig = await openPaymentRig();
});
afterAll(() => rig.close());
afterEach(() => {
  rig.receiver.forget();
});

describe.each(NAMES)('%s: the face', (name) => {
  const face = PAYMENT_PROVIDERS[name];
  const { credentials, secretFields, optionalFields, accountSecrets } = PAYMENT_SUBJECTS[name];

  it('has the name it is registered under', () => {
    expect(face.name).toBe(name);
  });

  it('takes good credentials and refuses others with a sentence that names the field', () => {
    expect(face.credentials.parse(credentials)).toEqual(credentials);
    for (const field of Object.keys(credentials)) {
      const missing = optionalFields.includes(field) ? [] : [undefined];
      for (const bad of ['', 'line\nbreak', 7, ...missing]) {
        const issues = face.credentials.safeParse({ ...credentials, [field]: bad }).error?.issues ?? [];
        expect(issues.map(({ message }) => message).join()).toContain(field);
      }
    }
    expect(face.credentials.safeParse({ ...credentials, passwort: 'x' }).success).toBe(false);
  });

  it('tells accounts apart without telling what signs webhooks', () => {
    const secrets = secretFields.filter((field) => /secret/i.test(field));
    const signing = secrets.filter((field) => !accountSecrets.includes(field));
    const changed = Object.fromEntries(signing.map((field) => [field, 'another-secret']));
    expect(face.accountKey({ ...credentials, ...changed })).toBe(face.accountKey(credentials));
    for (const field of secrets) expect(face.accountKey(credentials)).not.toContain(credentials[field]);
  });
});

describe.each(NAMES)('%s: a page', (name) => {
  const { currencies } = PAYMENT_PROVIDERS[name];
  const make = (change: Partial<PageOrder> = {}) => rig.provider(name).createLink(rig.order(change));

  it.each(currencies)('asks the payer for exactly the amount in %s', async (currency) => {
    for (const amount of exactAmounts(name, currency)) {
      const order = rig.order({ amount, currency });
      await rig.provider(name).createLink(order);
      expect(await rig.checkouts(order.paymentId)).toMatchObject([{ amount, currency }]);
    }
  });

  it('is told our id and the neutral words, nothing else about the purpose', async () => {
    const order = rig.order({ description: 'תשלום' });
    await rig.provider(name).createLink(order);
    expect(await rig.checkouts(order.paymentId)).toMatchObject([{ description: 'תשלום' }]);
  });

  it('has an address that can be opened', async () => {
    const page = await make();
    expect((await rig.http.send({ method: 'GET', url: page.url })).status).toBe(200);
  });

  it('ends with the payment, or earlier where the option says so', async () => {
    const soon = new Date(Date.now() + 10 * 60_000);
    expect((await make({ expiresAt: soon })).expiresAt.getTime()).toBeLessThanOrEqual(soon.getTime());
    const capped = await rig.provider(name, { maxPageMinutes: 45 }).createLink(rig.order());
    expect(capped.expiresAt.getTime()).toBeLessThanOrEqual(Date.now() + 45 * 60_000);
  });

  it('can be made again after a lost answer, and money on either is recognised', async () => {
    const order = rig.order();
    const maxPageMinutes = 100_000;
    const impatient = rig.provider(name, { http: altered(rig.http, { timeoutMs: 300 }), maxPageMinutes });
    await rig.arm(name, 'create_link', 'timeout_after_effect');
    await expect(impatient.createLink(order)).rejects.toMatchObject({ code: 'no_answer', retry: 'unknown' });
    await rig.disarm();
    const known = await rig.provider(name, { maxPageMinutes }).createLink(order);

    const made = await rig.checkouts(order.paymentId);
    const [lost, second = lost] = made;
    expect(made).toHaveLength(PAYMENT_SUBJECTS[name].keepsKeys ? 1 : 2);
    await rig.pay(lost?.id ?? '', { webhook: 'never' });
    const query = toQuery(order.paymentId, known);
    const paid = { status: 'succeeded', amount: order.amount, reference: order.paymentId };
    const onLost = PAYMENT_SUBJECTS[name].findsByReference ? [paid] : [];
    expect((await rig.provider(name).findPayment(query)).transactions).toMatchObject(onLost);

    await rig.pay(second?.id ?? '', { webhook: 'never' });
    const { transactions } = await rig.provider(name).findPayment(query);
    expect(transactions).toMatchObject([...onLost, paid]);
    expect(new Set(transactions.map(({ transactionId }) => transactionId)).size).toBe(transactions.length);
  });

  it('takes no money once it is cancelled, and cannot be cancelled once it is paid', async () => {
    const provider = rig.provider(name);
    if (provider.cancelLink === undefined) return;
    const [unpaid, paid] = [rig.order(), rig.order()];
    await provider.cancelLink(await provider.createLink(unpaid));
    expect(await rig.checkouts(unpaid.paymentId)).toMatchObject([{ status: 'cancelled' }]);

    const page = await provider.createLink(paid);
    const [checkout] = await rig.checkouts(paid.paymentId);
    await rig.pay(checkout?.id ?? '', { webhook: 'never' });
    await expect(provider.cancelLink(page)).rejects.toMatchObject({ code: 'rejected', retry: 'never' });
  });
});

describe.each(NAMES)('%s: the read-back', (name) => {
  async function open(change: Partial<PageOrder> = {}) {
    const provider = rig.provider(name);
    const order = rig.order(change);
    const page = await provider.createLink(order);
    const [checkout] = await rig.checkouts(order.paymentId);
    const find = async (by = provider) => (await by.findPayment(toQuery(order.paymentId, page))).transactions;
    return { order, page, checkoutId: checkout?.id ?? '', find };
  }

  it('finds nothing while nothing was paid', async () => {
    expect(await (await open()).find()).toEqual([]);
  });

  it('finds nothing yet where the vendor lags behind, and the money later', async () => {
    const { checkoutId, find } = await open();
    await rig.pay(checkoutId, { webhook: 'never', readBackDelayMs: 300 });
    expect(await find()).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 350));
    expect(await find()).toMatchObject([{ status: 'succeeded' }]);
  });

  it.each(PAYMENT_PROVIDERS[name].currencies)('tells a payment exactly in %s', async (currency) => {
    for (const amount of exactAmounts(name, currency)) {
      const { order, page, checkoutId, find } = await open({ amount, currency });
      const asked = Date.now();
      await rig.pay(checkoutId, { webhook: 'never' });
      const [paid, ...others] = await find();
      expect(paid).toMatchObject({
        kind: 'charge',
        status: 'succeeded',
        amount,
        currency,
        pageId: page.pageId,
      });
      expect(paid).toMatchObject({ reference: order.paymentId, refundOf: null, foreignDocument: null });
      expect(Math.abs((paid?.paidAt.getTime() ?? 0) - asked)).toBeLessThan(5_000);
      expect(others).toEqual([]);
    }
  });

  it('tells what was really taken when that is not what was asked', async () => {
    const [less, other] = [await open(), await open()];
    await rig.pay(less.checkoutId, { webhook: 'wrong_amount' });
    expect(await less.find()).toMatchObject([{ status: 'succeeded', amount: 34_950, currency: 'ILS' }]);
    if (PAYMENT_PROVIDERS[name].currencies.length === 1) return;
    await rig.pay(other.checkoutId, { webhook: 'wrong_currency' });
    expect(await other.find()).toMatchObject([{ status: 'succeeded', amount: 35_050, currency: 'USD' }]);
  });

  it('tells the means, which come to exactly the amount', async () => {
    const { checkoutId, find } = await open({ amount: 10_000 });
    await rig.pay(checkoutId, { webhook: 'never' });
    const means = (await find()).flatMap((paid) => paid.means);
    expect(means).toMatchObject([{ method: 'card', amount: 10_000, dealType: 'regular', installments: 1 }]);
    expect(means[0]?.last4).toMatch(/^\d{4}$/);
  });

  if (PAYMENT_SUBJECTS[name].hasInstalments) {
    it('tells instalments, which come to exactly the amount too', async () => {
      const { checkoutId, find } = await open({ amount: 10_000 });
      await rig.pay(checkoutId, { webhook: 'never', installments: 3 });
      const [paid] = await find();
      expect(sumMinor(paid?.means.map(({ amount }) => amount) ?? [])).toBe(10_000);
      const [card] = paid?.means ?? [];
      expect(card).toMatchObject({ method: 'card', dealType: 'instalments', installments: 3 });
      expect((card?.firstAmount ?? NaN) + 2 * (card?.restAmount ?? NaN)).toBe(10_000);
      expect(card?.last4).toMatch(/^\d{4}$/);
    });
  }

  it('tells another method from a card', async () => {
    const { otherMethod: method } = PAYMENT_SUBJECTS[name];
    const { checkoutId, find } = await open({ methods: ['card', method] });
    await rig.pay(checkoutId, { webhook: 'never', method });
    expect(await find()).toMatchObject([{ status: 'succeeded', means: [{ method, amount: 35_050 }] }]);
  });

  it('takes a decline for an answer, and a success after it for the payment', async () => {
    const { checkoutId, find } = await open();
    await rig.decline(checkoutId);
    expect(await find()).toMatchObject([{ status: 'declined', amount: 35_050 }]);
    await rig.pay(checkoutId, { webhook: 'never' });
    const statuses = (await find()).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual(['declined', 'succeeded']);
  });

  it('never gives one payment the money of another', async () => {
    const [first, second] = [await open(), await open()];
    await rig.pay(first.checkoutId, { webhook: 'never' });
    const query = toQuery(second.order.paymentId, second.page, first.page);
    expect((await rig.provider(name).findPayment(query)).transactions).toEqual([]);
  });

  it.each(PAYMENT_SUBJECTS[name].strangeStatuses)(
    'guesses nothing from a status it does not know (%#)',
    async (text) => {
      const { checkoutId, find } = await open();
      await rig.pay(checkoutId, { webhook: 'never' });
      const estranged = rig.provider(name, { http: altered(rig.http, { text }) });
      await expect(find(estranged)).rejects.toMatchObject({ code: 'bad_answer' });
    },
  );
});
