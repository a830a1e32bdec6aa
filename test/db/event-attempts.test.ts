import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { LookupFunction } from 'node:net';
import { listAttempts } from '../../src/db/events.ts';
import type { AttemptRow } from '../../src/db/events.ts';
import { createHttp } from '../../src/http.ts';
import { eventually } from '../api/rig.ts';
import { startReceiver } from '../support/event-receiver.ts';
import { createDeliveryRig } from './delivery-rig.ts';
import type { DeliveryRig, TestEndpoint } from './delivery-rig.ts';

let rig: DeliveryRig;
beforeAll(async () => (rig = await createDeliveryRig('event_attempts')));
afterAll(() => rig.close());

/** What was recorded of the first try at an endpoint. */
async function firstAttempt(endpoint: TestEndpoint): Promise<AttemptRow> {
  const paymentId = await rig.payment();
  await rig.happen(paymentId);
  return eventually('an attempt', async () => {
    const { rows } = await rig.pool.query<{ id: string }>('SELECT id FROM events WHERE payment_id = $1', [
      paymentId,
    ]);
    const page = { eventId: rows[0]?.id ?? '', endpointId: endpoint.id, afterId: null, limit: 1 };
    return (await listAttempts(rig.pool, page))[0] ?? null;
  });
}

describe('a try', () => {
  let worker: { stop(): Promise<void> };
  beforeAll(() => {
    worker = rig.startWorker();
  });
  afterAll(() => worker.stop());

  it('that was taken has its status, its time and the answer', async () => {
    const endpoint = await rig.endpoint();
    expect(await firstAttempt(endpoint)).toMatchObject({
      failure: null,
      status: 200,
      error: null,
      answer: 'thanks',
      durationMs: expect.any(Number),
      at: expect.any(Date),
    });
  });

  it('reads no more than 1 KiB of an answer without an end, and keeps it as text', async () => {
    const endpoint = await rig.endpoint();
    let hasEnded = false;
    endpoint.answer((_received, response) => {
      response.on('close', () => (hasEnded = true));
      response.write(Buffer.concat([Buffer.from('a\0b'), Buffer.from([0xff]), Buffer.alloc(5_000, 'x')]));
    });
    const attempt = await firstAttempt(endpoint);
    expect(attempt).toMatchObject({ failure: null, status: 200 });
    expect(attempt.answer).toBe(`a\uFFFDb\uFFFD${'x'.repeat(1_020)}`);
    await eventually('the cut', () => Promise.resolve(hasEnded ? true : null));
  });

  it('that was answered otherwise is refused', async () => {
    const endpoint = await rig.endpoint();
    endpoint.answer((_received, response) => response.writeHead(422).end('no such booking'));
    expect(await firstAttempt(endpoint)).toMatchObject({
      failure: 'refused',
      status: 422,
      answer: 'no such booking',
    });
  });

  it('that met nobody was not sent', async () => {
    const endpoint = await rig.endpoint({ url: 'http://127.0.0.1:9/' });
    expect(await firstAttempt(endpoint)).toMatchObject({ failure: 'not_sent', status: null });
  });

  it('whose connection broke is unclear', async () => {
    const endpoint = await rig.endpoint();
    endpoint.answer((_received, response) => response.destroy());
    expect(await firstAttempt(endpoint)).toMatchObject({ failure: 'unclear', status: null, answer: null });
  });

  it('follows no redirect', async () => {
    const [endpoint, hidden] = [await rig.endpoint(), await startReceiver()];
    endpoint.answer((_received, response) => response.writeHead(307, { location: hidden.url }).end());
    expect(await firstAttempt(endpoint)).toMatchObject({
      failure: 'refused',
      status: 307,
      error: expect.stringContaining('redirects are not followed'),
    });
    expect(hidden.received).toEqual([]);
    await hidden.close();
  });

  it('waits as long as the endpoint asks by Retry-After', async () => {
    const endpoint = await rig.endpoint();
    endpoint.answer((_received, response) => response.writeHead(429, { 'retry-after': '600' }).end());
    await firstAttempt(endpoint);
    const { rows } = await rig.pool.query<{ seconds: number }>(
      'SELECT extract(epoch FROM due_at - now())::float8 AS seconds FROM event_streams WHERE endpoint_id = $1',
      [endpoint.id],
    );
    expect(rows[0]?.seconds).toBeGreaterThan(590);
  });
});

describe('an inside address', () => {
  /** Names of the test, as a customer's own name server would answer. */
  const lookup: LookupFunction = (hostname, options, done) => {
    const address = hostname.startsWith('six') ? '::1' : '127.0.0.1';
    const family = address === '::1' ? 6 : 4;
    if (options.all === true) done(null, [{ address, family }]);
    else done(null, address, family);
  };

  it.each(['http://four.example.com', 'http://six.example.com', 'http://[::1]', 'http://127.0.0.1'])(
    'is not reached, neither by name nor as it is: %s',
    async (host) => {
      const hidden = await startReceiver();
      const worker = rig.startWorker(createHttp({ guard: { allowLoopback: false, lookup } }));
      const url = `${host}:${new URL(hidden.url).port}/`;
      const endpoint = await rig.endpoint({ url });
      expect(await firstAttempt(endpoint)).toMatchObject({
        failure: 'not_sent',
        status: null,
        error: expect.stringContaining('is not a public address'),
      });
      expect(hidden.received).toEqual([]);
      await hidden.close();
      await worker.stop();
    },
  );
});
