import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { Pool } from 'pg';
import { spendTokens } from '../../src/db/rate-limits.ts';
import { readEnvironment } from '../support/environment.ts';
import { arm } from '../support/faults.ts';
import { startSecondApi } from '../support/second-api.ts';
import type { SecondApi } from '../support/second-api.ts';
import { admin, call, clientOf, eventually, openWorkspace, order } from './rig.ts';
import type { TestWorkspace } from './rig.ts';

/**
 * Two API processes beside that of the environment, with so low a limit that a test can reach it. What they have told
 * each other is read from the shared bucket: how fast they are judges nothing. How they count is held by `src/api/http/rate-limit.test.ts`.
 */
const PER_SECOND = 20;
let apis: readonly SecondApi[];
let clinic: TestWorkspace;
let pool: Pool;
beforeAll(async () => {
  pool = new Pool({ connectionString: readEnvironment().databaseUrl, max: 1 });
  const limited = { REQUESTS_PER_SECOND: String(PER_SECOND) };
  [clinic, ...apis] = await Promise.all([openWorkspace(), startSecondApi(limited), startSecondApi(limited)]);
});
afterAll(() => Promise.all([pool.end(), ...apis.map((api) => api.stop())]));

async function newKey() {
  const path = `/v1/workspaces/${clinic.id}/api-keys`;
  const body = { name: 'two', scopes: ['payments:read', 'payments:write'] as const };
  const { id, secret } = await clientOf(readEnvironment().adminKey).post('/v1/workspaces/{id}/api-keys', {
    params: { path: { id: clinic.id } },
    body: { ...body, scopes: [...body.scopes] },
  });
  return { id, secret, revoke: () => admin('DELETE', `${path}/${id}`) };
}

/** What all processes together left a key, and when that was written; null: they have not told yet. */
async function bucketOf(keyId: string): Promise<{ tokens: number; at: number } | null> {
  const { rows } = await pool.query<{ tokens: number; at: number }>(
    'SELECT tokens, extract(epoch FROM at)::float8 AS at FROM rate_limits WHERE name = $1',
    [keyId],
  );
  return rows[0] ?? null;
}

const read = (api: Pick<SecondApi, 'url'>, key: string) =>
  fetch(`${api.url}/v1/payments?limit=1`, { headers: { authorization: `Bearer ${key}` } });

describe('two API processes', () => {
  it('refuse a key from the moment in which the other revoked it', async () => {
    const { secret, revoke } = await newKey();
    const statuses = () => Promise.all(apis.map(async (api) => (await read(api, secret)).status));
    expect(await statuses()).toEqual([200, 200]);
    expect((await revoke()).status).toBe(204);
    expect(await statuses()).toEqual([401, 401]);
  });

  it('make one payment of one key that is sent to both at once, and both give the same answer', async () => {
    const { secret } = await newKey();
    const body = JSON.stringify(order());
    const headers = {
      authorization: `Bearer ${secret}`,
      'idempotency-key': randomUUID(),
      'content-type': 'application/json',
    };
    const send = (api: SecondApi) => fetch(`${api.url}/v1/payments`, { method: 'POST', headers, body });
    const first = await Promise.all([...apis, ...apis].map(send));
    for (const answer of first) expect([201, 202, 409, 503]).toContain(answer.status);
    const made = await Promise.all(
      apis.map(async (api) => {
        for (;;) {
          const answer = await send(api);
          if (answer.status === 201) return await answer.text();
          expect([202, 409, 503]).toContain(answer.status);
          await new Promise((resolve) => setTimeout(resolve, 1_100));
        }
      }),
    );
    expect(made[0]).toBe(made[1]);
    const { reference } = JSON.parse(body) as { reference: string };
    const listed = await call<{ data: unknown[] }>('GET', `/v1/payments?reference=${reference}`, {
      key: secret,
    });
    expect(listed.json.data).toHaveLength(1);
  });

  it('tell each other what a key has spent, whichever of them it was sent to', async () => {
    const { id, secret } = await newKey();
    let settledAt = 0;
    for (const api of apis) {
      for (let n = 0; n < PER_SECOND; n += 1) await read(api, secret);
      // Both have written into one bucket once its time has moved on twice.
      settledAt = await eventually('the shared bucket', async () => {
        const bucket = await bucketOf(id);
        return bucket !== null && bucket.at > settledAt && bucket.tokens < PER_SECOND * 2 ? bucket.at : null;
      });
    }
  });

  it('wait for one debt together: a key that used its limit up elsewhere is refused at both', async () => {
    const { id, secret } = await newKey();
    await Promise.all(apis.map((api) => read(api, secret)));
    const spent = PER_SECOND * 1_000;
    await spendTokens(pool, id, spent, { perSecond: PER_SECOND, capacity: PER_SECOND * 2 });
    for (const api of apis) {
      // Alone, a process would let the key in again within a second.
      const { headers } = await eventually(`the debt at ${api.url}`, async () => {
        const answer = await read(api, secret);
        return Number(answer.headers.get('retry-after')) > 60 ? answer : null;
      });
      const refused = await read(api, secret);
      expect(refused.status).toBe(429);
      expect(headers.get('ratelimit-limit')).toBe(String(PER_SECOND * 2));
      expect(headers.get('ratelimit-remaining')).toBe('0');
      expect(Number(headers.get('ratelimit-reset'))).toBeGreaterThan(60);
    }
  });
});

it('an API that gets SIGTERM answers the request in flight, promises no further one on its connection, and ends', async () => {
  const api = await startSecondApi();
  await arm(clinic.account, { operation: 'create_link', fault: 'slow', delayMs: 1_500 });
  const agent = new Agent({ keepAlive: true });
  const asked = request(`${api.url}/v1/payments`, {
    agent,
    method: 'POST',
    headers: {
      authorization: `Bearer ${clinic.key}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
  });
  const answered = once(asked, 'response') as Promise<[IncomingMessage]>;
  const body = order();
  asked.end(JSON.stringify(body));
  await eventually('the payment that is being made', async () => {
    const { json } = await call<{ data: unknown[] }>('GET', `/v1/payments?reference=${body.reference}`, {
      key: clinic.key,
    });
    return json.data.length > 0 ? true : null;
  });
  const stopped = api.stop();
  const [answer] = await answered;
  expect([answer.statusCode === 201 || answer.statusCode === 202, answer.headers.connection]).toEqual([
    true,
    'close',
  ]);
  answer.resume();
  expect(await stopped).toBe(0);
  await expect(fetch(`${api.url}/health/live`)).rejects.toThrow();
  agent.destroy();
});
