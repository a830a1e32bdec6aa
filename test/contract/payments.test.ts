import { afterAll, afterEach, beforeAll, describe, expect, it } from '#jest';
import type { PageOrder } from '../../src/providers/payments/payment-provider.ts';
import { exactAmounts } from './payment-amounts.ts';
import { nothing, openPaymentRig, toQuery } from './payment-rig.ts';
import type { PaymentRig } from './payment-rig.ts';
import { unpaidCases } from './payment-unpaid-cases.ts';
import { faceOf, PAYMENT_SUBJECTS, providerOf, SUBJECT_NAMES } from './payment-subjects.ts';

let rig: PaymentRig;
beforeAll(async () => {
  rig = await openPaymentRig();
});
afterAll(() => rig.close());
afterEach(() => {
  rig.receiver.forget();
});

describe.each(SUBJECT_NAMES)('%s: the face', (name) => {
  const face = faceOf(name);
  const { credentials, secretFields, optionalFields, accountSecrets } = PAYMENT_SUBJECTS[name];

  it('has the name it is registered under', () => {
    expect(face.name).toBe(providerOf(name));
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

// The same cases that `npm run test:live` runs against the vendors' own sandboxes.
describe.each(SUBJECT_NAMES)('%s: before anybody pays', (name) => {
  unpaidCases(name, PAYMENT_SUBJECTS[name].credentials, () => ({
    provider: (credentials) => rig.provider(name, { credentials }),
    order: rig.order,
  }));
});

describe.each(SUBJECT_NAMES)('%s: a page', (name) => {
  const { currencies } = faceOf(name);
  const make = (change: Partial<PageOrder> = {}) => rig.provider(name).createPage(rig.order(change));

  it.each(currencies)('asks the payer for exactly the amount in %s', async (currency) => {
    for (const amount of exactAmounts(name, currency)) {
      const order = rig.order({ amount, currency });
      await rig.provider(name).createPage(order);
      expect(await rig.checkouts(order.paymentId)).toMatchObject([{ amount, currency }]);
    }
  });

  it('is told our id and the neutral words, nothing else about the purpose', async () => {
    const order = rig.order({ description: 'תשלום' });
    await rig.provider(name).createPage(order);
    expect(await rig.checkouts(order.paymentId)).toMatchObject([{ description: 'תשלום' }]);
  });

  it('has an address that can be opened', async () => {
    const page = await make();
    expect((await rig.http.send({ method: 'GET', url: page.url })).status).toBe(200);
  });

  it('ends with the payment, or earlier where the option says so', async () => {
    const soon = new Date(Date.now() + 10 * 60_000);
    expect((await make({ expiresAt: soon })).expiresAt.getTime()).toBeLessThanOrEqual(soon.getTime());
    const capped = await rig.provider(name, { maxPageMinutes: 45 }).createPage(rig.order());
    expect(capped.expiresAt.getTime()).toBeLessThanOrEqual(Date.now() + 45 * 60_000);
  });

  it('can be made again after a lost answer, and money on either is recognised', async () => {
    const order = rig.order();
    const maxPageMinutes = 100_000;
    const provider = rig.provider(name, { maxPageMinutes });
    await rig.arm(name, 'create_link', 'timeout_after_effect');
    await expect(provider.createPage(order)).rejects.toMatchObject({ code: 'no_answer', retry: 'unknown' });
    await rig.disarm();
    const known = await provider.createPage(order);

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

  const whereKept: typeof it | typeof nothing = PAYMENT_SUBJECTS[name].keepsKeys ? it : nothing;
  whereKept('asked for twice under one key is one page', async () => {
    const order = rig.order();
    const [first, second] = [
      await rig.provider(name).createPage(order),
      await rig.provider(name).createPage(order),
    ];
    expect(second).toEqual(first);
    expect(await rig.checkouts(order.paymentId)).toHaveLength(1);
  });
});
