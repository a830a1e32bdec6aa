import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { fetchSheets, openAccountantClinic, record } from '../e2e/support/accountant-clinic.ts';
import type { OpenedSheets } from '../e2e/support/accountant-clinic.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import type { Clinic } from '../e2e/support/clinic.ts';
import { fetchExport, readCsv } from '../e2e/support/exports.ts';
import { call } from './rig.ts';

let books: Books;
let clinic: Clinic;
let opened: OpenedSheets;

beforeAll(async () => {
  books = openBooks();
  clinic = await openAccountantClinic(books);
  await record(clinic, {
    amount: 7_000,
    method: 'cash',
    paidOn: '2025-06-15',
    lateReason: 'lost in a drawer',
  });
  const closed = await call('PATCH', `/v1/workspaces/${clinic.id}`, {
    key: clinic.key,
    body: { booksClosedThrough: '2025-12-31' },
  });
  expect(closed.status).toBe(200);
  await call('PATCH', `/v1/workspaces/${clinic.id}`, { key: clinic.key, body: { name: 'Other' } });
  opened = await fetchSheets(clinic, { kind: 'audit' });
});
afterAll(() => books.close());

describe('the file of what people did to the books', () => {
  it('has each such entry of the audit log, with the documents that it is about', async () => {
    const entries = opened.rows('Audit');
    const stored = await books.query<{ sequence: number; action: string; actor: string }>(
      `SELECT sequence::int, action, actor FROM audit_log WHERE workspace_id = $1
         AND (action ~ '^(payment.recorded|refund|document.acknowledged)' OR detail ->> 'booksClosedThrough' > '2025')
       ORDER BY sequence`,
      [clinic.id],
    );
    expect(entries.map(({ sequence, action, actor }) => ({ sequence, action, actor }))).toEqual(stored);
    expect(stored).toHaveLength(10);
    expect(opened.made).toMatchObject({ rows: 10, totalRows: 10 });
    expect(entries.map(({ documents }) => documents)).toEqual([
      ...[1, 2, 3, 4, 5].map((number) => `Tax invoice/receipt ${number}`),
      'Credit tax invoice 1',
      'Credit tax invoice 2',
      'Credit tax invoice 2',
      'Tax invoice/receipt 7',
      null,
    ]);
    expect(entries.at(-1)).toMatchObject({ booksClosedThrough: new Date('2025-12-31T00:00:00Z') });
  });

  it('lists documents that bear another day than their money, and why', () => {
    const actor = opened.rows('Audit')[8]?.['actor'];
    expect(opened.rows('Moved documents')).toMatchObject([
      {
        document: '7',
        paidDate: new Date('2025-06-15T00:00:00Z'),
        lateReason: 'lost in a drawer',
        recordedBy: actor,
      },
    ]);
  });

  it('is there as CSV, and has nothing of other days', async () => {
    const { bytes } = await fetchExport(clinic, { kind: 'audit', format: 'csv', locale: 'en' });
    expect(readCsv(bytes.toString().slice(1))).toHaveLength(10);
    const earlier = await fetchSheets(clinic, { kind: 'audit', to: '2026-01-01' });
    expect(earlier.rows('Audit')).toEqual([]);
  });
});
