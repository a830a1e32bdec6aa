import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '#jest';
import { call, openWorkspace, order } from './rig.ts';
import type { TestWorkspace } from './rig.ts';

describe('every request', () => {
  let clinic: TestWorkspace;
  beforeAll(async () => {
    clinic = await openWorkspace();
  });

  const post = (raw: string | Buffer, headers: Record<string, string> = {}) =>
    call('POST', '/v1/payments', {
      key: clinic.key,
      raw,
      headers: { 'idempotency-key': randomUUID(), ...headers },
    });

  it('is answered with problem+json that gives nothing away', async () => {
    const answer = await post('{');
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.json).toMatchObject({ status: 400, code: 'malformed_json' });
    expect(answer.bytes.toString()).not.toMatch(/\bat \/|node_modules|SyntaxError/);
    expect(answer.headers.get('x-powered-by')).toBeNull();
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    ['half a JSON', '{"amount": 1'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
    ['too deep a JSON', `{"metadata":${'['.repeat(200)}${']'.repeat(200)}}`],
  ])('with %s is a 400', async (_what, raw) => {
    const answer = await post(raw);
    expect([answer.status, answer.json.code]).toEqual([400, 'malformed_json']);
  });

  it.each(['[]', '"text"', '1', 'null'])('whose body is %s, not an object, is a 422', async (raw) => {
    expect((await post(raw)).status).toBe(422);
  });

  it('survives a JSON nested a hundred thousand deep', async () => {
    expect((await post('['.repeat(100_000))).status).toBe(400);
    expect((await post(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).status).toBe(400);
  });

  it('of more than 256 KiB is a 413', async () => {
    const answer = await post(JSON.stringify(order({ description: 'x'.repeat(300_000) })));
    expect([answer.status, answer.json.code]).toEqual([413, 'body_too_large']);
  });

  it('in another content type is a 415', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const answer = await post('{}', { 'content-type': type });
      expect([answer.status, answer.json.code]).toEqual([415, 'unsupported_media_type']);
    }
  });

  it('to no path of ours is a 404 of our own', async () => {
    const answer = await call('GET', '/v1/nothing', { key: clinic.key });
    expect([answer.status, answer.json.code]).toEqual([404, 'not_found']);
    expect((await call('GET', '/%ff', { key: clinic.key })).status).toBeLessThan(500);
  });

  it('about a payment by the app’s own reference is a 404 that says how to find it', async () => {
    const made = await post(JSON.stringify(order({ reference: 'visit 17' })));
    expect(made.status).toBe(201);
    for (const [method, tail] of [
      ['GET', ''],
      ['GET', '/timeline'],
      ['POST', '/cancel'],
      ['POST', '/check'],
    ] as const) {
      const { status, json } = await call(method, `/v1/payments/visit%2017${tail}`, { key: clinic.key });
      expect([method, tail, status]).toEqual([method, tail, 404]);
      expect(json['detail']).toContain('GET /v1/payments?reference=');
    }
  });

  it('with an unknown query parameter is a 422 that names it', async () => {
    for (const path of ['/v1/payments?colour=red', '/v1/documents?limit=10&colour=red']) {
      const answer = await call('GET', path, { key: clinic.key });
      expect(answer.status).toBe(422);
      expect(answer.json.errors?.[0]?.pointer).toBe('#/colour');
    }
  });

  it.each([
    '?limit=0',
    '?limit=201',
    '?limit=ten',
    '?after=xyz',
    '?status=paid',
    '?createdFrom=yesterday',
    '?review=none',
    '?method=gold',
    '?status=pending&status=failed',
  ])('of a list with %s is a 422', async (query) => {
    expect((await call('GET', `/v1/payments${query}`, { key: clinic.key })).status).toBe(422);
  });

  it('for health needs no key', async () => {
    expect((await call('GET', '/health/live')).status).toBe(200);
    expect((await call('GET', '/health/ready')).status).toBe(200);
  });
});
