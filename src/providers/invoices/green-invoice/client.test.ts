import { describe, expect, it } from '#jest';
import { isProviderError } from '../../../domain/provider-error.ts';
import type { ProviderError } from '../../../domain/provider-error.ts';
import type { Http, HttpRequest, HttpResponse } from '../../../http.ts';
import { createClient } from './client.ts';

const KEY = { apiKeyId: 'key-id', apiKeySecret: 'planted-secret' };
const SEARCH = { page: 1, pageSize: 25, type: [320], fromDate: '2026-01-01', sort: 'documentDate' } as const;
const PAGE = { pages: 1, items: [] };

const json = (body: unknown, status = 200): HttpResponse => ({
  status,
  headers: {},
  text: JSON.stringify(body),
});

/**
 * A client whose clock moves only when it sleeps, and everything that it sent. `answer` may return null for the usual
 * answer.
 */
function clientOf(answer: (call: HttpRequest, nth: number) => HttpResponse | null = () => null) {
  const calls: HttpRequest[] = [];
  const time = { now: Date.parse('2026-01-05T10:00:00Z') };
  let tokens = 0;
  const usual = (call: HttpRequest) =>
    call.url.endsWith('/token')
      ? json({
          accessToken: `token-${(tokens += 1)}`,
          tokenType: 'Bearer',
          expiresAt: time.now / 1000 + 3600,
        })
      : json(PAGE);
  const http: Http = {
    send: (call) => {
      calls.push(call);
      return Promise.resolve(answer(call, calls.length) ?? usual(call));
    },
    close: () => Promise.resolve(),
  };
  const clock = { now: () => time.now, sleep: (ms: number) => Promise.resolve(void (time.now += ms)) };
  const client = createClient({ http, key: KEY, mode: 'live', baseUrl: null, clock });
  const tokenCalls = () => calls.filter((call) => call.url.endsWith('/token'));
  return { client, calls, time, tokenCalls, search: () => client.search(SEARCH) };
}

const failure = async (run: () => Promise<unknown>): Promise<ProviderError> => {
  const error: unknown = await run().then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  );
  if (isProviderError(error)) return error;
  throw error;
};

describe('the token', () => {
  it('is asked for once by calls that come together, and kept until shortly before its end', async () => {
    const { search, time, tokenCalls, calls } = clientOf();
    await Promise.all([search(), search(), search()]);
    time.now += 58 * 60_000;
    await search();
    expect(tokenCalls()).toHaveLength(1);
    time.now += 90_000;
    await Promise.all([search(), search()]);
    expect(tokenCalls()).toHaveLength(2);
    expect(calls.at(-1)?.headers?.['authorization']).toBe('Bearer token-2');
  });

  it('that the service no longer takes is renewed once for all who met the refusal', async () => {
    const { search, tokenCalls, calls } = clientOf((call) =>
      call.headers?.['authorization'] === 'Bearer token-1' ? json({ errorCode: 2700 }, 401) : null,
    );
    await Promise.all([search(), search()]);
    expect(tokenCalls()).toHaveLength(2);
    expect(calls).toHaveLength(6);
  });

  it('that is refused a second time ends in credentials_invalid, not in a loop', async () => {
    const { search, calls } = clientOf((call) => (call.url.endsWith('/token') ? null : json({}, 401)));
    expect((await failure(search)).code).toBe('credentials_invalid');
    expect(calls).toHaveLength(4);
  });

  it('whose request failed is asked for again by the next call', async () => {
    const { search, tokenCalls } = clientOf((_call, nth) => (nth === 1 ? json({}, 503) : null));
    expect((await failure(search)).code).toBe('provider_unavailable');
    await expect(search()).resolves.toEqual(PAGE);
    expect(tokenCalls()).toHaveLength(2);
  });

  it('that says it ended long ago is used all the same: a wrong clock makes no loop', async () => {
    const { search, calls } = clientOf((call) =>
      call.url.endsWith('/token') ? json({ accessToken: 'old', expiresAt: 1 }) : null,
    );
    await search();
    await search();
    expect(calls).toHaveLength(4);
  });

  it('comes from the older address where the newer one is not there', async () => {
    const { search, calls } = clientOf((call) => {
      if (call.url.endsWith('/oauth/token')) return { status: 404, headers: {}, text: '<html>' };
      return call.url.endsWith('/account/token') ? json({ token: 'legacy', expires: 2_000_000_000 }) : null;
    });
    await search();
    expect(calls.map((call) => call.url)).toEqual([
      'https://api.morning.co/idp/v1/oauth/token',
      'https://api.greeninvoice.co.il/api/v1/account/token',
      'https://api.greeninvoice.co.il/api/v1/documents/search',
    ]);
    expect(JSON.parse(calls[1]?.body ?? '')).toEqual({ id: KEY.apiKeyId, secret: KEY.apiKeySecret });
    expect(calls[2]?.headers?.['authorization']).toBe('Bearer legacy');
  });

  it('is asked for anew when the key itself is checked', async () => {
    const { client, search, tokenCalls, calls } = clientOf();
    await search();
    await client.checkAccess();
    expect(tokenCalls()).toHaveLength(2);
    expect(calls.at(-1)?.url).toBe('https://api.greeninvoice.co.il/api/v1/businesses/me');
  });
});

describe('the pace', () => {
  it('lets twenty go at once and three a second after that', async () => {
    const { search, time } = clientOf();
    const start = time.now;
    for (let count = 0; count < 20; count += 1) await search();
    expect(time.now - start).toBe(0);
    for (let count = 0; count < 30; count += 1) await search();
    expect(time.now - start).toBeGreaterThanOrEqual(9_990);
    expect(time.now - start).toBeLessThan(10_100);
  });

  it('turns away who would wait too long, without sending anything or taking a turn', async () => {
    const { client, search, calls, time } = clientOf();
    for (let count = 0; count < 20; count += 1) await search();
    const sent = calls.length;
    const error = await failure(() => client.search(SEARCH, 100));
    expect(error).toMatchObject({ code: 'rate_limited', retry: 'safe', retryAfterMs: 334 });
    expect(calls).toHaveLength(sent);
    time.now += 334;
    await expect(client.search(SEARCH, 0)).resolves.toEqual(PAGE);
  });
});

describe('an answer', () => {
  const classified = async (answer: Partial<HttpResponse>) => {
    const { search } = clientOf((call) =>
      call.url.endsWith('/token') ? null : { status: 200, headers: {}, text: '', ...answer },
    );
    const { code, vendorCode, retryAfterMs } = await failure(search);
    return { code, vendorCode, retryAfterMs };
  };
  const body = (errorCode: number, status = 400) => ({
    status,
    text: JSON.stringify({ errorCode, errorMessage: 'x' }),
  });

  it.each([1006, 1007, 1012, 1015, 2014, 2700, 2701])('with %s is about the account', async (errorCode) => {
    expect(await classified(body(errorCode))).toMatchObject({
      code: 'credentials_invalid',
      vendorCode: `${errorCode}`,
    });
    expect(await classified(body(errorCode, 200))).toMatchObject({ code: 'credentials_invalid' });
  });

  it.each([1010, 1111, 2403, 2422])(
    'with %s is about the document, whatever its HTTP status',
    async (errorCode) => {
      expect(await classified(body(errorCode))).toMatchObject({
        code: 'rejected',
        vendorCode: `${errorCode}`,
      });
      expect(await classified(body(errorCode, 500))).toMatchObject({ code: 'rejected' });
    },
  );

  it.each([
    ['an unknown refusal', body(9999), 'rejected'],
    ['an unknown error inside a 200', body(9999, 200), 'bad_answer'],
    ['trouble inside a 200', body(500, 200), 'provider_unavailable'],
    ['a 502 of a proxy', { status: 502, text: '<html>' }, 'provider_unavailable'],
    ['a page in place of JSON', { text: '<!doctype html>' }, 'bad_answer'],
    ['nothing', { text: '' }, 'bad_answer'],
    ['half a JSON', { text: '{"pages":1,"ite' }, 'bad_answer'],
    ['another shape', { text: '{"pages":1}' }, 'bad_answer'],
    ['a redirect', { status: 302, text: '{}' }, 'bad_answer'],
    ['a blocked page', { status: 403, text: '<html>' }, 'bad_answer'],
  ])('that is %s becomes %s', async (_what, answer, code) => {
    expect(await classified(answer)).toMatchObject({ code });
  });

  it('of 429 says when, if the service did', async () => {
    expect(await classified({ status: 429, headers: { 'retry-after': '2' } })).toMatchObject({
      code: 'rate_limited',
      retryAfterMs: 2000,
    });
    expect(await classified({ status: 429 })).toMatchObject({ code: 'rate_limited', retryAfterMs: null });
  });

  it.each([
    [400, 'invalid_grant', 'credentials_invalid'],
    [400, 'unauthorized_client', 'credentials_invalid'],
    [401, 'invalid_client', 'credentials_invalid'],
    [400, 'unsupported_grant_type', 'rejected'],
  ])('to the token call of %s %s is %s', async (status, error, code) => {
    const { search } = clientOf(() => json({ error, error_description: KEY.apiKeySecret }, status));
    const thrown = await failure(search);
    expect(thrown.code).toBe(code);
    expect(thrown.message).not.toContain(KEY.apiKeySecret);
  });
});
