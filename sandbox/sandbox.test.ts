/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return --
   answers are looked at field by field, as a vendor's client would get them */
import { afterEach, beforeEach, describe, expect, it } from '#jest';
import { FAULT_NAMES } from './faults.ts';
import { HOUR_MS, pause, startTestSandbox, until } from './test-sandbox.ts';
import type { TestSandbox } from './test-sandbox.ts';

const KEYS = { 'api-key': 'the-key', 'secret-key': 'the-secret', 'idempotency-key': 'once' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.close());

const makePage = (change: object = {}) =>
  sandbox.send(
    'POST',
    '/payplus/PaymentPages/generateLink',
    {
      payment_page_uid: 'page',
      amount: 350,
      currency_code: 'ILS',
      sendEmailApproval: false,
      sendEmailFailure: false,
      refURL_callback: `${sandbox.receiverUrl}/hooks`,
      more_info: 'pay_0000000001',
      ...change,
    },
    KEYS,
  );
const makeUid = async (change: object = {}): Promise<string> =>
  (await makePage(change)).json.data.page_request_uid;
const list = async (what: string) => (await sandbox.send('GET', `/control/${what}`)).json;
const arm = (fault: string, more: object = {}) =>
  sandbox.send('POST', '/control/faults', {
    provider: 'payplus',
    operation: 'create_link',
    fault,
    times: 1,
    ...more,
  });

describe('faults', () => {
  const HAPPENED: Record<string, boolean> = {
    slow: true,
    timeout_after_effect: true,
    empty: true,
    half_json: true,
  };

  it.each(
    FAULT_NAMES.map((fault) => [fault, HAPPENED[fault] === true ? 'took effect' : 'took no effect'] as const),
  )('%s: the call %s, the next one is served again', async (fault) => {
    await arm(fault, fault === 'slow' ? { delayMs: 150 } : {});
    const answer = await makePage().catch((error: unknown) => (error as { code: string }).code);
    expect(typeof answer === 'string' ? { error: answer } : answer).toMatchObject(EXPECTED[fault]);
    expect(await list('checkouts')).toHaveLength(HAPPENED[fault] === true ? 1 : 0);
    const [call] = await list('calls?provider=payplus&operation=create_link');
    expect(call.status).toBe(typeof answer === 'string' ? 0 : answer.status);
    expect((await makePage()).status).toBe(200);
  });

  const EXPECTED = {
    status_500: { status: 500 },
    status_429: { status: 429 },
    slow: { status: 200, json: { results: { status: 'success' } } },
    timeout_before_effect: { error: 'UND_ERR_HEADERS_TIMEOUT' },
    timeout_after_effect: { error: 'UND_ERR_HEADERS_TIMEOUT' },
    html: { status: 200, text: expect.stringContaining('<html>') },
    empty: { status: 200, text: '' },
    half_json: { status: 200, json: undefined, text: expect.stringMatching(/^\{"results"/) },
    error_in_200: { status: 200, json: { results: { status: 'error', description: 'general-error' } } },
    connection_reset: { error: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) },
  } satisfies Record<(typeof FAULT_NAMES)[number], object>;

  it('a call that is never answered loses its connection after `delayMs`', async () => {
    await arm('timeout_before_effect', { delayMs: 50 });
    await expect(makePage()).rejects.toMatchObject({ code: EXPECTED.connection_reset.error });
  });

  it('act `times` times, on that operation only', async () => {
    await arm('status_500', { times: 2 });
    const find = () => sandbox.send('POST', '/payplus/PaymentPages/ipn', { more_info: 'x' }, KEYS);
    expect((await find()).status).toBe(200);
    expect([(await makePage()).status, (await makePage()).status, (await makePage()).status]).toEqual([
      500, 500, 200,
    ]);
  });

  it.each([
    ['find_payment', 'POST', 'PaymentPages/ipn'],
    ['find_payment', 'POST', 'Transactions/View'],
    ['cancel_link', 'POST', 'PaymentPages/Disable/some-uid'],
    ['refund', 'POST', 'Transactions/RefundByTransactionUID'],
    ['credentials', 'GET', 'PaymentPages/list'],
  ])('reach %s (%s %s)', async (operation, method, path) => {
    await arm('status_500', { operation });
    expect((await sandbox.send(method, `/payplus/${path}`, undefined, KEYS)).status).toBe(500);
  });

  it('DELETE disarms them and ends a slow call that is under way', async () => {
    await arm('slow', { delayMs: 60_000 });
    await arm('status_500', { times: 100 });
    const slow = makePage();
    await until(async () => (await list('calls')).length === 1);
    expect((await list('calls'))[0].status).toBe(0);
    expect((await sandbox.send('DELETE', '/control/faults')).status).toBe(204);
    expect((await slow).status).toBe(200);
    expect((await list('calls'))[0].status).toBe(200);
    expect((await makePage()).status).toBe(200);
  });

  it('a misspelt one is a 422; one that can never act says so', async () => {
    expect((await arm('status_501')).status).toBe(422);
    expect((await arm('slow', { operation: 'create_payment' })).status).toBe(422);
    expect((await arm('slow', { provider: 'paypal' })).status).toBe(422);
    expect((await arm('slow', { operation: 'acknowledge' })).json.note).toContain('never');
    expect((await arm('slow')).json.note).toBeUndefined();
  });
});

describe('calls', () => {
  it('show what was sent, about what, and how it was answered', async () => {
    const uid = await makeUid({ token: 'tok-secret' });
    await sandbox.send('POST', '/payplus/PaymentPages/ipn', { payment_request_uid: uid }, KEYS);
    const [create, find] = await list('calls');
    expect(create).toMatchObject({
      operation: 'create_link',
      idempotencyKey: 'once',
      reference: 'pay_0000000001',
      status: 200,
      body: { amount: 350, token: '***' },
    });
    expect(find).toMatchObject({
      operation: 'find_payment',
      reference: 'pay_0000000001',
      body: { payment_request_uid: uid },
    });
    expect(await list('calls?operation=find_payment')).toHaveLength(1);
    expect(await list('calls?provider=green-invoice')).toEqual([]);
  });

  it('mask the secret of a form-encoded token request', async () => {
    const form = 'grant_type=client_credentials&client_id=id-1&client_secret=s3cret';
    expect((await sandbox.send('POST', '/green-invoice/idp/v1/oauth/token', form, FORM)).status).toBe(200);
    const [call] = await list('calls?operation=credentials');
    expect(call.body).toEqual({ grant_type: 'client_credentials', client_id: '***', client_secret: '***' });
  });
});

describe('a restart', () => {
  it('keeps pages, transactions, calls and deliveries', async () => {
    const uid = await makeUid();
    await sandbox.send('POST', `/control/checkouts/${uid}/pay`, {});
    await until(async () => (await list('deliveries'))[0]?.status === 200);
    const lists = ['transactions', 'calls', 'deliveries'];
    const before = await Promise.all(lists.map(list));
    await sandbox.restart();
    expect(await Promise.all(lists.map(list))).toEqual(before);
    expect((await list('checkouts?reference=pay_0000000001'))[0]).toMatchObject({ id: uid, status: 'paid' });
    expect((await list('checkouts'))[0].url).toBe(`${sandbox.url}/checkout/${uid}`);
  });

  it('still sends a late webhook, signed as before', async () => {
    const uid = await makeUid();
    await sandbox.send('POST', `/control/checkouts/${uid}/pay`, { webhook: 'late', delayMs: HOUR_MS });
    await sandbox.restart();
    expect(sandbox.received).toEqual([]);
    await sandbox.anHourLater(() => until(() => sandbox.received.length === 1));
    await until(async () => (await list('deliveries'))[0].status !== null);
    expect(sandbox.received[0]?.headers['hash']).toHaveLength(44);
    await sandbox.restart();
    await pause(100);
    expect(sandbox.received).toHaveLength(1);
  });
});

describe('the hosted page', () => {
  it('is Hebrew right to left or English, and escapes what it shows', async () => {
    const items = [{ name: '<b>x</b>', quantity: 1, price: 350 }];
    const hebrew = await sandbox.send('GET', `/checkout/${await makeUid({ items })}`);
    expect(hebrew.text).toContain('<html lang="he" dir="rtl">');
    expect(hebrew.text).toContain('350.00');
    expect(hebrew.text).toContain('&lt;b&gt;x&lt;/b&gt;');
    const english = await sandbox.send('GET', `/checkout/${await makeUid({ language_code: 'en' })}`);
    expect(english.text).toContain('<html lang="en" dir="ltr">');
    expect(english.text).toContain('Pay with bit');
    expect((await sandbox.send('GET', '/checkout/nowhere')).status).toBe(404);
  });

  it('pays: webhook, then the browser goes to the success URL with the vendor’s fields', async () => {
    const uid = await makeUid({ refURL_success: 'https://shop.example/ok?order=7' });
    const { status, headers } = await sandbox.send('POST', `/checkout/${uid}/pay`, 'method=bit', FORM);
    expect(status).toBe(303);
    const target = new URL(String(headers['location']));
    expect(target.origin + target.pathname).toBe('https://shop.example/ok');
    expect(Object.fromEntries(target.searchParams)).toMatchObject({
      order: '7',
      page_request_uid: uid,
      method: 'bit',
      status_code: '000',
    });
    await until(() => sandbox.received.length === 1);
    expect((await sandbox.send('GET', `/checkout/${uid}`)).text).toContain('התשלום התקבל');
  });

  it('takes a part of the sum another way: the card pays the rest, and it is one charge', async () => {
    const uid = await makeUid();
    const page = await sandbox.send('GET', `/checkout/${uid}`);
    expect(page.text).toContain('name="partAmount"');
    const pay = (partAmount: string, partMethod = 'multipass') =>
      sandbox.send(
        'POST',
        `/checkout/${uid}/pay`,
        new URLSearchParams({ method: 'card', partMethod, partAmount }).toString(),
        FORM,
      );
    for (const wrong of ['350', '-1', '0', 'half', '100.005'])
      expect((await pay(wrong)).text).toContain('החלק צריך להיות');
    expect(await list('transactions')).toEqual([]);
    await pay('100.50', 'shells');
    expect(await list('transactions')).toEqual([]);
    await pay(' 100.50 ');
    expect(await list('transactions')).toMatchObject([
      {
        kind: 'charge',
        amount: 35_000,
        parts: [
          { method: 'multipass', amount: 10_050 },
          { method: 'card', amount: 24_950 },
        ],
      },
    ]);
    expect((await sandbox.send('GET', `/checkout/${uid}`)).text).toContain('התשלום התקבל');
  });

  it('declines and leaves without money', async () => {
    const uid = await makeUid({ refURL_cancel: 'https://shop.example/cancel' });
    const declined = await sandbox.send('POST', `/checkout/${uid}/decline`, '', FORM);
    expect(declined.headers['location']).toBe(`/checkout/${uid}?declined=1`);
    expect((await sandbox.send('GET', `/checkout/${uid}?declined=1`)).text).toContain('role="alert"');
    const left = await sandbox.send('POST', `/checkout/${uid}/leave`, '', FORM);
    expect([left.status, left.headers['location']]).toEqual([303, 'https://shop.example/cancel']);
    expect((await list('checkouts'))[0].status).toBe('declined');
  });
});

it('answers an unknown checkout or control path with a sentence', async () => {
  const unknown = await sandbox.send('POST', '/control/checkouts/nowhere/pay', {});
  expect([unknown.status, typeof unknown.json.error]).toEqual([404, 'string']);
  expect((await sandbox.send('GET', '/control/payments')).status).toBe(404);
  expect((await sandbox.send('POST', '/control/faults', '{')).status).toBe(400);
});
