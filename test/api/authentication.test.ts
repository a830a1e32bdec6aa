import { beforeAll, describe, expect, it } from '#jest';
import { readEnvironment } from '../support/environment.ts';
import { admin, call, createPayment, mintKey, openPayment, openWorkspace } from './rig.ts';
import type { PageBody, ProblemBody, TestWorkspace } from './rig.ts';

interface KeyBody {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly prefix: string;
  readonly secret?: string;
  readonly lastUsedAt: string | null;
}

describe('API keys', () => {
  let clinic: TestWorkspace;
  let other: TestWorkspace;
  beforeAll(async () => {
    [clinic, other] = await Promise.all([openWorkspace(), openWorkspace({ provider: false })]);
  });

  it('refuses a call without a key, with an unknown one and with one in the wrong form', async () => {
    const headers: Record<string, string>[] = [
      {},
      { authorization: 'Bearer tsh_test_nothing' },
      { authorization: `Basic ${clinic.key}` },
    ];
    for (const given of headers) {
      const answer = await call('GET', '/v1/payments', { headers: given });
      expect([answer.status, answer.json.code]).toEqual([401, 'unauthorized']);
    }
  });

  it('shows a secret once, with the prefix of its mode, and lists the key without it', async () => {
    const path = `/v1/workspaces/${clinic.id}/api-keys`;
    const made = await admin<KeyBody>('POST', path, { name: 'till', scopes: ['payments:read'] });
    expect(made.status).toBe(201);
    expect(made.json.secret).toMatch(/^tsh_test_/);
    const listed = await admin<PageBody<KeyBody>>('GET', path);
    const key = listed.json.data.find(({ id }) => id === made.json.id);
    expect(key).toMatchObject({ name: 'till', scopes: ['payments:read'], lastUsedAt: null });
    expect(listed.bytes.toString()).not.toContain(made.json.secret);
    expect(made.json.secret?.startsWith(key?.prefix ?? '?')).toBe(true);
  });

  it('gives the keys of a live workspace the live prefix', async () => {
    const live = await openWorkspace({ workspace: { mode: 'live' }, provider: false });
    expect(live.key).toMatch(/^tsh_live_/);
  });

  it('stops at once when it is revoked', async () => {
    const path = `/v1/workspaces/${clinic.id}/api-keys`;
    const made = await admin<Required<KeyBody>>('POST', path, { name: 'gone', scopes: ['payments:read'] });
    const use = () => call('GET', '/v1/payments', { key: made.json.secret }).then(({ status }) => status);
    expect(await use()).toBe(200);
    expect((await admin('DELETE', `${path}/${made.json.id}`)).status).toBe(204);
    expect(await use()).toBe(401);
    expect((await admin('DELETE', `${path}/${made.json.id}`)).status).toBe(404);
  });

  it('may do what its scopes say and nothing else', async () => {
    const reader = await mintKey(clinic.id, ['payments:read']);
    expect((await call('GET', '/v1/payments', { key: reader })).status).toBe(200);
    const refused = await createPayment<ProblemBody>({ key: reader });
    expect([refused.status, refused.json.code]).toEqual([403, 'insufficient_scope']);
    const writer = await mintKey(clinic.id, ['payments:write']);
    expect((await call('GET', '/v1/payments', { key: writer })).status).toBe(403);
    const settings = await mintKey(clinic.id, ['settings:write']);
    const slot = await call('PUT', `/v1/workspaces/${clinic.id}/payment-provider`, {
      key: settings,
      body: {},
    });
    expect(slot.status).toBe(403);
  });

  it('mints no key with a scope that it lacks itself', async () => {
    const settings = await mintKey(clinic.id, ['settings:write']);
    const path = `/v1/workspaces/${clinic.id}/api-keys`;
    const mint = (scopes: string[]) => call('POST', path, { key: settings, body: { name: 'more', scopes } });
    expect((await mint(['settings:write'])).status).toBe(201);
    expect((await mint(['settings:write', 'providers:write'])).status).toBe(403);
    expect((await mint(['admin'])).status).toBe(422);
    expect((await mint([])).status).toBe(422);
  });

  it('finds nothing of another workspace, also where it lacks the scope', async () => {
    const payment = await openPayment(clinic);
    const none = await mintKey(other.id, ['reports:read']);
    for (const key of [other.key, none]) {
      for (const [method, path] of [
        ['GET', `/v1/workspaces/${clinic.id}`],
        ['PATCH', `/v1/workspaces/${clinic.id}`],
        ['GET', `/v1/workspaces/${clinic.id}/api-keys`],
        ['GET', `/v1/workspaces/${clinic.id}/payment-provider`],
        ['PUT', `/v1/workspaces/${clinic.id}/invoice-service`],
        ['GET', `/v1/payments/${payment.id}`],
        ['GET', `/v1/payments/${payment.id}/timeline`],
        ['POST', `/v1/payments/${payment.id}/check`],
        ['GET', `/v1/documents/doc_00000000000000000000000000`],
      ] as const) {
        const answer = await call(method, path, { key, ...(method === 'GET' ? {} : { body: {} }) });
        expect([method, path, answer.status, answer.json.code]).toEqual([method, path, 404, 'not_found']);
      }
    }
    const list = await call<PageBody<unknown>>('GET', `/v1/payments?reference=${payment.reference}`, {
      key: other.key,
    });
    expect(list.json.data).toEqual([]);
  });

  it('lets the admin key set workspaces up and not take payments', async () => {
    const key = readEnvironment().adminKey;
    expect((await admin('GET', `/v1/workspaces/${clinic.id}`)).status).toBe(200);
    expect((await admin('GET', '/v1/admin/inbox')).status).toBe(200);
    expect((await createPayment({ key })).status).toBe(403);
    expect((await admin('GET', '/v1/payments')).status).toBe(403);
    expect((await call('GET', '/v1/admin/inbox', { key: clinic.key })).status).toBe(403);
    expect((await call('POST', '/v1/workspaces', { key: clinic.key, body: {} })).status).toBe(403);
  });

  it('says how much of its rate is left', async () => {
    const { headers } = await call('GET', '/v1/payments', { key: clinic.key });
    expect(Number(headers.get('ratelimit-limit'))).toBeGreaterThanOrEqual(200);
    expect(Number(headers.get('ratelimit-remaining'))).toBeGreaterThan(0);
  });
});
