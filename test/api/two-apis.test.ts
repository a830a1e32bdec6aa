import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { readEnvironment } from '../support/environment.ts';
import { startSecondApi } from '../support/second-api.ts';
import type { SecondApi } from '../support/second-api.ts';
import { admin, call, clientOf, openWorkspace, order } from './rig.ts';
import type { TestWorkspace } from './rig.ts';

/** Two API processes beside that of the environment, with so low a limit that a test can reach it. */
const PER_SECOND = 20;
let apis: readonly SecondApi[];
let clinic: TestWorkspace;
beforeAll(async () => {
  const limited = { REQUESTS_PER_SECOND: String(PER_SECOND) };
  [clinic, ...apis] = await Promise.all([openWorkspace(), startSecondApi(limited), startSecondApi(limited)]);
});
afterAll(() => Promise.all(apis.map((api) => api.stop())));

async function newKey() {
  const path = `/v1/workspaces/${clinic.id}/api-keys`;
  const body = { name: 'two', scopes: ['payments:read', 'payments:write'] as const };
  const { id, secret } = await clientOf(readEnvironment().adminKey).post('/v1/workspaces/{id}/api-keys', {
    params: { path: { id: clinic.id } },
    body: { ...body, scopes: [...body.scopes] },
  });
  return { secret, revoke: () => admin('DELETE', `${path}/${id}`) };
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

  it('count one limit together, and a key that used it up at one is refused at the other', async () => {
    const { secret } = await newKey();
    const startedAt = performance.now();
    let letIn = 0;
    for (let round = 0; round < 15; round += 1) {
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, n) => read(apis[n % 2] as SecondApi, secret)),
      );
      letIn += answers.filter(({ status }) => status === 200).length;
    }
    const seconds = (performance.now() - startedAt) / 1_000;
    // The bucket, what flowed in meanwhile, and what each may let in before it hears of the other: a twentieth of the
    // bucket, and the round that is under way.
    const most = PER_SECOND * 2 + PER_SECOND * seconds + 2 * 2 + 10;
    expect(letIn).toBeLessThanOrEqual(most);
    const refused = await Promise.all(apis.map((api) => read(api, secret)));
    for (const { status, headers } of refused) {
      expect(status).toBe(429);
      expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(headers.get('ratelimit-limit')).toBe(String(PER_SECOND * 2));
      expect(headers.get('ratelimit-remaining')).toBe('0');
      expect(Number(headers.get('ratelimit-reset'))).toBeGreaterThanOrEqual(1);
    }
  });
});
