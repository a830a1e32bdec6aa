import { beforeAll, describe, expect, it } from '#jest';
import { admin, call, mintKey, openWorkspace } from './rig.ts';
import type { PageBody, ProblemBody, TestWorkspace } from './rig.ts';

const PATH = '/v1/webhook-endpoints';

let clinic: TestWorkspace;
let other: TestWorkspace;
beforeAll(async () => {
  [clinic, other] = await Promise.all([
    openWorkspace({ provider: false }),
    openWorkspace({ provider: false }),
  ]);
});

const create = <Body = ProblemBody>(body: object) => call<Body>('POST', PATH, { key: clinic.key, body });

const made = async () => (await create<{ id: string }>({ url: 'https://example.com/' })).json;

describe('a webhook endpoint', () => {
  it.each([
    [{ url: 'http://10.0.0.8/' }, '#/url', 'private'],
    [{ url: 'http://169.254.169.254/latest' }, '#/url', 'private'],
    [{ url: 'http://0.0.0.0/' }, '#/url', 'private'],
    [{ url: 'https://[fd00::1]/' }, '#/url', 'private'],
    [{ url: 'https://[::ffff:192.168.1.1]/' }, '#/url', 'private'],
    [{ url: 'ftp://example.com/' }, '#/url', 'http(s)'],
    [{ url: 'example.com' }, '#/url', 'http(s)'],
    [{ url: 'https://example.com/ ' }, '#/url', 'blanks'],
    [{ url: 'https://example.com\\@10.0.0.8/' }, '#/url', 'backslashes'],
    [{ url: 'https:example.com' }, '#/url', 'http(s)'],
    [{ url: 'https://user:secret@example.com/' }, '#/url', 'user name'],
    [{ url: `https://example.com/${'x'.repeat(2_000)}` }, '#/url', 'characters'],
    [{ url: 7 }, '#/url', ''],
    [{}, '#/url', ''],
    [{ url: 'https://example.com/', events: ['payment.paid'] }, '#/events/0', 'payment.completed'],
    [{ url: 'https://example.com/', events: ['test'] }, '#/events/0', 'is not a type'],
    [{ url: 'https://example.com/', events: ['payment.failed', 'payment.failed'] }, '#/events', 'once'],
    [{ url: 'https://example.com/', events: [] }, '#/events', 'leave it out'],
    [{ url: 'https://example.com/', events: null }, '#/events', 'list'],
    [{ url: 'https://example.com/', secret: 'whsec_x' }, '#/secret', 'not a field'],
  ])('is refused with the field and the fix: %j', async (body, pointer, word) => {
    const refused = await create(body);
    expect([refused.status, refused.json.code]).toEqual([422, 'validation_failed']);
    expect(refused.json.errors?.[0]).toMatchObject({ pointer, detail: expect.stringContaining(word) });
  });

  it('is held to the same rules when it is changed', async () => {
    const { id } = await made();
    const change = (body: object) => call('PATCH', `${PATH}/${id}`, { key: clinic.key, body });
    for (const [body, pointer] of [
      [{ url: 'http://192.168.0.1/' }, '#/url'],
      [{ events: ['nothing.known'] }, '#/events/0'],
      [{ status: 'disabled' }, '#/status'],
      [{ secret: 'x' }, '#/secret'],
    ] as const) {
      const refused = await change(body);
      expect([refused.status, refused.json.errors?.[0]?.pointer]).toEqual([422, pointer]);
    }
  });

  it('tells of a query that no route knows', async () => {
    const { id } = await made();
    for (const [method, path] of [
      ['GET', `${PATH}?status=enabled`],
      ['POST', `${PATH}/${id}/redeliver-failed?since=yesterday`],
    ] as const) {
      const refused = await call(method, path, {
        key: clinic.key,
        ...(method === 'POST' ? { body: {} } : {}),
      });
      expect(refused.status).toBe(422);
    }
  });
});

describe('who may manage endpoints', () => {
  it('needs settings:write; the admin key does not have it', async () => {
    const reader = await mintKey(clinic.id, ['payments:read', 'payments:write']);
    const { id } = await made();
    for (const [method, path] of [
      ['GET', PATH],
      ['POST', PATH],
      ['GET', `${PATH}/${id}`],
      ['PATCH', `${PATH}/${id}`],
      ['DELETE', `${PATH}/${id}`],
      ['POST', `${PATH}/${id}/test`],
      ['POST', `${PATH}/${id}/rotate-secret`],
      ['POST', `${PATH}/${id}/redeliver-failed`],
    ] as const) {
      const body = method === 'GET' || method === 'DELETE' ? {} : { body: {} };
      const refused = await call(method, path, { key: reader, ...body });
      expect([method, path, refused.status]).toEqual([method, path, 403]);
    }
    expect((await admin('GET', PATH)).status).toBe(403);
  });

  it('finds nothing of another workspace, also where it lacks the scope', async () => {
    const { id } = await made();
    const none = await mintKey(other.id, ['reports:read']);
    for (const key of [other.key, none]) {
      for (const [method, path] of [
        ['GET', `${PATH}/${id}`],
        ['PATCH', `${PATH}/${id}`],
        ['DELETE', `${PATH}/${id}`],
        ['POST', `${PATH}/${id}/test`],
        ['POST', `${PATH}/${id}/rotate-secret`],
        ['POST', `${PATH}/${id}/redeliver-failed`],
      ] as const) {
        const body = method === 'GET' || method === 'DELETE' ? {} : { body: {} };
        const answer = await call(method, path, { key, ...body });
        expect([method, path, answer.status, answer.json.code]).toEqual([method, path, 404, 'not_found']);
      }
    }
    const list = await call<PageBody<unknown>>('GET', PATH, { key: other.key });
    expect(list.json.data).toEqual([]);
  });
});
