import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import pg from 'pg';
import { PNG } from 'pngjs';
import { chunksOf, rawPng, samplePng, withChunk } from '../../src/api/workspaces/testing/sample-logos.ts';
import { readEnvironment } from '../support/environment.ts';
import { admin, call, CLINIC, mintKey, openWorkspace } from './rig.ts';
import type { Reply, TestWorkspace } from './rig.ts';

interface Logo {
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
}

interface Shown {
  readonly logo: Logo | null;
  readonly logoSha256?: string;
}

const HTML = '<!doctype html><script>alert(1)</script>';
const pathOf = (id: string) => `/v1/workspaces/${id}/logo`;

function put<Body>(id: string, key: string, png: Buffer, type = 'image/png'): Promise<Reply<Body>> {
  return call<Body>('PUT', pathOf(id), { key, raw: png, headers: { 'content-type': type } });
}

describe('the logo of a workspace', () => {
  let pool: pg.Pool;
  let shop: TestWorkspace;
  beforeAll(async () => {
    pool = new pg.Pool({ connectionString: readEnvironment().databaseUrl, max: 2 });
    shop = await openWorkspace({ provider: false });
  });
  afterAll(() => pool.end());

  const shown = async (id: string) =>
    (await call<Shown>('GET', `/v1/workspaces/${id}`, { key: shop.key })).json;

  it('is none at first', async () => {
    expect((await shown(shop.id)).logo).toBeNull();
    const read = await call('GET', pathOf(shop.id), { key: shop.key });
    expect([read.status, read.json.code]).toEqual([404, 'not_found']);
  });

  it('is given back as a picture of the same pixels, and told by hash and sides', async () => {
    const png = samplePng();
    const stored = await put<Logo>(shop.id, shop.key, png);
    expect(stored).toMatchObject({ status: 200, json: { width: 240, height: 90 } });
    const read = await call('GET', pathOf(shop.id), { key: shop.key });
    expect(read.status).toBe(200);
    expect(read.headers.get('content-type')).toBe('image/png');
    expect(read.headers.get('cache-control')).toBe('no-store');
    expect(PNG.sync.read(read.bytes).data.equals(PNG.sync.read(png).data)).toBe(true);
    expect(createHash('sha256').update(read.bytes).digest('hex')).toBe(stored.json.sha256);
    const workspace = await shown(shop.id);
    expect(workspace.logo).toEqual(stored.json);
    expect(workspace).not.toHaveProperty('logoSha256');
  });

  it('is stored without comments, foreign chunks and what hides behind its end', async () => {
    const clean = await put<Logo>(shop.id, shop.key, samplePng());
    const commented = withChunk(withChunk(samplePng(), 'tEXt', `Comment\0${HTML}`), 'eXIf', 'II*\0 GPS');
    const dirty = await put<Logo>(shop.id, shop.key, Buffer.concat([commented, Buffer.from(HTML)]));
    expect(dirty.json).toEqual(clean.json);
    const { rows } = await pool.query<{ png: Buffer }>(
      'SELECT png FROM workspace_logos WHERE workspace_id = $1',
      [shop.id],
    );
    expect(rows.map(({ png }) => chunksOf(png))).toEqual([['IHDR', 'IDAT', 'IEND']]);
    expect(rows[0]?.png.includes('alert')).toBe(false);
  });

  it('is changed and taken away by the admin too, each time with who and why in the audit log', async () => {
    const own = await openWorkspace({ provider: false });
    const { adminKey } = readEnvironment();
    const headers = { 'tashlum-actor': 'dana', 'tashlum-reason': 'new brand' };
    const stored = await call<Logo>('PUT', pathOf(own.id), {
      key: adminKey,
      raw: samplePng(),
      headers: { ...headers, 'content-type': 'image/png' },
    });
    // The same again is no change, and what is gone needs no removing.
    expect((await put(own.id, own.key, samplePng())).status).toBe(200);
    for (let times = 0; times < 2; times += 1)
      expect((await admin('DELETE', pathOf(own.id), undefined, headers)).status).toBe(204);
    expect((await admin('GET', pathOf(own.id))).status).toBe(404);
    const { rows } = await pool.query(
      `SELECT action, actor, reason, detail FROM audit_log WHERE workspace_id = $1 AND action LIKE 'workspace.logo%' ORDER BY sequence`,
      [own.id],
    );
    const by = { actor: expect.stringContaining('dana'), reason: 'new brand' };
    expect(rows).toEqual([
      { action: 'workspace.logo_changed', detail: stored.json, ...by },
      { action: 'workspace.logo_removed', detail: {}, ...by },
    ]);
  });

  it('may be as big as is allowed', async () => {
    const big = await put<Logo>(shop.id, shop.key, samplePng({ width: 2_000, height: 2_000 }));
    expect(big).toMatchObject({ status: 200, json: { width: 2_000, height: 2_000 } });
  });

  const jpeg = Buffer.from('ffd8ffe000104a46494600010101', 'hex');
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
  it.each([
    ['a JPEG', jpeg, 'image/jpeg', 415, 'unsupported_media_type', 'send it as image/png'],
    ['an SVG', svg, 'image/svg+xml', 415, 'unsupported_media_type', 'send it as image/png'],
    ['JSON', Buffer.from('{}'), 'application/json', 415, 'unsupported_media_type', 'send it as image/png'],
    ['a JPEG that says PNG', jpeg, 'image/png', 422, 'validation_failed', 'is not a PNG'],
    ['an SVG that says PNG', svg, 'image/png', 422, 'validation_failed', 'is not a PNG'],
    ['nothing', Buffer.alloc(0), 'image/png', 422, 'validation_failed', 'the body is empty'],
    [
      'one too wide',
      rawPng({ width: 3_000, height: 90 }, Buffer.alloc(0)),
      'image/png',
      422,
      'validation_failed',
      'is 3000 × 90 pixels; each side must have 16 to 2000',
    ],
    ['half a PNG', samplePng().subarray(0, -20), 'image/png', 422, 'validation_failed', 'breaks off'],
    [
      'a PNG of no pixels',
      rawPng({ width: 99, height: 99 }, Buffer.alloc(0)),
      'image/png',
      422,
      'validation_failed',
      'its pixels cannot be read',
    ],
    [
      'a heavy one',
      Buffer.concat([samplePng(), randomBytes(512 * 1024)]),
      'image/png',
      413,
      'body_too_large',
      'is larger than 512 KiB',
    ],
  ])('is not %s', async (_what, bytes, type, status, code, sentence) => {
    const before = await shown(shop.id);
    const answer = await put<{ code: string; detail: string }>(shop.id, shop.key, bytes, type);
    expect(answer).toMatchObject({ status, json: { code } });
    expect(answer.json.detail).toContain(sentence);
    expect(await shown(shop.id)).toEqual(before);
  });

  it('is not packed once more on its way', async () => {
    const headers = { 'content-type': 'image/png', 'content-encoding': 'gzip' };
    const answer = await call('PUT', pathOf(shop.id), { key: shop.key, raw: samplePng(), headers });
    expect([answer.status, answer.json.detail]).toEqual([
      415,
      'send the logo as it is, without content encoding',
    ]);
  });

  it('is nobody else’s: 404 for a key of another workspace, whatever its scopes', async () => {
    const other = await openWorkspace({ provider: false });
    await put(other.id, other.key, samplePng());
    for (const key of [shop.key, await mintKey(shop.id, ['payments:read'])]) {
      expect((await put(other.id, key, samplePng({ colour: [255, 0, 0, 255] }))).status).toBe(404);
      for (const method of ['GET', 'DELETE'])
        expect((await call(method, pathOf(other.id), { key })).status).toBe(404);
    }
    expect((await admin('GET', pathOf(other.id))).status).toBe(200);
    expect((await admin('GET', pathOf('ws_00000000000000000000000000'))).status).toBe(404);
  });

  it('is changed with settings:write alone, and needs a key', async () => {
    const key = await mintKey(shop.id, ['payments:read', 'payments:write', 'providers:write']);
    expect((await put(shop.id, key, samplePng())).status).toBe(403);
    expect((await call('DELETE', pathOf(shop.id), { key })).status).toBe(403);
    expect((await call('GET', pathOf(shop.id), { key })).status).toBe(200);
    expect((await call('GET', pathOf(shop.id))).status).toBe(401);
  });

  it('is not touched by a change of settings', async () => {
    const { logo } = await shown(shop.id);
    const body = { name: 'Renamed', address: CLINIC.address };
    const changed = await admin<Shown>('PATCH', `/v1/workspaces/${shop.id}`, body);
    expect(changed).toMatchObject({ status: 200, json: { name: 'Renamed', logo } });
  });
});
