import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { record, send } from '../e2e/support/accountant-clinic.ts';
import { askExport, fetchExport } from '../e2e/support/exports.ts';
import { backdate } from '../support/backdate.ts';
import { readHashavshevet, toAgorot } from '../support/hashavshevet/read-hashavshevet.ts';
import type { HashFiles, HashRecord } from '../support/hashavshevet/read-hashavshevet.ts';
import { admin, call, openWorkspace, untilStatus } from './rig.ts';
import type { ProblemBody, TestWorkspace } from './rig.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';

const ACCOUNTS = {
  income: '3000',
  incomeZeroRated: '3001',
  incomeExempt: '3002',
  vat: '2001',
  withheld: '2000',
  cashBox: '1000',
  cashBoxes: [
    { method: 'cash', account: '1002' },
    { method: 'check', account: 'המחאות' },
    { provider: 'manual', account: '1009' },
    { method: 'bank_transfer', provider: 'payplus', account: '9999' },
  ],
};
const COMPANY = { name: 'חברת "אלון" בע״מ', taxId: '514713288', taxIdKind: 'company', phone: '03-5551234' };
const KIND = { kind: 'hashavshevet', format: 'zip' };

let books: Books;
let clinic: TestWorkspace;
let patur: TestWorkspace;

const set = (workspace: TestWorkspace, hashavshevet: object | null) =>
  admin('PATCH', `/v1/workspaces/${workspace.id}`, { hashavshevet });
async function giveBack(at: TestWorkspace, id: string, amount: number): Promise<void> {
  await send(at, `/v1/payments/${id}/refunds`, { reason: 'gave back', method: 'cash', amount });
  await untilStatus(at, id, 'partially_refunded');
}

async function fill(at: TestWorkspace): Promise<void> {
  const items = [
    { description: 'שיחה', quantity: 3, unitPrice: 3_333 },
    { description: 'abroad', quantity: 1, unitPrice: 5_000, vatTreatment: 'zero_rated' },
    { description: 'exempt', quantity: 1, unitPrice: 1_234, vatTreatment: 'exempt' },
  ];
  const check = { bank: '12', branch: '634', account: '0012345', number: '5000017', dueDate: '2025-03-14' };
  const means = [
    { method: 'cash', amount: 4_001 },
    { method: 'check', amount: 7_000, check },
    { method: 'withheld', amount: 5_232 },
  ];
  const mixed = { items, vatReason: 'export', paidOn: '2025-03-16', customer: COMPANY };
  await record(at, { amount: 16_233, method: undefined, means, ...mixed });
  const given = await record(at, { amount: 5_900, method: 'bank_transfer', paidOn: '2025-03-17' });
  await record(at, { amount: 11_801, method: 'cash', paidOn: '2025-03-18' });
  await giveBack(at, given.id, 2_360);
  await backdate(books, at.id);
}

beforeAll(async () => {
  books = openBooks();
  const live = { mode: 'live', receipt: { email: false, print: 'on_demand' } };
  clinic = await openWorkspace({ workspace: live, provider: false });
  const unregistered = { ...live, dealerType: 'osek_patur', vatRegistered: false };
  patur = await openWorkspace({ workspace: unregistered, provider: false });
  for (const at of [clinic, patur]) {
    await fill(at);
    expect((await set(at, ACCOUNTS)).status).toBe(200);
  }
});
afterAll(() => books.close());

const fetchFiles = async (at: TestWorkspace, options: object, encoding?: string): Promise<HashFiles> =>
  readHashavshevet((await fetchExport(at, { ...KIND, options })).bytes, encoding);

/** Agorot by account: debit less credit. */
function balances(rows: readonly HashRecord[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const row of rows)
    for (const [side, sign] of [
      ['חובה', 1],
      ['זכות', -1],
    ] as const)
      for (const at of [1, 2]) {
        const account = row[`מס חשבון ${side} ${at}`] ?? '';
        if (account !== '')
          sums[account] = (sums[account] ?? 0) + sign * toAgorot(row[`סכום ${side} ${at} בש"ח`]);
      }
  return sums;
}
const sumOf = (row: HashRecord, side: string): number =>
  toAgorot(row[`סכום ${side} 1 בש"ח`]) + toAgorot(row[`סכום ${side} 2 בש"ח`]);

/** The same by the books alone: what came by each means, and what was sold under each treatment. */
async function stored(at: TestWorkspace): Promise<Record<string, number>> {
  const rows = await books.query<{ account: string; sum: number }>(
    `WITH d AS (SELECT *, CASE WHEN refund_id IS NULL THEN 1 ELSE -1 END AS sign FROM tax_documents WHERE workspace_id = $1),
     sums AS (
       SELECT CASE m ->> 'method' WHEN 'cash' THEN '1002' WHEN 'check' THEN 'המחאות' WHEN 'withheld' THEN '2000' ELSE '1009' END AS account,
         sign * (m ->> 'amount')::bigint AS sum FROM d, jsonb_array_elements(content -> 'means') AS m
       UNION ALL SELECT '2001', -sign * vat FROM d
       UNION ALL SELECT '3001', -sign * zero_rated FROM d
       UNION ALL SELECT CASE WHEN rate_bp = 0 THEN '3002' ELSE '3000' END, -sign * (net - zero_rated - exempt) FROM d
       UNION ALL SELECT '3002', -sign * exempt FROM d)
     SELECT account, sum(sum)::int AS sum FROM sums GROUP BY account HAVING sum(sum) <> 0`,
    [at.id],
  );
  return Object.fromEntries(rows.map(({ account, sum }) => [account, sum]));
}

describe('the files of Hashavshevet', () => {
  it.each(['none', 'collective', 'each'])(
    'are balanced and equal the books, customers %s',
    async (customers) => {
      for (const at of [clinic, patur]) {
        const customerAccount = customers === 'collective' ? 'לקוחות' : null;
        expect((await set(at, { customers, customerAccount })).status).toBe(200);
        const { movein } = await fetchFiles(at, { again: true });
        for (const row of movein) expect([row, sumOf(row, 'חובה')]).toEqual([row, sumOf(row, 'זכות')]);
        const open = Object.entries(balances(movein)).filter(([, sum]) => sum !== 0);
        expect(Object.fromEntries(open)).toEqual(await stored(at));
      }
      for (const at of [clinic, patur]) await set(at, { customers: 'none', customerAccount: null });
    },
  );

  it('have a row for each sum of money and treatment, on the day of the money', async () => {
    const { movein, heshin, prm } = await fetchFiles(clinic, { again: true });
    const first = movein.filter((row) => row['פרוט']?.startsWith('חברת'));
    const told = (row: HashRecord) => [row['מס חשבון חובה 1'], row['מס חשבון זכות 1'], row['תאריך ערך']];
    expect(first.map(told)).toEqual([
      ['1002', '3000', '16/03/2025'],
      ['המחאות', '3000', '14/03/2025'],
      ['המחאות', '3001', '14/03/2025'],
      ['2000', '3001', '16/03/2025'],
      ['2000', '3002', '16/03/2025'],
    ]);
    expect(first[0]).toMatchObject({
      'קוד סוג תנועה': 'חק',
      אסמכתא: '1',
      'תאריך אסמכתא': '16/03/2025',
      'קוד מטבע': 'ש"ח',
      פרוט: 'חברת "אלון" בע"מ',
      'מספר ע.מ.': '514713288',
    });
    const credits = movein.filter((row) => row['קוד סוג תנועה'] === 'חז');
    expect(credits.map((row) => sumOf(row, 'חובה'))).toEqual([-2_360]);
    expect([prm.movein[0], prm.movein.length]).toEqual(['215 ;גודל הרשומה', 29]);
    expect(heshin).toEqual([]);
  });

  it('open an account for each customer, if the business wants that', async () => {
    await set(clinic, { customers: 'each', customerSortCode: '100', encoding: 'cp862' });
    const { movein, heshin } = await fetchFiles(clinic, { again: true }, 'cp862');
    await set(clinic, { customers: 'none', encoding: 'windows-1255' });
    expect(heshin.find((row) => row['מפתח חשבון'] === '514713288')).toMatchObject({
      'שם חשבון': 'חברת "אלון" בע"מ',
      'קוד מיון': '100',
      טלפון: '+97235551234',
      'מספר עוסק מורשה': '514713288',
    });
    const keys = new Set(heshin.map((row) => row['מפתח חשבון']));
    const used = Object.keys(balances(movein)).filter((one) => !/^(?:[123]\d{3}|המחאות)$/.test(one));
    expect(new Set(used)).toEqual(keys);
  });
});

describe('the documents of the files', () => {
  it('leave once, unless they are asked for again, and never by an export that was cancelled', async () => {
    const fresh = await openWorkspace({ workspace: { mode: 'live' }, provider: false });
    await set(fresh, ACCOUNTS);
    const numbersOf = ({ movein }: HashFiles) => movein.map((row) => row['אסמכתא']);
    const pay = () => record(fresh, { amount: 5_900, method: 'cash', paidOn: '2025-03-17' });
    await pay();
    const { json } = await askExport(fresh, KIND);
    const cancel = await call('POST', `/v1/exports/${json.id}/cancel`, { key: fresh.key });
    const isFirst = cancel.status === 200;
    expect(numbersOf(await fetchFiles(fresh, {}))).toEqual(isFirst ? ['1'] : []);
    await pay();
    expect(numbersOf(await fetchFiles(fresh, {}))).toEqual(['2']);
    expect(numbersOf(await fetchFiles(fresh, {}))).toEqual([]);
    expect(numbersOf(await fetchFiles(fresh, { again: true }))).toEqual(['1', '2']);
    expect(numbersOf(await fetchFiles(fresh, {}))).toEqual([]);
  });
});

describe('an invoice that waits for its allocation number', () => {
  it('leaves once it has the number, with it: until then it may still be cancelled', async () => {
    const waiting = await openWorkspace({
      workspace: { mode: 'live', receipt: { email: false, print: 'on_demand' } },
      provider: false,
    });
    expect((await set(waiting, ACCOUNTS)).status).toBe(200);
    const paidOn = todayInIsrael();
    const { documentIds } = await record(waiting, {
      amount: 5_900_000,
      method: 'bank_transfer',
      paidOn,
      customer: COMPANY,
    });
    const rowsOf = async () => (await fetchFiles(waiting, {})).movein.length;
    expect(await rowsOf()).toBe(0);
    await send(waiting, `/v1/documents/${documentIds[0] ?? ''}/allocation-number`, {
      allocationNumber: '123456789',
    });
    expect(await rowsOf()).toBeGreaterThan(0);
    expect(await rowsOf()).toBe(0);
  });
});

describe('settings of Hashavshevet', () => {
  it.each([
    ['#/hashavshevet/income', { ...ACCOUNTS, income: undefined }],
    ['#/hashavshevet/vat', { ...ACCOUNTS, vat: 'נקודות: שָׁלוֹם' }],
    ['#/hashavshevet/vat', { ...ACCOUNTS, vat: '1234567890123456' }],
    ['#/hashavshevet/customerAccount', { ...ACCOUNTS, customers: 'collective' }],
    ['#/hashavshevet/customerAccount', { ...ACCOUNTS, customerAccount: '4000' }],
    [
      '#/hashavshevet/cashBoxes/1',
      { ...ACCOUNTS, cashBoxes: Array(2).fill({ method: 'cash', account: '1' }) },
    ],
    ['#/hashavshevet/cashBoxes/0', { ...ACCOUNTS, cashBoxes: [{ account: '1' }] }],
    ['#/hashavshevet/cashBoxes/0/method', { ...ACCOUNTS, cashBoxes: [{ method: 'gold', account: '1' }] }],
    ['#/hashavshevet/invoiceCode', { ...ACCOUNTS, invoiceCode: 'ארוך' }],
    ['#/hashavshevet/encoding', { ...ACCOUNTS, encoding: 'utf-8' }],
  ])('are refused at %s', async (pointer, hashavshevet) => {
    const fresh = await openWorkspace({ workspace: { mode: 'live' }, provider: false });
    const answer = await set(fresh, hashavshevet);
    expect([answer.status, answer.json.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  it('must be there before the export is asked for, and in shekels of a real business', async () => {
    const fresh = await openWorkspace({ workspace: { mode: 'live' }, provider: false });
    const asked = await askExport<ProblemBody>(fresh, KIND);
    expect([asked.status, asked.json.errors?.[0]?.pointer]).toEqual([422, '#/kind']);
    await set(fresh, ACCOUNTS);
    expect((await askExport(fresh, KIND)).status).toBe(202);
    await set(fresh, null);
    expect((await askExport(fresh, KIND)).status).toBe(422);
    const testing = await openWorkspace({ provider: false });
    await set(testing, ACCOUNTS);
    expect((await askExport(testing, KIND)).status).toBe(422);
    const other = await askExport<ProblemBody>(fresh, {
      kind: 'documents',
      format: 'csv',
      options: { again: true },
    });
    expect(other.json.errors?.[0]?.pointer).toBe('#/options/again');
  });
});
