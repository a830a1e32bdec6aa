import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '#jest';
import pg from 'pg';
import { readEnvironment } from '../support/environment.ts';
import { admin, call, CLINIC, createPayment, openWorkspace } from './rig.ts';
import type { PageBody } from './rig.ts';

interface WorkspaceBody {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly dealerType: string;
  readonly vatRegistered: boolean;
  readonly documentIssuer: string | null;
  readonly receipt: { readonly email: boolean; readonly print: string };
  readonly firstNumbers?: Readonly<Record<string, number>>;
}

const create = (change: object) => admin('POST', '/v1/workspaces', { ...CLINIC, ...change });
const patch = (id: string, body: object) => admin('PATCH', `/v1/workspaces/${id}`, body);

describe('workspaces', () => {
  it('are made with the documented defaults', async () => {
    const { receipt, timeZone, currency, locale, ...rest } = {
      ...CLINIC,
      receipt: null,
    };
    const made = await admin('POST', '/v1/workspaces', rest);
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      mode: 'test',
      timeZone,
      currency,
      locale,
      receipt: { email: false, print: 'at_issue', onPayPage: false },
      providerDescription: null,
      booksClosedThrough: null,
    });
    expect(receipt).toBeNull();
  });

  it.each([
    ['#/name', { name: '' }],
    ['#/name', { name: 'a\u0007b' }],
    ['#/legalName/en', { legalName: { he: 'מרפאה' } }],
    ['#/legalName/fr', { legalName: { ...CLINIC.legalName, fr: 'clinique' } }],
    ['#/taxId', { taxId: '123456789' }],
    ['#/taxId', { taxId: 'none' }],
    ['#/dealerType', { dealerType: 'murshe' }],
    ['#/vatRegistered', { dealerType: 'osek_patur', vatRegistered: true }],
    ['#/vatRegistered', { vatRegistered: 'yes' }],
    ['#/address/city', { address: { ...CLINIC.address, city: undefined } }],
    ['#/address/country', { address: { ...CLINIC.address, country: 'Israel' } }],
    ['#/timeZone', { timeZone: 'Asia/Tel_Aviv_North' }],
    ['#/currency', { currency: 'JPY' }],
    ['#/locale', { locale: 'fr' }],
    ['#/mode', { mode: 'sandbox' }],
    ['#/mode', { mode: undefined }],
    ['#/documentIssuer', { documentIssuer: 'nobody' }],
    ['#/receipt/print', { receipt: { print: 'never' } }],
    ['#/receipt/email', { receipt: { email: null } }],
    ['#/providerDescription', { providerDescription: 'x'.repeat(51) }],
    ['#/booksClosedThrough', { booksClosedThrough: '2025-02-30' }],
    ['#/vatReturn/months', { vatReturn: { months: 3 } }],
    ['#/vatReturn/months', { vatReturn: { reportedFromDay: 16 } }],
    ['#/vatReturn/reportedFromDay', { vatReturn: { months: 1, reportedFromDay: 29 } }],
    ['#/firstNumbers/receipt', { firstNumbers: { receipt: 0 } }],
    ['#/firstNumbers/bill', { firstNumbers: { bill: 5 } }],
    ['#/colour', { colour: 'red' }],
  ])('name the wrong field %s of %j', async (pointer, change) => {
    const answer = await create(change);
    expect(answer.status).toBe(422);
    expect(answer.json.errors?.map((error) => error.pointer)).toContain(pointer);
  });

  it('are listed newest first, for the admin key alone', async () => {
    const older = await openWorkspace({ provider: false });
    const newer = await openWorkspace({ workspace: { name: 'Newer' }, provider: false });
    const page = await admin<PageBody<WorkspaceBody>>('GET', '/v1/workspaces?limit=200');
    expect(page.status).toBe(200);
    const ids = page.json.data.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort().reverse());
    expect(ids.indexOf(newer.id)).toBeLessThan(ids.indexOf(older.id));
    expect(page.json.data.find(({ id }) => id === newer.id)).toMatchObject({
      name: 'Newer',
      mode: 'test',
      currency: 'ILS',
    });

    const first = await admin<PageBody<WorkspaceBody>>('GET', '/v1/workspaces?limit=1');
    const next = first.json.next ?? '';
    const second = await admin<PageBody<WorkspaceBody>>('GET', `/v1/workspaces?limit=1&after=${next}`);
    expect((second.json.data[0]?.id ?? '') < (first.json.data[0]?.id ?? '')).toBe(true);
    expect((await call('GET', '/v1/workspaces', { key: newer.key })).status).toBe(403);
  });

  it('refuse a foreign dealer registered for VAT with a code of its own', async () => {
    const answer = await create({ dealerType: 'foreign', vatRegistered: true, taxId: 'US-12345' });
    expect([answer.status, answer.json.code]).toEqual([422, 'vat_country_unsupported']);
  });

  it('change what is named and keep the rest', async () => {
    const { id } = await openWorkspace({ provider: false });
    const changed = await admin<WorkspaceBody>('PATCH', `/v1/workspaces/${id}`, {
      name: 'New name',
      receipt: { print: 'on_demand' },
    });
    expect(changed.status).toBe(200);
    expect(changed.json).toMatchObject({
      name: 'New name',
      taxId: CLINIC.taxId,
      receipt: { email: false, print: 'on_demand' },
    });
    const read = await admin<WorkspaceBody>('GET', `/v1/workspaces/${id}`);
    expect(read.json).toEqual(changed.json);
  });

  it('never change their mode', async () => {
    const { id } = await openWorkspace({ provider: false });
    const answer = await patch(id, { mode: 'live' });
    expect(answer.status).toBe(422);
    expect(answer.json.errors?.[0]?.pointer).toBe('#/mode');
  });

  it('change their currency until the first payment', async () => {
    const clinic = await openWorkspace({ workspace: { documentIssuer: 'engine' } });
    expect((await patch(clinic.id, { currency: 'USD' })).status).toBe(200);
    expect((await patch(clinic.id, { currency: 'ILS' })).status).toBe(200);
    expect((await createPayment(clinic)).status).toBe(201);
    const locked = await patch(clinic.id, { currency: 'USD' });
    expect([locked.status, locked.json.code]).toEqual([409, 'currency_locked']);
    expect((await patch(clinic.id, { currency: 'ILS' })).status).toBe(200);
  });

  it('become another dealer from today on', async () => {
    const { id } = await openWorkspace({
      workspace: { dealerType: 'osek_patur', vatRegistered: false },
      provider: false,
    });
    const alone = await patch(id, { vatRegistered: true });
    expect(alone.status).toBe(422);
    const changed = await admin<WorkspaceBody>('PATCH', `/v1/workspaces/${id}`, {
      dealerType: 'osek_murshe',
      vatRegistered: true,
    });
    expect(changed.json).toMatchObject({ dealerType: 'osek_murshe', vatRegistered: true });
    const profiles = await rows(
      'SELECT dealer_type FROM tax_profiles WHERE workspace_id = $1 ORDER BY valid_from',
      id,
    );
    expect(profiles.map(({ dealer_type }) => dealer_type)).toEqual(['osek_patur', 'osek_murshe']);
  });

  it('take over the numbers of another system and never go back', async () => {
    const { id } = await openWorkspace({ workspace: { firstNumbers: { receipt: 500 } }, provider: false });
    const lower = await patch(id, { firstNumbers: { receipt: 400 } });
    expect(lower.status).toBe(422);
    expect(lower.json.errors?.[0]?.pointer).toBe('#/firstNumbers/receipt');
    expect((await patch(id, { firstNumbers: { receipt: 600 } })).status).toBe(200);
    const counters = await rows('SELECT last_number FROM document_counters WHERE workspace_id = $1', id);
    expect(counters.map(({ last_number }) => Number(last_number))).toEqual([599]);
  });

  it('cannot issue themselves what the invoice service issues, in either order', async () => {
    const service = {
      service: 'green-invoice',
      credentials: { apiKeyId: randomUUID(), apiKeySecret: randomUUID() },
    };
    const first = await openWorkspace({ workspace: { documentIssuer: 'engine' }, provider: false });
    const refused = await admin('PUT', `/v1/workspaces/${first.id}/invoice-service`, service);
    expect([refused.status, refused.json.code]).toEqual([422, 'document_issuer_conflict']);

    const second = await openWorkspace({ provider: false });
    expect((await admin('PUT', `/v1/workspaces/${second.id}/invoice-service`, service)).status).toBe(200);
    const late = await patch(second.id, { documentIssuer: 'engine' });
    expect([late.status, late.json.code]).toEqual([422, 'document_issuer_conflict']);
  });

  it('write who did what and why into a chain without holes', async () => {
    const { id, key } = await openWorkspace({ provider: false });
    const headers = { 'tashlum-actor': 'dana', 'tashlum-reason': 'we moved' };
    await admin('PATCH', `/v1/workspaces/${id}`, { name: 'Moved' }, headers);
    await call('PATCH', `/v1/workspaces/${id}`, { key, body: { name: 'Moved again' } });
    const log = await rows(
      'SELECT sequence, actor, action, reason, link FROM audit_log WHERE workspace_id = $1 ORDER BY sequence',
      id,
    );
    expect(log.map(({ sequence }) => Number(sequence))).toEqual(log.map((_, index) => index + 1));
    expect(new Set(log.map(({ link }) => String(link))).size).toBe(log.length);
    const mine = log.find(({ reason }) => reason === 'we moved');
    expect(String(mine?.['actor'])).toContain('dana');
  });

  it('are 404 where they do not exist, whatever the id looks like', async () => {
    for (const id of ['ws_00000000000000000000000000', 'ws_1', '%00', "'; --"]) {
      expect((await admin<PageBody<never>>('GET', `/v1/workspaces/${encodeURIComponent(id)}`)).status).toBe(
        404,
      );
    }
  });
});

async function rows(sql: string, workspaceId: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: readEnvironment().databaseUrl });
  await client.connect();
  try {
    const result = await client.query<Record<string, unknown>>(sql, [workspaceId]);
    return result.rows;
  } finally {
    await client.end();
  }
}
