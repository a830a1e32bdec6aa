import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createMetrics } from '../metrics.ts';
import { createSecrets, readMasterKeys } from '../secrets.ts';
import { startHealthServer } from './health-server.ts';
import { createReadiness } from './readiness.ts';

let server: Server;
beforeAll(async () => {
  const metrics = createMetrics();
  server = await startHealthServer({
    host: '127.0.0.1',
    port: 0,
    metrics,
    isReady: () => Promise.resolve(true),
  });
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

/** Starts a server at `host` and asks it there and at another address of this machine. Returns statuses, or `refused`. */
async function askAt(host: string, other: string, isReady: () => Promise<boolean>) {
  const own = await startHealthServer({ host, port: 0, metrics: createMetrics(), isReady });
  const { port } = own.address() as AddressInfo;
  const at = (address: string, path: string) =>
    fetch(`http://${address}:${port}${path}`, { headers: { connection: 'close' } }).then(
      ({ status }) => status,
      () => 'refused',
    );
  const answers = [await at(host, '/metrics'), await at(other, '/metrics'), await at(host, '/health/ready')];
  own.close();
  return answers;
}

it('it listens at METRICS_HOST alone', async () => {
  const isReady = () => Promise.resolve(true);
  expect(await askAt('127.0.0.1', '127.0.0.2', isReady)).toEqual([200, 'refused', 200]);
  expect(await askAt('127.0.0.2', '127.0.0.1', isReady)).toEqual([200, 'refused', 200]);
});

describe('readiness', () => {
  /** Of a worker over a database whose values were sealed with these keys. */
  async function readiness(keyIds: readonly string[], states: readonly string[]) {
    const sentences: string[] = [];
    const pool = {
      query: () => Promise.resolve({ rows: keyIds.map((id) => ({ id, canary: Buffer.alloc(40) })) }),
    };
    const secrets = createSecrets(readMasterKeys(`k2:${randomBytes(32).toString('base64')}`));
    const logger = { error: (_facts: object, sentence: string) => void sentences.push(sentence) };
    const workers = states.map((state) => ({ getState: () => state }));
    const isReady = createReadiness(workers as never, [pool as never, secrets, logger as never]);
    const [, , status] = await askAt('127.0.0.1', '127.0.0.2', isReady);
    return { status, sentences };
  }

  it('is told while every worker runs and the keys fit', async () => {
    expect(await readiness([], ['RUNNING', 'RUNNING'])).toEqual({ status: 200, sentences: [] });
    expect(await readiness([], ['RUNNING', 'DRAINING'])).toEqual({ status: 503, sentences: [] });
  });

  it('ends where the keys do not fit what is stored, and a sentence in the log says so', async () => {
    expect(await readiness(['k1'], ['RUNNING'])).toEqual({
      status: 503,
      sentences: [
        expect.stringMatching(
          /^TASHLUM_ENCRYPTION_KEYS does not fit the database: .*"k1" do not open\. Add the keys/,
        ),
      ],
    });
  });
});

const ask = (method: string, path: string) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method });

it('metrics are answered to GET /metrics', async () => {
  const answer = await ask('GET', '/metrics');
  expect([answer.status, (await answer.text()).includes('tashlum_payments_total')]).toEqual([200, true]);
});

it.each([
  ['POST', '/metrics'],
  ['PUT', '/metrics'],
  ['DELETE', '/metrics'],
  ['GET', '/'],
  ['GET', '/metrics/'],
  ['GET', '/metrics?x=1'],
  ['GET', '/METRICS'],
  ['GET', '/metrics/../metrics2'],
  ['GET', '/health'],
])('%s %s tells nothing', async (method, path) => {
  const answer = await ask(method, path);
  expect([answer.status, (await answer.text()).includes('tashlum_')]).toEqual([404, false]);
});
