import { describe, expect, it } from '#jest';
import { createTashlum, TashlumProblem, TashlumUnreachable } from 'tashlum/client';
import type { RepeatPolicy } from 'tashlum/client';
import { breakAmidBody, breakOff, hang, json, refusal, startScriptedApi } from './scripted-api.ts';
import type { Turn } from './scripted-api.ts';

const NEW_PAYMENT = { amount: 35_000, description: 'פגישה', reference: 'visit-1' };
const MADE = json(201, { id: 'pay_1', status: 'pending' });
const WITH_A_KEY = expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown;

function clientOf(baseUrl: string, repeat: Partial<RepeatPolicy> = {}) {
  return createTashlum({ baseUrl, key: 'tsh_test_1', repeat: { firstPauseMs: 1, ...repeat } });
}

/** Creates a payment at a scripted server. Returns the requests that it got, and the result or the error. */
async function createAt(turns: readonly Turn[], repeat: Partial<RepeatPolicy> = {}) {
  await using api = await startScriptedApi(...turns);
  const made = clientOf(api.baseUrl, repeat).post('/v1/payments', { body: NEW_PAYMENT });
  const outcome = await made.catch((error: unknown) => error);
  return { asked: api.asked, outcome, keys: api.asked.map(({ headers }) => headers['idempotency-key']) };
}

describe('a call that creates', () => {
  it('is sent with the API key, a body and an idempotency key of its own', async () => {
    const { asked, outcome } = await createAt([MADE]);
    expect(outcome).toEqual({ id: 'pay_1', status: 'pending' });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ method: 'POST', url: '/v1/payments' });
    expect(asked[0]?.headers).toMatchObject({
      authorization: 'Bearer tsh_test_1',
      'content-type': 'application/json',
      'idempotency-key': WITH_A_KEY,
    });
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual(NEW_PAYMENT);
  });

  it.each<[string, Turn]>([
    ['no answer came', breakOff],
    ['the answer broke off', breakAmidBody],
    ['a proxy had no answer', (response) => void response.writeHead(502).end('<html>')],
    ['the engine is away', refusal(503, 'unavailable')],
    ['it was asked too often', refusal(429, 'rate_limited')],
    ['the first call still runs', refusal(409, 'idempotency_in_progress')],
  ])('is repeated with the same key and body where %s', async (_why, turn) => {
    const { asked, outcome, keys } = await createAt([turn, turn, MADE]);
    expect(outcome).toEqual({ id: 'pay_1', status: 'pending' });
    expect(keys).toEqual([WITH_A_KEY, keys[0], keys[0]]);
    expect(new Set(asked.map(({ body }) => body)).size).toBe(1);
  });

  it('is repeated where no answer comes in time', async () => {
    const { outcome, keys } = await createAt([hang, MADE], { timeoutMs: 200 });
    expect(outcome).toEqual({ id: 'pay_1', status: 'pending' });
    expect(keys).toEqual([WITH_A_KEY, keys[0]]);
  });

  it.each<[number, string]>([
    [400, 'malformed_json'],
    [401, 'unauthorized'],
    [409, 'reference_taken'],
    [422, 'validation_failed'],
    [500, 'internal_error'],
  ])('is not repeated after %i %s', async (status, code) => {
    const { asked, outcome } = await createAt([refusal(status, code), MADE]);
    expect(asked).toHaveLength(1);
    expect(outcome).toBeInstanceOf(TashlumProblem);
    expect(outcome).toMatchObject({ code, status });
  });

  it('waits as long as Retry-After says', async () => {
    const { asked } = await createAt([refusal(503, 'unavailable', { 'retry-after': '1' }), MADE]);
    expect((asked[1]?.at ?? 0) - (asked[0]?.at ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it('does not wait where Retry-After lies beyond its time, and says when to ask', async () => {
    const { asked, outcome } = await createAt([
      refusal(429, 'rate_limited', { 'retry-after': '3600' }),
      MADE,
    ]);
    expect(asked).toHaveLength(1);
    expect(outcome).toMatchObject({ code: 'rate_limited', retryAfterMs: 3_600_000 });
  });

  it('ends after its tries, with the last refusal', async () => {
    const { asked, outcome } = await createAt([refusal(503, 'unavailable')], { maxTries: 3 });
    expect(asked).toHaveLength(3);
    expect(outcome).toMatchObject({ code: 'unavailable', status: 503 });
  });

  it('tells the key that a later call may use, where no answer ever came', async () => {
    const { outcome, keys } = await createAt([breakOff], { maxTries: 2 });
    expect(outcome).toBeInstanceOf(TashlumUnreachable);
    expect((outcome as TashlumUnreachable).call.idempotencyKey).toBe(keys[0]);
  });

  it('takes the key of the caller', async () => {
    await using api = await startScriptedApi(MADE);
    const tashlum = clientOf(api.baseUrl);
    await tashlum.post('/v1/payments', { body: NEW_PAYMENT, idempotencyKey: 'mine' });
    await tashlum.post('/v1/payments', {
      body: NEW_PAYMENT,
      params: { header: { 'Idempotency-Key': 'mine too' } },
    });
    expect(api.asked.map(({ headers }) => headers['idempotency-key'])).toEqual(['mine', 'mine too']);
  });

  it('ends when the caller gives up', async () => {
    const gaveUp = new AbortController();
    await using api = await startScriptedApi(() => {
      gaveUp.abort(new Error('enough'));
    });
    const made = clientOf(api.baseUrl).post('/v1/payments', { body: NEW_PAYMENT, signal: gaveUp.signal });
    await expect(made).rejects.toThrow('enough');
    expect(api.asked).toHaveLength(1);
  });
});

describe('a POST that takes no idempotency key', () => {
  const cancel = async (...turns: readonly Turn[]) => {
    await using api = await startScriptedApi(...turns);
    const params = { path: { id: 'pay_1' } };
    const done = clientOf(api.baseUrl).post('/v1/payments/{id}/cancel', { params });
    await done.catch(() => undefined);
    return api.asked;
  };

  it('has none, and is sent once where it may have had an effect', async () => {
    const asked = await cancel(breakOff, MADE);
    expect(asked.map(({ url }) => url)).toEqual(['/v1/payments/pay_1/cancel']);
    expect(asked[0]?.headers).not.toHaveProperty('idempotency-key');
    expect(await cancel(refusal(503, 'unavailable'), MADE)).toHaveLength(1);
  });

  it('is repeated where it was turned away', async () => {
    expect(await cancel(refusal(429, 'rate_limited'), MADE)).toHaveLength(2);
  });
});

describe('a problem', () => {
  it('names the call, the code and the wrong fields', async () => {
    const errors = [{ pointer: '#/amount', detail: 'must be 1 or more minor units' }];
    const body = { code: 'validation_failed', status: 422, detail: '#/amount: must be 1 or more', errors };
    const { outcome } = await createAt([json(422, body)]);
    expect(outcome).toMatchObject({
      message: 'POST /v1/payments: validation_failed: #/amount: must be 1 or more',
      errors,
      paymentId: null,
    });
  });

  it('names the payment that has the reference', async () => {
    const body = { code: 'reference_taken', detail: 'taken', paymentId: 'pay_9', paymentStatus: 'completed' };
    const { outcome } = await createAt([json(409, body)]);
    expect(outcome).toMatchObject({ paymentId: 'pay_9', paymentStatus: 'completed' });
  });

  it.each<[string, Turn]>([
    ['is newer than the client', refusal(422, 'of_tomorrow')],
    ['is no problem but a page', (response) => void response.writeHead(404).end('<html>')],
    ['sends elsewhere', (response) => void response.writeHead(301, { location: '/elsewhere' }).end()],
  ])('is unrecognized where the answer %s', async (_what, turn) => {
    const { asked, outcome } = await createAt([turn]);
    expect(asked).toHaveLength(1);
    expect(outcome).toBeInstanceOf(TashlumProblem);
    expect(outcome).toMatchObject({ code: 'unrecognized' });
  });
});

describe('other answers', () => {
  it('of a file is its bytes', async () => {
    await using api = await startScriptedApi(
      (response) => void response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-1.7'),
    );
    const params = { path: { id: 'doc_1' }, query: { copy: 'true' as const } };
    const pdf = await clientOf(api.baseUrl).get('/v1/documents/{id}/pdf', { params, parseAs: 'arrayBuffer' });
    expect(Buffer.from(pdf).toString()).toBe('%PDF-1.7');
    expect(api.asked[0]?.url).toBe('/v1/documents/doc_1/pdf?copy=true');
  });

  it('without a body is undefined', async () => {
    await using api = await startScriptedApi((response) => void response.writeHead(204).end());
    const params = { path: { id: 'we_1' } };
    const gone = clientOf(api.baseUrl).delete('/v1/webhook-endpoints/{id}', { params });
    await expect(gone).resolves.toBeUndefined();
  });
});

describe('a list', () => {
  it('is read page by page, as far as it is wanted, with its filters', async () => {
    await using api = await startScriptedApi(
      json(200, { data: [{ id: 'pay_1' }, { id: 'pay_2' }], next: 'c 2' }),
      json(200, { data: [{ id: 'pay_3' }], next: null }),
    );
    const ids: string[] = [];
    const params = { query: { status: 'completed' as const } };
    for await (const { id } of clientOf(api.baseUrl).each('/v1/payments', { params })) {
      if (id === 'pay_2') expect(api.asked).toHaveLength(1);
      ids.push(id);
    }
    expect(ids).toEqual(['pay_1', 'pay_2', 'pay_3']);
    expect(api.asked.map(({ url }) => url)).toEqual([
      '/v1/payments?status=completed',
      '/v1/payments?status=completed&after=c%202',
    ]);
  });
});
