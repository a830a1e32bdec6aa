import { beforeAll, describe, expect, it } from '#jest';
import { createAuditChain } from '../../src/db/audit-chain.ts';
import type { AuditRow } from '../../src/db/audit-chain.ts';
import { readMasterKeys } from '../../src/secrets.ts';
import { readEncryptionKeys } from '../support/environment.ts';
import { call, mintKey, openWorkspace } from './rig.ts';
import type { PageBody, TestWorkspace } from './rig.ts';

type Hidden = 'link' | 'reasonHash' | 'reasonSalt';
type Entry = Omit<AuditRow, 'workspaceId' | 'at' | Hidden> & {
  readonly at: string;
  readonly link: string;
  readonly reasonHash: string | null;
  readonly reasonSalt: string | null;
};
const unhex = (text: string | null) => (text === null ? null : Buffer.from(text, 'hex'));

let clinic: TestWorkspace;
beforeAll(async () => {
  clinic = await openWorkspace({ provider: false });
  for (const [index, actor] of ['dana', 'dana', 'רון'].entries())
    await call('POST', '/v1/webhook-endpoints', {
      key: clinic.key,
      body: { url: `https://app.example.com/${index}` },
      headers: {
        'tashlum-actor': Buffer.from(actor).toString('latin1'),
        'tashlum-reason': Buffer.from('הקמה').toString('latin1'),
      },
    });
});

const list = (query = '') =>
  call<PageBody<Entry>>('GET', `/v1/audit${query}`, { key: clinic.key }).then(({ json }) => json);

describe('the audit log', () => {
  it('lists who did what and why, newest first, a page at a time', async () => {
    const all = (await list()).data;
    expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, index) => all.length - index));
    expect(all[0]).toMatchObject({ action: 'webhook_endpoint.created', reason: 'הקמה' });
    expect(all[0]?.actor).toMatch(/^רון \(key_/);

    const first = await list('?limit=2');
    const second = await list(`?limit=200&after=${first.next}`);
    expect([...first.data, ...second.data]).toEqual(all);
    expect(second.next).toBeNull();
  });

  it('can be filtered by person, action, subject and time', async () => {
    const { data } = await list('?action=webhook_endpoint.created');
    expect(data).toHaveLength(3);
    const [third, second] = data as [Entry, Entry, Entry];
    expect((await list(`?actor=${encodeURIComponent(third.actor)}`)).data).toEqual([third]);
    expect((await list(`?subjectId=${second.subjectId}`)).data).toEqual([second]);
    expect((await list(`?from=${second.at}&to=${third.at}&action=webhook_endpoint.created`)).data).toEqual([
      second,
    ]);
  });

  it('can be verified by who has the keys, from what the list shows', async () => {
    const chain = createAuditChain(readMasterKeys(readEncryptionKeys()));
    const rows = [...(await list('?limit=200')).data].reverse().map((entry) => ({
      ...entry,
      workspaceId: clinic.id,
      at: new Date(entry.at),
      link: Buffer.from(entry.link, 'hex'),
      reasonHash: unhex(entry.reasonHash),
      reasonSalt: unhex(entry.reasonSalt),
    }));
    expect(rows.filter(({ reason, reasonHash }) => reason !== null && reasonHash !== null)).toHaveLength(3);
    expect(rows.length).toBeGreaterThan(3);
    expect(chain.findBreak(rows)).toBeNull();
  });

  it.each([
    ['after=pay_1', '#/after'],
    ['from=2026-01-02T00:00:00Z&to=2026-01-02T00:00:00Z', '#/to'],
    ['from=yesterday', '#/from'],
    ['who=dana', '#/who'],
  ])('refuses ?%s with a sentence', async (query, pointer) => {
    const { status, json } = await call<{ errors: { pointer: string }[] }>('GET', `/v1/audit?${query}`, {
      key: clinic.key,
    });
    expect([status, json.errors.map((one) => one.pointer)]).toEqual([422, [pointer]]);
  });

  it('is not shown to a key that may not change settings, nor that of another workspace', async () => {
    const other = await openWorkspace({ provider: false });
    const entries = (await call<PageBody<Entry>>('GET', '/v1/audit', { key: other.key })).json.data;
    expect(entries.filter(({ action }) => action.startsWith('webhook_endpoint'))).toEqual([]);
    const reader = await mintKey(other.id, ['payments:read']);
    expect((await call('GET', '/v1/audit', { key: reader })).status).toBe(403);
  });
});
