import { beforeAll, describe, expect, it } from '#jest';
import { OPERATIONS } from '../description/description.ts';
import {
  admin,
  call,
  createPayment,
  eventually,
  mintKey,
  openPayment,
  openWorkspace,
  payAtVendor,
  untilStatus,
} from './rig.ts';
import type { PageBody, PaymentBody, Scope, TestWorkspace } from './rig.ts';

/** As docs/keys.md names them. */
const PRESETS: Readonly<Record<string, readonly Scope[]>> = {
  'front desk': ['links:read', 'links:write'],
  accountant: ['reports:read', 'books:close'],
  'back office': ['documents:read', 'documents:write'],
};

const PLANTED = [
  'צנתור',
  'planted-subject',
  'planted-note',
  'Planted Person',
  'planted@example.com',
  'Planted Patient',
  '123456782',
  '1987-06-05',
];
const TELLING = {
  description: 'צנתור',
  subject: 'planted-subject',
  customer: { name: 'Planted Person', email: 'planted@example.com' },
  metadata: { note: 'planted-note' },
  patient: { name: 'Planted Patient', taxId: '123456782' },
  sessionDates: ['1987-06-05'],
};

let clinic: TestWorkspace;
let paid: PaymentBody;
beforeAll(async () => {
  clinic = await openWorkspace();
  const { id } = await openPayment(clinic, TELLING);
  await payAtVendor(id);
  paid = await untilStatus(clinic, id, 'completed');
});

/** The path with ids of what is really there, so that a missing scope and nothing else is in the way. */
const toReal = (path: string): string =>
  path.replace('{id}', () => {
    if (path.startsWith('/v1/payments')) return paid.id;
    if (path.startsWith('/v1/documents')) return paid.documentIds[0] ?? '';
    return path.startsWith('/v1/workspaces') ? clinic.id : 'none';
  });

describe.each(Object.entries(PRESETS))('a key for the %s', (_job, scopes) => {
  it('opens what its scopes say, and every other operation is refused', async () => {
    const key = await mintKey(clinic.id, scopes);
    const opens = (security: Readonly<Record<string, readonly string[]>>) =>
      security['key'] !== undefined &&
      (security['key'].length === 0 || security['key'].some((one) => scopes.includes(one as Scope)));
    const closed = OPERATIONS.filter(({ security = [] }) => security.length > 0 && !security.some(opens));
    expect(closed.length).toBeGreaterThan(30);
    for (const { method, path } of closed) {
      const answer = await call(method.toUpperCase(), toReal(path), {
        key,
        ...(method === 'get' ? {} : { body: {} }),
      });
      const expected = path.includes('{') && toReal(path).match(/none|\{/) ? [403, 404] : [403];
      expect([method, path, expected.includes(answer.status) ? 'refused' : answer.status]).toEqual([
        method,
        path,
        'refused',
      ]);
    }
  });
});

describe('a key for the front desk', () => {
  it('makes links and sees whether they are paid, and nothing about whom and what for', async () => {
    const key = await mintKey(clinic.id, PRESETS['front desk'] ?? []);
    const made = await createPayment({ key }, TELLING);
    expect([201, 202]).toContain(made.status);
    const one = await call<PaymentBody>('GET', `/v1/payments/${paid.id}`, { key });
    expect(one.json).toMatchObject({
      view: 'link',
      paid: true,
      reference: paid.reference,
      amount: paid.amount,
    });
    const list = await call<PageBody<PaymentBody>>('GET', '/v1/payments', { key });
    expect(list.json.data.map(({ id }) => id)).toContain(paid.id);
    const asked = await eventually('the mail', async () => {
      const answer = await call('POST', `/v1/payments/${made.json.id}/request`, { key, body: {} });
      return answer.status === 202 ? answer : null;
    });
    for (const { bytes } of [made, one, list, asked])
      for (const word of PLANTED) expect(bytes.toString()).not.toContain(word);
    for (const { documentIds, means } of [one.json, ...list.json.data])
      expect([documentIds, means]).toEqual([[], []]);
  });

  it.each(['subject=planted-subject', 'method=card', 'provider=payplus', 'review=reconciliation'])(
    'cannot find out by choosing: %s',
    async (query) => {
      const key = await mintKey(clinic.id, PRESETS['front desk'] ?? []);
      expect((await call('GET', `/v1/payments?${query}`, { key })).status).toBe(403);
      expect((await call('GET', `/v1/payments?${query}`, { key: clinic.key })).status).toBe(200);
    },
  );
});

describe('a key for the accountant', () => {
  it('reads reports and closes the books, and changes no other setting', async () => {
    const workspace = await openWorkspace({ provider: false });
    const key = await mintKey(workspace.id, PRESETS['accountant'] ?? []);
    const report = await call('GET', '/v1/reports/vat?from=2026-01-01&to=2026-02-01', { key });
    expect(report.status).toBe(200);
    const path = `/v1/workspaces/${workspace.id}`;
    const closing = await call('PATCH', path, { key, body: { booksClosedThrough: '2025-12-31' } });
    expect(closing.json).toMatchObject({ booksClosedThrough: '2025-12-31' });
    for (const body of [{ name: 'Mine' }, { booksClosedThrough: '2026-01-31', locale: 'en' }])
      expect((await call('PATCH', path, { key, body })).status).toBe(403);
    expect((await admin('PATCH', path, { name: 'Theirs' })).status).toBe(200);
  });
});

describe('a key that expires', () => {
  it('works until then, says so in the list, and cannot outlive itself by a new one', async () => {
    const path = `/v1/workspaces/${clinic.id}/api-keys`;
    const mint = (key: string | null, expiresAt?: string) => {
      const body = { name: 'short', scopes: ['links:read', 'settings:write'], expiresAt };
      return key === null
        ? admin<{ id: string; secret: string }>('POST', path, body)
        : call<{ id: string; secret: string }>('POST', path, { key, body });
    };
    const soon = new Date(Date.now() + 1_500).toISOString();
    const { json } = await mint(null, soon);
    const use = () => call('GET', '/v1/payments', { key: json.secret });
    expect((await use()).status).toBe(200);
    expect((await mint(json.secret)).status).toBe(422);
    const refused = await eventually('the end of the key', async () => {
      const answer = await use();
      return answer.status === 200 ? null : answer;
    });
    expect([refused.status, refused.json.detail]).toEqual([401, `the API key expired at ${soon}`]);
    const listed = await admin<PageBody<{ id: string; expiresAt: string | null }>>('GET', path);
    expect(listed.json.data).toContainEqual(expect.objectContaining({ id: json.id, expiresAt: soon }));
    expect((await mint(null, '2020-01-01T00:00:00Z')).status).toBe(422);
  });
});
