import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { Pool } from 'pg';
import { OPERATIONS } from '../description/description.ts';
import { forgetSecrets } from '../../src/db/idempotency-keys.ts';
import { readEnvironment } from '../support/environment.ts';
import { call, CLINIC, openPayment, openWorkspace } from './rig.ts';
import type { ProblemBody, TestWorkspace } from './rig.ts';

let clinic: TestWorkspace;
let pool: Pool;
beforeAll(async () => {
  pool = new Pool({ connectionString: readEnvironment().databaseUrl, max: 1 });
  clinic = await openWorkspace({ provider: false });
});
afterAll(() => pool.end());

const endpoint = { url: 'https://app.example.com/tashlum' };
const order = () => ({ amount: 500, description: 'ייעוץ', reference: randomUUID() });
const count = async (sql: string, values: readonly unknown[]): Promise<number> => {
  const { rows } = await pool.query<{ count: string }>(`SELECT count(*) ${sql}`, [...values]);
  return Number(rows[0]?.count);
};

/** Each POST that makes something at once and answers 200 or 201: what it is asked, and how often it took effect. */
const CASES = {
  'POST /v1/workspaces': {
    path: () => '/v1/workspaces',
    key: () => readEnvironment().adminKey,
    body: () => ({ ...CLINIC, name: randomUUID() }),
    other: { ...CLINIC, name: 'another' },
    effects: ({ name }: { name: string }) => count('FROM workspaces WHERE name = $1', [name]),
  },
  'POST /v1/workspaces/{id}/api-keys': {
    path: () => `/v1/workspaces/${clinic.id}/api-keys`,
    key: () => clinic.key,
    body: () => ({ name: randomUUID(), scopes: ['links:read'] }),
    other: { name: 'another', scopes: ['links:read'] },
    effects: ({ name }: { name: string }) => count('FROM api_keys WHERE name = $1', [name]),
  },
  'POST /v1/webhook-endpoints': {
    path: () => '/v1/webhook-endpoints',
    key: () => clinic.key,
    body: () => ({ url: `https://app.example.com/${randomUUID()}` }),
    other: endpoint,
    effects: ({ url }: { url: string }) => count('FROM webhook_endpoints WHERE url = $1', [url]),
  },
  'POST /v1/payments/manual': {
    path: () => '/v1/payments/manual',
    key: () => clinic.key,
    body: () => ({ ...order(), method: 'cash', paidOn: '2026-01-15' }),
    other: { ...order(), method: 'cash', paidOn: '2026-01-15' },
    effects: ({ reference }: { reference: string }) =>
      count('FROM payments WHERE reference = $1', [reference]),
  },
} as const;

describe.each(Object.entries(CASES))('%s', (_name, given) => {
  it('has one effect under one key though twelve twins come at once, and the same bytes again', async () => {
    const [body, key] = [given.body(), randomUUID()];
    const send = (as: string = key) =>
      call('POST', given.path(), { key: given.key(), body, headers: { 'idempotency-key': as } });
    const twins = await Promise.all(Array.from({ length: 12 }, () => send()));
    for (const { status, json } of twins)
      if (status !== 201) expect([status, json.code]).toEqual([409, 'idempotency_in_progress']);
    const [again, quoted] = [await send(), await send(`"${key}"`)];
    expect([again.status, quoted.status]).toEqual([201, 201]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    for (const { status, bytes } of [...twins, quoted])
      if (status === 201) expect(bytes.toString()).toBe(again.bytes.toString());
    expect(await given.effects(body as never)).toBe(1);
  });

  it('refuses a key that was used for another body', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const send = (body: object) => call('POST', given.path(), { key: given.key(), body, headers });
    expect((await send(given.body())).status).toBe(201);
    const { status, json } = await send(given.other);
    expect([status, json.code]).toEqual([422, 'idempotency_key_reused']);
  });

  it('uses no key up by a refusal', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const send = (body: object) => call('POST', given.path(), { key: given.key(), body, headers });
    expect((await send({ nonsense: true })).status).toBe(422);
    expect((await send(given.body())).status).toBe(201);
  });
});

it('a key for a workspace that does not exist is a 404', async () => {
  const { status } = await call('POST', '/v1/workspaces/ws_01m8thmcf3fnk7apbawrs3nvra/api-keys', {
    key: readEnvironment().adminKey,
    body: { name: 'nobody', scopes: ['links:read'] },
    headers: { 'idempotency-key': randomUUID() },
  });
  expect(status).toBe(404);
});

describe('a secret that is replaced', () => {
  it('is replaced once under one key, so that a lost answer costs no secret', async () => {
    const path = '/v1/webhook-endpoints';
    const made = await call<{ id: string; secret: string }>('POST', path, {
      key: clinic.key,
      body: endpoint,
    });
    const headers = { 'idempotency-key': randomUUID() };
    const rotate = (spelled = made.json.id) =>
      call<{ secret: string }>('POST', `${path}/${spelled}/rotate-secret`, {
        key: clinic.key,
        body: {},
        headers,
      });
    const first = await rotate();
    const again = await rotate(made.json.id.replace('_', '%5F'));
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.bytes).toEqual(first.bytes);
    expect(first.json.secret).not.toBe(made.json.secret);
  });
});

/** Each POST whose answer holds a secret, and what its caller does who lost it. */
const SECRET_CASES = {
  'a new API key': {
    path: () => Promise.resolve(`/v1/workspaces/${clinic.id}/api-keys`),
    body: () => ({ name: randomUUID(), scopes: ['links:read'] }),
    way: /revoke it and make a new key/,
  },
  'a new endpoint': {
    path: () => Promise.resolve('/v1/webhook-endpoints'),
    body: () => endpoint,
    way: /rotate its secret/,
  },
  'a rotated secret': {
    path: async () => {
      const made = await call<{ id: string }>('POST', '/v1/webhook-endpoints', {
        key: clinic.key,
        body: endpoint,
      });
      return `/v1/webhook-endpoints/${made.json.id}/rotate-secret`;
    },
    body: () => ({}),
    way: /rotate its secret/,
  },
};

describe.each(Object.entries(SECRET_CASES))('the answer with the secret of %s', (_name, given) => {
  it('is kept for a repeat, for a quarter of an hour at most, and then its key says what to do', async () => {
    const [path, body, key] = [await given.path(), given.body(), randomUUID()];
    const send = () =>
      call<ProblemBody & { readonly secret: string }>('POST', path, {
        key: clinic.key,
        body,
        headers: { 'idempotency-key': key },
      });
    const first = await send();
    expect((await send()).bytes).toEqual(first.bytes);
    const isOf = 'FROM idempotency_keys WHERE workspace_id = $1 AND key = $2';
    const ours = [clinic.id, key];
    expect(await count(`${isOf} AND answer_until <= now() + interval '15 minutes'`, ours)).toBe(1);

    await pool.query(
      `UPDATE idempotency_keys SET answer_until = now() - interval '1 s' WHERE workspace_id = $1 AND key = $2`,
      ours,
    );
    const late = await send();
    expect([late.status, late.json.code]).toEqual([409, 'idempotency_answer_gone']);
    expect(late.json.detail).toMatch(given.way);
    await forgetSecrets(pool);
    expect(await count(`${isOf} AND response_sealed IS NULL AND response_status IS NOT NULL`, ours)).toBe(1);
    expect((await send()).json.detail).toBe(late.json.detail);
  });
});

describe('a POST that sends something', () => {
  const send = (path: string, body: object, key: string) =>
    call<ProblemBody & { readonly id: string }>('POST', path, {
      key: clinic.key,
      body,
      headers: { 'idempotency-key': key },
    });

  /** Twelve twins send once, a repeat sends nothing more, and the key is not good for another request. */
  async function sendsOnce(path: string, sent: () => Promise<number>, body: object, other?: object) {
    const [before, key] = [await sent(), randomUUID()];
    const twins = await Promise.all(Array.from({ length: 12 }, () => send(path, body, key)));
    const again = await send(path, body, `"${key}"`);
    for (const { status, json } of [...twins, again])
      expect([status, json]).toEqual([202, expect.objectContaining({ id: again.json.id })]);
    expect(await sent()).toBe(before + 1);
    if (other === undefined) return;
    const { status, json } = await send(path, other, key);
    expect([status, json.code]).toEqual([422, 'idempotency_key_reused']);
  }

  it('sends one test event under one key', async () => {
    const { json } = await call<{ id: string }>('POST', '/v1/webhook-endpoints', {
      key: clinic.key,
      body: endpoint,
    });
    const sent = () => count('FROM event_deliveries WHERE endpoint_id = $1', [json.id]);
    await sendsOnce(`/v1/webhook-endpoints/${json.id}/test`, sent, {});
  });

  it('mails a document once under one key, also within the time in which it is not mailed again', async () => {
    const body = { ...order(), method: 'cash', paidOn: '2026-01-15' };
    const made = await call<{ documentIds: string[] }>('POST', '/v1/payments/manual', {
      key: clinic.key,
      body,
      headers: { 'idempotency-key': randomUUID() },
    });
    const id = made.json.documentIds[0];
    const sent = () => count('FROM mails WHERE document_id = $1', [id]);
    const to = (email: string) => ({ email });
    await sendsOnce(`/v1/documents/${id}/email`, sent, to('dana@example.com'), to('noa@example.com'));
    expect((await send(`/v1/documents/${id}/email`, to('dana@example.com'), randomUUID())).status).toBe(429);
  });

  it('asks a payer once under one key', async () => {
    const paying = await openWorkspace();
    const { id } = await openPayment(paying, { customer: { email: `${randomUUID()}@example.com` } });
    const key = randomUUID();
    const ask = (as: string) =>
      call('POST', `/v1/payments/${id}/request`, {
        key: paying.key,
        body: {},
        headers: { 'idempotency-key': as },
      });
    const twins = await Promise.all(Array.from({ length: 6 }, () => ask(key)));
    expect(twins.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 202));
    expect(await count('FROM mails WHERE payment_id = $1', [id])).toBe(1);
    expect((await ask(randomUUID())).status).toBe(429);
  });
});

it('every POST takes a key, or says why a repeat is safe and makes nothing', () => {
  const posts = OPERATIONS.filter(({ method }) => method === 'post');
  const keyless = posts.filter(({ parameters = [] }) => !/Idempotency-?Key/.test(JSON.stringify(parameters)));
  expect(keyless.length).toBeGreaterThan(10);
  expect(keyless.filter(({ description = '' }) => !description.includes('A repeat is safe: '))).toEqual([]);
  expect(keyless.filter(({ responses }) => '201' in responses)).toEqual([]);
});
