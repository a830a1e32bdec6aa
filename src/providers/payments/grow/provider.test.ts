import { describe, expect, it } from '#jest';
import { grow } from './index.ts';
import { growWith, no, NOON, ok, OURS, PAGE, process, ROW } from './testing/test-grow.ts';

describe('a page of Grow', () => {
  const url = 'https://sandbox.meshulam.co.il/far?l=1';
  const order = {
    paymentId: OURS,
    amount: 35_050,
    currency: 'ILS',
    description: 'Order #1 & more',
    locale: 'he',
    expiresAt: new Date(NOON.getTime() + 3_600_000),
    returnUrl: 'https://example.com/back',
    webhookUrl: 'https://example.com/hook',
    maxInstallments: 3,
    methods: ['card', 'bit'],
    customer: { name: 'Dana Levi', email: null, phone: '+972 50-000-0000' },
    idempotencyKey: 'x',
  } as const;
  const make = () =>
    growWith({ createPaymentProcess: ok({ processId: 900001, processToken: 'token-1', url }) });

  it('is asked for with the exact sum, our id and a local phone', async () => {
    const { provider, asked } = make();
    await provider.createPage(order);
    expect(asked[0]?.fields).toMatchObject({
      userId: 'u',
      sum: '350.50',
      description: 'Order 1 more',
      cField1: OURS,
      'pageField[phone]': '0500000000',
      maxPaymentNum: '3',
      'transactionTypes[0]': '1',
      'transactionTypes[1]': '6',
      successUrl: 'https://example.com/back?outcome=success',
    });
    expect(asked[0]?.fields).not.toHaveProperty('paymentNum');
  });

  it('names each way to pay at its own place, with gaps between', async () => {
    const { provider, asked } = make();
    await provider.createPage({ ...order, methods: ['paybox', 'bit'] });
    const types = Object.entries(asked[0]?.fields ?? {}).filter(([name]) => name.startsWith('transaction'));
    expect(Object.fromEntries(types)).toEqual({ 'transactionTypes[1]': '6', 'transactionTypes[5]': '5' });
  });

  it.each(['🎉🎉', '***', '…'])(
    'has the usual text where Grow would get nothing of %s',
    async (description) => {
      const { provider, asked } = make();
      await provider.createPage({ ...order, description });
      await provider.createPage({ ...order, description, locale: 'en' });
      expect(asked.map(({ fields }) => fields['description'])).toEqual(['תשלום', 'Payment']);
    },
  );

  it.each(['. .', '- -', '1 2', '🎉 🎉', 'Dana .', "' Levi"])('is not asked for the name %s', (name) => {
    const customer = { name, email: null, phone: '0501234567' };
    const terms = { amount: 1, currency: 'ILS', maxInstallments: 1, methods: null, customer } as const;
    const options = { webhookGraceSeconds: 1, maxPageMinutes: 60 };
    expect(grow.checkOrder?.(terms, options)).toMatchObject([{ pointer: '#/customer/name' }]);
  });

  it('keeps its token as its secret, and lives ten minutes or as long as the payment', async () => {
    const inMinutes = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);
    const page = { pageId: '900001', secret: 'token-1', url, expiresAt: inMinutes(10) };
    expect(await make().provider.createPage(order)).toEqual(page);
    const soon = await make().provider.createPage({ ...order, expiresAt: inMinutes(4) });
    expect(soon.expiresAt).toEqual(inMinutes(4));
  });

  it('is refused beforehand where Grow would refuse it', () => {
    const terms = {
      amount: 500_001,
      currency: 'ILS',
      maxInstallments: 13,
      methods: ['bit'],
      customer: { name: 'Dana', email: null, phone: '02-5000000' },
    } as const;
    const options = { webhookGraceSeconds: 1, maxPageMinutes: 60 };
    expect(grow.checkOrder?.(terms, options).map(({ pointer }) => pointer)).toEqual([
      '#/customer/name',
      '#/customer/phone',
      '#/maxInstallments',
      '#/amount',
    ]);
    const customer = { name: 'Dana Levi', email: null, phone: '0501234567' };
    const fine = { ...terms, customer, amount: 500_000, maxInstallments: 12 };
    expect(grow.checkOrder?.(fine, options)).toEqual([]);
    expect(grow.checkOrder?.({ ...fine, methods: ['paypal'] }, options)).toMatchObject([
      { pointer: '#/methods' },
    ]);
  });
});

describe('acknowledging', () => {
  const charge = { transactionId: '800000001', secret: null, page: PAGE };
  const answers = { getPaymentProcessInfo: process(ROW), approveTransaction: ok('') };

  it('asks for the transaction, then approves with all its fields', async () => {
    const info = ok({ ...ROW, processId: '900001', processToken: 'token-1', cardExp: '0130' });
    const { provider, asked } = growWith({ ...answers, getTransactionInfo: info });
    await provider.acknowledge?.(charge);
    expect(asked.map(({ method }) => method).slice(1)).toEqual(['getTransactionInfo', 'approveTransaction']);
    expect(asked[2]?.fields).toMatchObject({
      transactionToken: 'tt-1',
      sum: '129.9',
      cardExp: '0130',
      pageCode: 'p',
    });
  });

  it('leaves a held sum alone', async () => {
    const { provider, asked } = growWith({
      ...answers,
      getTransactionInfo: ok({ ...ROW, statusCode: '11' }),
    });
    await provider.acknowledge?.({ ...charge, secret: 'tt-1' });
    expect(asked.map(({ method }) => method)).toEqual(['getTransactionInfo']);
  });

  it('fails where Grow does not know the charge, or says that it never was', async () => {
    const unknown = growWith({}).provider.acknowledge?.({ ...charge, secret: 'tt-1' });
    await expect(unknown).rejects.toMatchObject({ code: 'rejected' });
    const denied = growWith({ getTransactionInfo: ok(ROW), approveTransaction: no(722) });
    const refused = denied.provider.acknowledge?.({ ...charge, secret: 'tt-1' });
    await expect(refused).rejects.toMatchObject({ code: 'rejected', vendorCode: '722' });
  });
});

describe('testing the credentials', () => {
  it.each([
    [no(716), 200, null],
    [no(723), 200, 'credentials_invalid'],
    [no(12), 200, 'provider_unavailable'],
    ['{"err":"unknown method"}', 200, 'bad_answer'],
    ['<html>', 403, 'bad_answer'],
    ['', 502, 'provider_unavailable'],
    ['', 429, 'rate_limited'],
  ])('with %j and HTTP %i ends as it must', async (answer, status, code) => {
    const checked = growWith({ getPaymentProcessInfo: answer }, status).provider.checkCredentials();
    const outcome = await checked.then(
      () => null,
      (error: unknown) => (error as { code: string }).code,
    );
    expect(outcome).toBe(code);
  });
});
