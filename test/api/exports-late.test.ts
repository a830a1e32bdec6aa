import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { VatAnswer } from '../../src/api/reports/report-schema.ts';
import { dayBefore } from '../../src/domain/export.ts';
import { agorot, fetchSheets, record } from '../e2e/support/accountant-clinic.ts';
import type { Row } from '../e2e/support/accountant-clinic.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { askExport } from '../e2e/support/exports.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';
import { admin, call, eventually, openWorkspace } from './rig.ts';
import type { ProblemBody, TestWorkspace } from './rig.ts';

// Rates are those of all workspaces: the days and currencies here are no other test's.

let books: Books;
beforeAll(() => {
  books = openBooks();
});
afterAll(() => books.close());

const today = todayInIsrael();
const yesterday = dayBefore(today);
const EXPORTED = { vatTreatment: 'zero_rated', vatReason: 'Section 30(a)(5)' };

const open = (change: object = {}): Promise<TestWorkspace> =>
  openWorkspace({
    workspace: { receipt: { email: false, print: 'on_demand' }, dealerType: 'company', ...change },
    provider: false,
  });

/** Dates the documents of a workspace as if they were of one day and made on another, which the engine itself does for nobody. */
async function dateAll({ id }: TestWorkspace, documentDate: string, madeOn: string): Promise<void> {
  const rewrite = 'tax_documents_keep_what_they_say';
  await books.query(
    `ALTER TABLE tax_documents DISABLE TRIGGER ${rewrite};
     UPDATE tax_documents SET document_date = '${documentDate}', fiscal_year = extract(year FROM '${documentDate}'::date),
       created_at = '${madeOn} 12:00:00+02', content = content || '{"movedFromDay": null}' WHERE workspace_id = '${id}';
     ALTER TABLE tax_documents ENABLE ALWAYS TRIGGER ${rewrite};`,
  );
}

async function enterRate(currency: string, day: string, rate: string): Promise<void> {
  expect((await admin('PUT', `/v1/admin/exchange-rates/${currency}/${day}`, { rate })).status).toBe(200);
}

const untilInShekels = ({ id }: TestWorkspace): Promise<unknown> =>
  eventually('the sums in shekels', async () => {
    const [one] = await books.query('SELECT FROM document_shekels WHERE workspace_id = $1', [id]);
    return one ?? null;
  });

const dayOf = (cell: Row[string] | undefined) =>
  cell instanceof Date ? cell.toISOString().slice(0, 10) : cell;

/** The late documents of a VAT file: part of a return, day on which it counts, sum before VAT. */
async function lateIn(workspace: TestWorkspace, wish: object = {}) {
  const { rows } = await fetchSheets(workspace, { kind: 'vat', currency: 'ILS', ...wish });
  return rows('Documents')
    .filter(({ part }) => part === 'late')
    .map(({ period, countedOn, lateNet }) => [period, dayOf(countedOn), agorot(lateNet)]);
}

describe('sums in shekels whose exchange rate came late', () => {
  it('are late in the present period, in the files that list what is late', async () => {
    const exporter = await open({ currency: 'USD' });
    await record(exporter, { amount: 10_000, method: 'bank_transfer', paidOn: '2024-08-14', ...EXPORTED });
    await dateAll(exporter, '2024-08-14', '2024-08-14');
    expect(await lateIn(exporter)).toEqual([]);
    await enterRate('USD', '2024-08-14', '3.7');
    await untilInShekels(exporter);
    expect(await lateIn(exporter)).toEqual([[today.slice(0, 7), today, 37_000]]);
    expect(await lateIn(exporter, { currency: 'USD' })).toEqual([]);
    const year = { kind: 'year', from: '2024-01-01', to: '2025-01-01', currency: 'ILS' };
    expect((await fetchSheets(exporter, year)).rows('Made after the year')).toHaveLength(1);
  });

  it('are late in books that were closed before, and nowhere else while the return is open', async () => {
    const [closed, stillOpen] = [await open({ currency: 'EUR' }), await open({ currency: 'EUR' })];
    for (const workspace of [closed, stillOpen])
      await record(workspace, {
        amount: 10_000,
        method: 'bank_transfer',
        paidOn: yesterday,
        lateReason: undefined,
        ...EXPORTED,
      });
    const change = { booksClosedThrough: yesterday };
    expect((await admin('PATCH', `/v1/workspaces/${closed.id}`, change)).status).toBe(200);
    await enterRate('EUR', yesterday, '4.1');
    for (const workspace of [closed, stillOpen]) await untilInShekels(workspace);
    expect(await lateIn(closed)).toEqual([[today.slice(0, 7), today, 41_000]]);
    expect(await lateIn(stillOpen)).toEqual([]);
  });
});

describe('a business that says how it reports its VAT', () => {
  it('has as late what was made once the period counted as reported', async () => {
    const shop = await open({ vatReturn: { months: 1, reportedFromDay: 25 } });
    await record(shop, { amount: 11_700, method: 'cash', paidOn: '2024-08-14' });
    await dateAll(shop, '2024-08-14', '2024-09-20');
    expect(await lateIn(shop)).toEqual([]);
    await admin('PATCH', `/v1/workspaces/${shop.id}`, { vatReturn: { reportedFromDay: 20 } });
    expect(await lateIn(shop)).toEqual([['2024-09', '2024-09-20', 10_000]]);
    await admin('PATCH', `/v1/workspaces/${shop.id}`, { vatReturn: null });
    expect(await lateIn(shop)).toEqual([['2024-09', '2024-09-20', 10_000]]);
  });

  it('has files and reports of its own periods, unless they are asked for in others', async () => {
    const shop = await open({ vatReturn: { months: 2 } });
    await record(shop, { amount: 11_700, method: 'cash', paidOn: '2024-07-14' });
    await dateAll(shop, '2024-07-14', '2024-08-20');
    expect(await lateIn(shop)).toEqual([]);
    expect(await lateIn(shop, { options: { months: 1 } })).toEqual([['2024-08', '2024-08-20', 10_000]]);
    const periods = async (query: string): Promise<number[]> => {
      const path = `/v1/reports/vat?from=2024-07-01&to=2024-09-01${query}`;
      const { json } = await call<VatAnswer>('GET', path, { key: shop.key });
      return [json.months, json.rows.length];
    };
    expect(await periods('')).toEqual([2, 1]);
    expect(await periods('&months=1')).toEqual([1, 2]);
    const half = { kind: 'vat', format: 'xlsx', from: '2024-08-01', to: '2024-09-01' };
    const refused = await askExport<ProblemBody>(shop, half);
    expect([refused.status, refused.json.errors?.[0]?.pointer]).toEqual([422, '#/from']);
  });
});
