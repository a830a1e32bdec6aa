import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { RevenueAnswer } from '../../src/api/reports/report-schema.ts';
import { listOpenPaturYears } from '../../src/db/patur-steps.ts';
import { createPool } from '../../src/db/pool.ts';
import type { Pool } from '../../src/db/pool.ts';
import { watchCeilings } from '../../src/worker/sweepers/watch-ceilings.ts';
import { call, openWorkspace } from '../api/rig.ts';
import type { PageBody } from '../api/rig.ts';
import type { TestWorkspace } from '../e2e/support/clinic.ts';
import { record } from '../e2e/support/manual.ts';
import { refund } from '../e2e/support/refunds.ts';
import { readEnvironment } from '../support/environment.ts';

let pool: Pool;
beforeAll(() => {
  pool = createPool({ connectionString: readEnvironment().databaseUrl, onError: () => undefined });
});
afterAll(() => pool.end());

const year = Number(
  new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: 'Asia/Jerusalem' }).format(new Date()),
);
const open = (mode: 'live' | 'test', dealerType = 'osek_patur') =>
  openWorkspace({
    workspace: { dealerType, vatRegistered: dealerType === 'osek_murshe', mode },
    provider: false,
  });
const take = (workspace: TestWorkspace, amount: number) =>
  record(workspace, { amount, method: 'bank_transfer' });

const TYPE = 'workspace.ceiling_reached';

interface CeilingEvent {
  readonly data: Readonly<Record<string, unknown>>;
}

/** What was told, oldest first, after some workers looked at the same moment. */
async function told(workspace: TestWorkspace) {
  await Promise.all([watchCeilings({ pool }), watchCeilings({ pool }), watchCeilings({ pool })]);
  const { json } = await call<PageBody<CeilingEvent>>('GET', `/v1/events?type=${TYPE}`, {
    key: workspace.key,
  });
  return json.data.map(({ data }) => data).reverse();
}

describe('the ceiling of an osek patur', () => {
  it('is told at 80 and at 100 percent, each once, refunds taken off, and stands in the revenue report', async () => {
    const patur = await open('live');
    const first = await take(patur, 10_000_000);
    await refund(patur, first.id, { amount: 173_361 });
    expect(await told(patur)).toEqual([]);

    await take(patur, 1);
    const ceiling = { year, ceiling: 12_283_300, currency: 'ILS', paymentId: null };
    const near = { ...ceiling, step: 80, turnover: 9_826_640 };
    expect(await told(patur)).toEqual([expect.objectContaining(near)]);

    await take(patur, 2_456_660);
    const reached = { ...ceiling, step: 100, turnover: 12_283_300 };
    const both = [expect.objectContaining(near), expect.objectContaining(reached)];
    expect(await told(patur)).toEqual(both);
    await refund(patur, first.id, { amount: 5_000_000 });
    await take(patur, 7_000_000);
    expect(await told(patur)).toEqual(both);

    const range = `from=${year}-01-01&to=${year + 1}-01-01`;
    const { json } = await call<RevenueAnswer>('GET', `/v1/reports/revenue?${range}`, { key: patur.key });
    expect(json.osekPatur).toMatchObject({
      year,
      turnover: 14_283_300,
      ceiling: 12_283_300,
      shareBp: 11_628,
    });
  });

  it('is told to live businesses of this dealer type alone', async () => {
    const others = [await open('test'), await open('live', 'osek_murshe')];
    for (const other of others) {
      await take(other, 20_000_000);
      expect(await told(other)).toEqual([]);
    }
    const range = `from=${year}-01-01&to=${year + 1}-01-01`;
    const reports = others.map(({ key }) =>
      call<RevenueAnswer>('GET', `/v1/reports/revenue?${range}`, { key }),
    );
    const [trial, murshe] = await Promise.all(reports);
    expect(trial?.json.osekPatur).toMatchObject({ turnover: 20_000_000 });
    expect(murshe?.json.osekPatur).toBeNull();
  });

  it('still looks at the last year while documents may be dated in it', async () => {
    const patur = await open('live');
    const looksAt = async (now: string) =>
      (await listOpenPaturYears(pool, new Date(now)))
        .filter(({ workspaceId }) => workspaceId === patur.id)
        .map(({ through }) => through);
    expect(await looksAt('2027-01-31T10:00:00Z')).toEqual(['2026-12-31', '2027-01-31']);
    expect(await looksAt('2027-02-01T10:00:00Z')).toEqual(['2027-02-01']);
  });
});
