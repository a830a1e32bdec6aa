import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { Pool } from 'pg';
import { readEnvironment } from '../support/environment.ts';
import { isSignedBy, startReceiver } from '../support/event-receiver.ts';
import type { EventReceiver, Received } from '../support/event-receiver.ts';
import { call, eventually, openWorkspace } from './rig.ts';
import type { PageBody, TestWorkspace } from './rig.ts';

interface EndpointBody {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[] | null;
  readonly status: string;
  readonly apiVersion: string;
  readonly previousSecretValidUntil: string | null;
  readonly secret?: string;
}

const PATH = '/v1/webhook-endpoints';

let clinic: TestWorkspace;
let receiver: EventReceiver;
beforeAll(async () => {
  clinic = await openWorkspace({ provider: false });
  receiver = await startReceiver();
});
afterAll(() => receiver.close());

const create = (body: object, headers: Record<string, string> = {}) =>
  call<Required<EndpointBody>>('POST', PATH, { key: clinic.key, body, headers });

/** An endpoint at the receiver, under a path of its own. */
async function made(body: object = {}): Promise<Required<EndpointBody>> {
  const url = `${receiver.url}/${randomUUID()}`;
  const answer = await create({ url, ...body });
  if (answer.status !== 201) throw new Error(answer.bytes.toString());
  return answer.json;
}

const receivedBy = ({ url }: EndpointBody) =>
  receiver.received.filter(({ path }) => path === new URL(url).pathname);

function untilReceived(endpoint: EndpointBody, eventId: string): Promise<Received> {
  return eventually(`event ${eventId}`, () =>
    Promise.resolve(receivedBy(endpoint).find(({ id }) => id === eventId) ?? null),
  );
}

async function test({ id }: EndpointBody): Promise<{ readonly id: string; readonly type: string }> {
  const sent = await call<{ id: string; type: string }>('POST', `${PATH}/${id}/test`, {
    key: clinic.key,
    body: {},
  });
  expect(sent.status).toBe(202);
  return sent.json;
}

describe('a webhook endpoint', () => {
  it('is made with a secret that is shown once, and is listed and read without it', async () => {
    const endpoint = await made({ events: ['payment.completed', 'payment.failed'] });
    expect(endpoint).toMatchObject({
      id: expect.stringMatching(/^whe_/),
      events: ['payment.completed', 'payment.failed'],
      status: 'enabled',
      apiVersion: '2026-12-01',
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
    });
    const listed = await call<PageBody<EndpointBody>>('GET', `${PATH}?limit=200`, { key: clinic.key });
    const one = await call<EndpointBody>('GET', `${PATH}/${endpoint.id}`, { key: clinic.key });
    expect(listed.json.data.find(({ id }) => id === endpoint.id)).toEqual(one.json);
    expect(listed.bytes.toString() + one.bytes.toString()).not.toContain('whsec_');
  });

  it('has its secret sealed in the database', async () => {
    const { id, secret } = await made();
    const pool = new Pool({ connectionString: readEnvironment().databaseUrl, max: 1 });
    const { rows } = await pool.query<{ row: string; sealed: Buffer }>(
      'SELECT e::text AS row, secret_sealed AS sealed FROM webhook_endpoints e WHERE id = $1',
      [id],
    );
    await pool.end();
    expect(rows[0]?.row).not.toContain(secret);
    expect(rows[0]?.sealed.toString('latin1')).not.toContain(secret.slice(6));
  });

  it('is paged through, each once', async () => {
    for (let count = 0; count < 3; count += 1) await made();
    const seen: string[] = [];
    for (let after: string | null = ''; after !== null;) {
      const path: string = `${PATH}?limit=2${after === '' ? '' : `&after=${after}`}`;
      const page = await call<PageBody<EndpointBody>>('GET', path, { key: clinic.key });
      seen.push(...page.json.data.map(({ id }) => id));
      after = page.json.next;
    }
    expect(seen.length).toBeGreaterThanOrEqual(3);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual([...seen].sort().reverse());
  });

  it('is made once for one Idempotency-Key', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const body = { url: receiver.url };
    const [first, second] = await Promise.all([create(body, headers), create(body, headers)]);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.bytes).toEqual(first.bytes);
    expect((await create({ url: `${receiver.url}/x` }, headers)).status).toBe(422);
  });

  it('is tested: the event comes signed, and its attempts say how it went', async () => {
    const endpoint = await made({ events: ['payment.completed'] });
    const event = await test(endpoint);
    expect(event.type).toBe('test');
    const came = await untilReceived(endpoint, event.id);
    expect(came.event).toEqual(event);
    expect(isSignedBy(endpoint.secret, came)).toBe(true);
    const attempts = await eventually('its attempt', async () => {
      const { json } = await call<PageBody<object>>('GET', `/v1/events/${event.id}/attempts`, {
        key: clinic.key,
      });
      return json.data.length === 0 ? null : json;
    });
    expect(attempts).toMatchObject({
      data: [{ endpointId: endpoint.id, failure: null, status: 200, answer: 'thanks' }],
      next: null,
    });
  });

  it('is paused and says so to a test; once it is enabled, tests come', async () => {
    const endpoint = await made();
    const change = (body: object) =>
      call<EndpointBody>('PATCH', `${PATH}/${endpoint.id}`, { key: clinic.key, body });
    expect((await change({ status: 'paused' })).json.status).toBe('paused');
    const refused = await call('POST', `${PATH}/${endpoint.id}/test`, { key: clinic.key, body: {} });
    expect([refused.status, refused.json.code]).toEqual([409, 'conflict']);
    expect((await change({ status: 'enabled', events: null })).json).toMatchObject({
      status: 'enabled',
      events: null,
    });
    await untilReceived(endpoint, (await test(endpoint)).id);
  });

  it('signs with both secrets for a day after its secret was rotated', async () => {
    const endpoint = await made();
    const rotated = await call<Required<EndpointBody>>('POST', `${PATH}/${endpoint.id}/rotate-secret`, {
      key: clinic.key,
      body: {},
    });
    expect(rotated.status).toBe(200);
    expect(rotated.json.secret).not.toBe(endpoint.secret);
    const until = Date.parse(rotated.json.previousSecretValidUntil ?? '');
    expect(until - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    expect(until - Date.now()).toBeLessThanOrEqual(24 * 3_600_000);
    const came = await untilReceived(endpoint, (await test(endpoint)).id);
    expect([isSignedBy(endpoint.secret, came), isSignedBy(rotated.json.secret, came)]).toEqual([true, true]);
  });

  it('is gone once it is deleted', async () => {
    const { id } = await made();
    const key = clinic.key;
    expect((await call('DELETE', `${PATH}/${id}`, { key })).status).toBe(204);
    expect((await call('GET', `${PATH}/${id}`, { key })).status).toBe(404);
    expect((await call('DELETE', `${PATH}/${id}`, { key })).status).toBe(404);
    expect((await call('POST', `${PATH}/${id}/test`, { key, body: {} })).status).toBe(404);
  });

  it('tells the other endpoints of its making and its changes, itself only of its changes', async () => {
    const watcher = await made({ events: ['webhook_endpoint.changed'] });
    const endpoint = await made({ events: ['webhook_endpoint.changed'] });
    const key = clinic.key;
    await call('PATCH', `${PATH}/${endpoint.id}`, { key, body: { url: endpoint.url } });
    await call('PATCH', `${PATH}/${endpoint.id}`, { key, body: { url: `${endpoint.url}/` } });
    await call('POST', `${PATH}/${endpoint.id}/rotate-secret`, { key, body: {} });
    await call('DELETE', `${PATH}/${endpoint.id}`, { key });
    const changesOf = (one: EndpointBody) =>
      receivedBy(one)
        .filter(({ event }) => event.data['endpointId'] === endpoint.id)
        .map(({ event }) => event.data['change']);
    await eventually('the last change', () =>
      Promise.resolve(changesOf(watcher).includes('deleted') ? true : null),
    );
    expect(changesOf(watcher)).toEqual(['created', 'changed', 'secret_rotated', 'deleted']);
    expect(changesOf(endpoint)).not.toContain('created');
  });

  it('leaves a line in the audit log for each change', async () => {
    const { id } = await made();
    await call('PATCH', `${PATH}/${id}`, {
      key: clinic.key,
      body: { status: 'paused' },
      headers: { 'tashlum-actor': 'dana', 'tashlum-reason': 'maintenance' },
    });
    const pool = new Pool({ connectionString: readEnvironment().databaseUrl, max: 1 });
    const { rows } = await pool.query<{ action: string; actor: string; reason: string | null }>(
      'SELECT action, actor, reason FROM audit_log WHERE subject_id = $1 ORDER BY sequence',
      [id],
    );
    await pool.end();
    expect(rows).toEqual([
      { action: 'webhook_endpoint.created', actor: expect.any(String), reason: null },
      { action: 'webhook_endpoint.changed', actor: expect.stringContaining('dana'), reason: 'maintenance' },
    ]);
  });
});
