import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { RevenueAnswer } from '../../src/api/reports/report-schema.ts';
import { deleteExpiredFiles } from '../../src/db/export-pieces.ts';
import { openBooks } from '../e2e/support/books.ts';
import { backdate } from '../support/backdate.ts';
import type { Books } from '../e2e/support/books.ts';
import { openClinic, untilStatus } from '../e2e/support/clinic.ts';
import type { Clinic } from '../e2e/support/clinic.ts';
import { askExport, download, fetchExport, readCsv, readExport, untilMade } from '../e2e/support/exports.ts';
import { call, mintKey, openWorkspace, order } from './rig.ts';
import type { PageBody, PaymentBody, ProblemBody } from './rig.ts';

let books: Books;
let clinic: Clinic;

const send = async <Body>(path: string, body: object): Promise<Body> => {
  const headers = { 'idempotency-key': randomUUID() };
  const answer = await call<Body>('POST', path, { key: clinic.key, body, headers });
  if (answer.status !== 201) throw new Error(answer.bytes.toString());
  return answer.json;
};
const record = (body: object) =>
  send<PaymentBody>('/v1/payments/manual', order({ lateReason: 'found in the diary', ...body }));

const TRICKY = '=HYPERLINK("https://evil.example","דנה, לוי")';

beforeAll(async () => {
  books = openBooks();
  clinic = await openClinic();
  await record({ amount: 11_700, method: 'cash', paidOn: '2024-12-31' });
  await record({ amount: 12_345, method: 'bank_transfer', paidOn: '2025-03-15', description: TRICKY });
  await record({ amount: 7, method: 'cash', paidOn: '2025-03-16', description: '-1+1 "q", r' });
  const given = await record({ amount: 5_900, method: 'cash', paidOn: '2025-03-17' });
  await send(`/v1/payments/${given.id}/refunds`, { reason: 'gave back', method: 'cash', amount: 2_360 });
  await untilStatus(clinic, given.id, 'partially_refunded');
  await backdate(books, clinic.id);
});
afterAll(() => books.close());

const transactions = { kind: 'transactions', format: 'csv', locale: 'en' };
const CSV_TITLES =
  '\u{FEFF}date,reference,paymentId,method,provider,customer,description,gross,net,vat,refunded,currency,status,documentNumber';

describe('transactions as CSV', () => {
  it('add up to the revenue report and to the documents', async () => {
    const { made, bytes } = await fetchExport(clinic, transactions);
    const text = bytes.toString();
    expect(text.split('\r\n')[0]).toBe(CSV_TITLES);
    const rows = readCsv(text.slice(1));
    expect(rows.map(({ date, gross }) => [date, gross])).toEqual([
      ['2024-12-31', '117.00'],
      ['2025-03-15', '123.45'],
      ['2025-03-16', '0.07'],
      ['2025-03-17', '59.00'],
    ]);
    expect(rows[3]).toMatchObject({ refunded: '23.60', status: 'partially_refunded', documentNumber: '4' });
    const sum = (column: string) => rows.reduce((all, row) => all + Math.round(Number(row[column]) * 100), 0);
    const { totals } = (
      await call<RevenueAnswer>('GET', '/v1/reports/revenue?from=2024-01-01&to=2029-01-01', {
        key: clinic.key,
      })
    ).json;
    expect([sum('gross'), sum('net'), sum('vat'), sum('refunded')]).toEqual([
      totals.gross,
      totals.net,
      totals.vat,
      totals.refunds,
    ]);
    const [stored] = await books.query<{ total: number }>(
      `SELECT sum(CASE WHEN type LIKE 'credit%' THEN -total ELSE total END)::int AS total
       FROM tax_documents WHERE workspace_id = $1`,
      [clinic.id],
    );
    expect(sum('gross') - sum('refunded')).toBe(stored?.total);
    expect(made).toMatchObject({ rows: 4, totalRows: 4, percent: 100, placeInQueue: null });
    expect(made.fileName).toBe('123456782_transactions_20240101_20281231.csv');
    expect(made.sizeBytes).toBe(bytes.length);
    expect(made.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('hold no formula, whatever an app sent', async () => {
    const { bytes } = await fetchExport(clinic, transactions);
    const texts = readCsv(bytes.toString()).map(({ description }) => description);
    expect(texts).toContain(`'${TRICKY}`);
    expect(texts.filter((text = '') => /^[=+\-@\t\r]/.test(text))).toEqual([]);
  });

  it('have Hebrew titles and days as Israelis write them', async () => {
    const { bytes } = await fetchExport(clinic, { ...transactions, locale: 'he' });
    const [first] = readCsv(bytes.toString().slice(1));
    expect(first).toMatchObject({
      תאריך: '31/12/2024',
      'סכום כולל': '117.00',
      'אמצעי תשלום': 'מזומן',
      מצב: 'שולם',
    });
  });

  it('show a refund in its own month, with a gross of zero there', async () => {
    const year = new Date().getFullYear();
    const range = { from: `${year}-01-01`, to: `${year + 1}-01-01` };
    const { bytes } = await fetchExport(clinic, { ...transactions, ...range });
    expect(readCsv(bytes.toString().slice(1))).toMatchObject([
      { gross: '0.00', refunded: '23.60', documentNumber: '1' },
    ]);
  });
});

describe('POST /v1/exports', () => {
  it.each([
    ['#/to', { from: '2025-02-01', to: '2025-01-01' }],
    ['#/to', { from: '2025-02-01', to: '2025-02-01' }],
    ['#/to', { from: '2022-01-01', to: '2029-01-02' }],
    ['#/to', { from: '2020-01-01', to: '2021-01-01' }],
    ['#/from', { from: '2025-02-30' }],
    ['#/kind', { kind: 'everything' }],
    ['#/format', { format: 'zip' }],
    ['#/currency', { currency: 'XXX' }],
    ['#/timeZone', { timeZone: 'Mars/Olympus' }],
  ])('refuses %s of %j', async (pointer, change) => {
    const { status, json } = await askExport<ProblemBody>(clinic, { ...transactions, ...change });
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  it('makes one export of a request that is sent again with its key, and refuses another body', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const first = await askExport(clinic, transactions, key);
    const again = await askExport(clinic, transactions, key);
    expect([first.status, again.status, again.json.id]).toEqual([202, 202, first.json.id]);
    expect(first.headers.get('location')).toBe(`/v1/exports/${first.json.id}`);
    await untilMade(clinic, first.json.id);
    expect((await askExport(clinic, transactions, key)).json).toMatchObject({
      id: first.json.id,
      status: 'completed',
    });
    const other = await askExport<ProblemBody>(clinic, { ...transactions, locale: 'he' }, key);
    expect([other.status, other.json.code]).toEqual([422, 'idempotency_key_reused']);
  });

  it('is for keys that may read reports, of the own workspace', async () => {
    const accountant = { key: await mintKey(clinic.id, ['reports:read']) };
    const { made } = await fetchExport(accountant, transactions);
    const desk = { key: await mintKey(clinic.id, ['payments:read', 'payments:write']) };
    expect((await askExport(desk, transactions)).status).toBe(403);
    expect((await download(desk, made.id)).status).toBe(403);
    const stranger = await openWorkspace({ provider: false });
    expect((await download(stranger, made.id)).status).toBe(404);
    expect((await call('POST', `/v1/exports/${made.id}/cancel`, { key: stranger.key })).status).toBe(404);
    const list = await call<PageBody<{ id: string }>>('GET', '/v1/exports?limit=1', accountant);
    expect(list.json.data.map(({ id }) => id)).toEqual([made.id]);
    expect(list.json.next).not.toBeNull();
  });

  it('tells export.completed', async () => {
    const { made } = await fetchExport(clinic, transactions);
    const path = '/v1/events?type=export.completed';
    const { json } = await call<PageBody<object>>('GET', path, { key: clinic.key });
    expect(json.data[0]).toMatchObject({
      type: 'export.completed',
      data: { paymentId: null, exportId: made.id, kind: 'transactions', rows: 4 },
    });
  });
});

describe('the file of an export', () => {
  it('is not there before it is made, nor after a cancellation', async () => {
    const { json } = await askExport(clinic, transactions);
    const early = await download(clinic, json.id);
    expect([200, 409]).toContain(early.status);
    await untilMade(clinic, json.id);
    expect((await call('POST', `/v1/exports/${json.id}/cancel`, { key: clinic.key })).status).toBe(409);
  });

  it('is deleted when its days are over, and the export stays in the list', async () => {
    const { made } = await fetchExport(clinic, transactions);
    const days = (Date.parse(made.expiresAt ?? '') - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(7);
    await books.query(`UPDATE exports SET expires_at = now() WHERE id = $1`, [made.id]);
    const { status, json } = (await download(clinic, made.id)) as { status: number; json: ProblemBody };
    expect([status, json.code]).toEqual([410, 'file_expired']);
    await deleteExpiredFiles(books.sql, 1_000);
    const left = await books.query('SELECT 1 FROM export_pieces WHERE export_id = $1', [made.id]);
    expect(left).toEqual([]);
    expect((await readExport(clinic, made.id)).status).toBe('completed');
  });
});
