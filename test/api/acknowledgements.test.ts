import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '#jest';
import { dayAfter, dayInZone } from '../../src/domain/calendar.ts';
import { record } from '../e2e/support/manual.ts';
import { call, openWorkspace } from './rig.ts';
import type { TestWorkspace } from './rig.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';

interface Credit {
  readonly acknowledgedAt: string | null;
  readonly acknowledgement: { readonly method: string; readonly note: string | null } | null;
  readonly errors?: readonly { readonly pointer: string }[];
}

let clinic: TestWorkspace;
beforeAll(async () => {
  clinic = await openWorkspace({ provider: false });
});

async function creditOf(amount: number, customer: object = {}): Promise<string> {
  const { id } = await record(clinic, { amount, customer });
  const { json } = await call<{ documentId: string }>('POST', `/v1/payments/${id}/refunds`, {
    key: clinic.key,
    body: { reason: 'cancelled' },
    headers: { 'idempotency-key': randomUUID() },
  });
  return json.documentId;
}

const confirm = (id: string, body: object) =>
  call<Credit>('POST', `/v1/documents/${id}/acknowledge`, { key: clinic.key, body });
const refusalOf = async (id: string, body: object) => {
  const { status, json } = await confirm(id, body);
  return [status, json.errors?.[0]?.pointer];
};

describe('the confirmation of a credit', () => {
  const today = todayInIsrael();

  it('says how, when and what was noted, once', async () => {
    const id = await creditOf(118_000);
    const { status, json } = await confirm(id, { method: 'registered_mail', note: 'RR 123 456 785 IL' });
    const acknowledgement = { method: 'registered_mail', note: 'RR 123 456 785 IL' };
    expect([status, json.acknowledgement]).toEqual([200, acknowledgement]);
    expect(dayInZone(new Date(json.acknowledgedAt ?? ''), 'Asia/Jerusalem')).toBe(today);
    const again = await confirm(id, { method: 'fax' });
    expect([again.json.acknowledgement, again.json.acknowledgedAt]).toEqual([
      acknowledgement,
      json.acknowledgedAt,
    ]);
  });

  it('needs a way that the law knows, on a day from the credit to today', async () => {
    const id = await creditOf(118_000);
    expect(await refusalOf(id, {})).toEqual([422, '#/method']);
    expect(await refusalOf(id, { method: 'telephone' })).toEqual([422, '#/method']);
    expect(await refusalOf(id, { method: 'fax', at: dayAfter(today) })).toEqual([422, '#/at']);
    expect(await refusalOf(id, { method: 'fax', at: '2025-03-02' })).toEqual([422, '#/at']);
  });

  it('is spared to private customers up to 600 ₪', async () => {
    const customer = { name: 'Noga Ltd', taxId: '514713288', taxIdKind: 'company' };
    const [small, much, company] = [
      await creditOf(60_000),
      await creditOf(60_001),
      await creditOf(1_000, customer),
    ];
    expect(await refusalOf(much, { method: 'private_small' })).toEqual([422, '#/method']);
    expect(await refusalOf(company, { method: 'private_small' })).toEqual([422, '#/method']);
    expect((await confirm(small, { method: 'private_small' })).json.acknowledgement).toEqual({
      method: 'private_small',
      note: null,
    });
  });
});
