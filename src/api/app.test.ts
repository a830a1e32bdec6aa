import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '#jest';
import { createSecrets, readMasterKeys } from '../secrets.ts';
import { createApp } from './app.ts';
import type { ApiContext } from './context.ts';
import { fakePool } from './testing/fake-pool.ts';

let server: Server;
afterEach(() => {
  server.close();
});

const ADMIN = 'an-admin-key-of-24-chars';

interface Wishes {
  readonly trustedProxies?: number | readonly string[];
  readonly unfitKeys?: readonly string[];
}

/** The whole API over a database that knows no key; what it logs as an error. */
async function serve({ trustedProxies = 0, unfitKeys = [] }: Wishes) {
  const errors: string[] = [];
  const context = {
    publicUrl: 'https://pay.test',
    trustedProxies,
    requestsPerSecond: 300,
    adminKeys: [ADMIN],
    migrationNames: [],
    pool: fakePool((text) => {
      if (text.includes('api_keys')) return [];
      return text === 'SELECT 1' ? [{}] : unfitKeys.map((id) => ({ id }));
    }),
    secrets: createSecrets(readMasterKeys(`k2:${randomBytes(32).toString('base64')}`)),
    adapters: { supported: { payment: [], invoice: [] } },
    temporal: { isReachable: () => Promise.resolve(true) },
    logger: {
      debug: () => undefined,
      warn: () => undefined,
      error: (_facts: object, sentence: string) => void errors.push(sentence),
    },
  } as unknown as ApiContext;
  server = createServer(createApp(context));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers });
  return { get, errors };
}

describe('who is told to slow down for wrong keys', () => {
  /** Tries keys until it is told so; then another caller comes. What that one is told. */
  async function statusOfAnother(trustedProxies: Wishes['trustedProxies'] & (number | readonly string[])) {
    const { get } = await serve({ trustedProxies });
    const ask = async (from: string) =>
      (await get('/v1/payments', { authorization: 'Bearer wrong', 'x-forwarded-for': from })).status;
    let last = 0;
    for (let n = 0; n < 200 && last !== 429; n += 1) last = await ask('192.0.2.7');
    expect(last).toBe(429);
    return ask('192.0.2.8');
  }

  it.each([
    ['number', 1],
    ['address', ['127.0.0.1']],
  ])('is the caller that a proxy names which is trusted by its %s', async (_how, trusted) => {
    expect(await statusOfAnother(trusted)).toBe(401);
  });

  it('is whoever connects, where no proxy is trusted: anybody can write that header', async () => {
    expect(await statusOfAnother(0)).toBe(429);
  });
});

describe('readiness', () => {
  it('is told by every check', async () => {
    const { get } = await serve({});
    const answer = await get('/health/ready');
    expect([answer.status, await answer.json()]).toEqual([
      200,
      {
        status: 'ready',
        checks: { postgres: 'ok', migrations: 'ok', encryptionKeys: 'ok', temporal: 'ok' },
      },
    ]);
  });

  it('ends where the keys do not fit what is stored, and a sentence in the log says so', async () => {
    const { get, errors } = await serve({ unfitKeys: ['k1'] });
    const answer = await get('/health/ready');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ checks: { postgres: 'ok', encryptionKeys: 'failing' } });
    expect(errors).toEqual([
      expect.stringMatching(/^TASHLUM_ENCRYPTION_KEYS does not fit the database: .*"k1" do not open/),
    ]);
  });
});
