import { describe, expect, it } from '#jest';
import { isProviderError } from '../../../domain/provider-error.ts';
import type { Mode } from '../../../domain/workspace.ts';
import type { HttpRequest, HttpResponse } from '../../../http.ts';
import { createClient } from './client.ts';

const KEYS = { apiKey: 'example-key', secretKey: 'example-secret' };

/** A client that always gets this answer, and what it sent. */
function clientOf(answer: Partial<HttpResponse>, mode: Mode = 'test', baseUrl: string | null = null) {
  const sent: HttpRequest[] = [];
  const send = (call: HttpRequest) => {
    sent.push(call);
    return Promise.resolve({ status: 200, headers: {}, text: '', ...answer });
  };
  const client = createClient({ http: { send, close: () => Promise.resolve() }, keys: KEYS, mode, baseUrl });
  return { client, sent };
}

/** The result of closing a page: null for a success, else the code of the error and of the vendor. */
async function cancel(answer: Partial<HttpResponse>) {
  try {
    await clientOf(answer).client.disable('page-1');
    return null;
  } catch (error) {
    return isProviderError(error) ? [error.code, error.vendorCode] : error;
  }
}

const results = (status: string, description: string, name = 'results') =>
  JSON.stringify({ [name]: { status, code: status === 'success' ? 0 : 1, description }, data: {} });

describe('a call', () => {
  it.each([
    ['live', null, 'https://restapi.payplus.co.il/api/v1.0/PaymentPages/Disable/a%2Fb'],
    ['test', null, 'https://restapidev.payplus.co.il/api/v1.0/PaymentPages/Disable/a%2Fb'],
    ['live', 'http://127.0.0.1:1/payplus/', 'http://127.0.0.1:1/payplus/PaymentPages/Disable/a%2Fb'],
  ] as const)('of a %s account with base %s goes to %s', async (mode, baseUrl, url) => {
    const { client, sent } = clientOf({}, mode, baseUrl);
    await client.disable('a/b');
    expect(sent).toMatchObject([{ method: 'POST', url }]);
  });

  it('carries the keys in its headers and nowhere else', async () => {
    const { client, sent } = clientOf({ text: results('error', 'can-not-find-transaction') });
    await client.view({ more_info: 'pay_0001' });
    const { headers, ...rest } = sent[0] ?? { headers: {} };
    expect(headers).toMatchObject({ 'api-key': KEYS.apiKey, 'secret-key': KEYS.secretKey });
    expect(JSON.stringify(rest)).not.toContain('example-');
  });
});

describe('an answer', () => {
  it.each([
    [200, results('success', 'done'), null],
    [200, results('success', 'done', 'result'), null],
    [200, '', null],
    [400, results('error', 'page-is-paid'), ['rejected', 'page-is-paid']],
    [200, results('error', 'page-is-paid'), ['rejected', 'page-is-paid']],
    [200, results('rejected', 'page-is-paid'), ['rejected', 'page-is-paid']],
    [422, results('error', 'Dana Levi, 0500000000'), ['rejected', null]],
    [422, '"can-not-find-payment-page"', ['credentials_invalid', 'can-not-find-payment-page']],
    [400, '{"errors":[]}', ['rejected', null]],
    [400, '', ['bad_answer', null]],
    [400, results('success', 'done'), ['bad_answer', null]],
    [200, '{"errors":[]}', ['bad_answer', null]],
    [200, '<html></html>', ['bad_answer', null]],
    [302, '', ['bad_answer', null]],
    [401, '', ['credentials_invalid', null]],
    [401, '{"message":"API_KEY / SECRET_KEY ARE INCORRECT"}', ['credentials_invalid', null]],
    [403, '{"message":"API_KEY / SECRET_KEY ARE INCORRECT"}', ['credentials_invalid', null]],
    [200, '{"message":"API_KEY / SECRET_KEY ARE INCORRECT"}', ['credentials_invalid', null]],
    [403, '<html>blocked</html>', ['bad_answer', null]],
    [403, '', ['bad_answer', null]],
    [429, '', ['rate_limited', null]],
    [502, results('success', 'done'), ['provider_unavailable', null]],
  ])('of %i with %s ends as it must', async (status, text, outcome) => {
    expect(await cancel({ status, text })).toEqual(outcome);
  });

  it.each([200, 400, 404, 422])('of %i that nothing can be found is no failure', async (status) => {
    for (const description of ['can-not-find-transaction', 'can-not-find-transaction_uid']) {
      const { client } = clientOf({ status, text: results('error', description) });
      expect(await client.ipn({ transaction_uid: 'x', related_transaction: true })).toBeNull();
    }
  });

  it('of another refusal is never taken for "nothing found"', async () => {
    const { client } = clientOf({ text: results('error', 'can-not-find-customer') });
    await expect(client.view({ more_info: 'x' })).rejects.toMatchObject({ code: 'rejected' });
  });

  it('that succeeds without a transaction in it is never taken for "nothing found"', async () => {
    const { client } = clientOf({ text: results('success', 'done') });
    await expect(client.ipn({ transaction_uid: 'x', related_transaction: true })).rejects.toMatchObject({
      code: 'bad_answer',
    });
    await expect(client.view({ more_info: 'x' })).rejects.toMatchObject({ code: 'bad_answer' });
  });
});
