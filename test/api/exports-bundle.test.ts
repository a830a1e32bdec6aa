import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openAccountantClinic, openSheets, sumOf } from '../e2e/support/accountant-clinic.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import type { Clinic } from '../e2e/support/clinic.ts';
import { askExport, fetchExport, readCsv } from '../e2e/support/exports.ts';
import type { ExportBody } from '../e2e/support/exports.ts';
import type { ProblemBody } from './rig.ts';

let books: Books;
let clinic: Clinic;
let made: ExportBody;
let files: Readonly<Record<string, Uint8Array>>;

/** The month of the fixture with most in it. */
const MARCH = { from: '2025-03-01', to: '2025-04-01' };
const bundle = { kind: 'bundle', format: 'zip' };

beforeAll(async () => {
  books = openBooks();
  clinic = await openAccountantClinic(books);
  const fetched = await fetchExport(clinic, { ...bundle, ...MARCH, locale: 'he' });
  made = fetched.made;
  files = unzipSync(fetched.bytes);
  const kept = process.env['KEEP_BUNDLE'];
  if (kept !== undefined) writeFileSync(kept, fetched.bytes);
});
afterAll(() => books.close());

describe("the accountant's month", () => {
  it('has the summary, the month on one page, the sheets, a copy of every document and an index, in one zip', () => {
    const of = (kind: string): string => `123456782_${kind}_20250301_20250331.xlsx`;
    const sheets = [
      'documents',
      'vat',
      'gaps',
      'receipts',
      'settlements',
      'credits',
      'allocation',
      'withholding',
    ].map(of);
    expect(Object.keys(files)).toEqual([
      '00_סיכום.pdf',
      '123456782_month_20250301_20250331.pdf',
      ...sheets,
      'pdf/320_000003_20250315.pdf',
      'pdf/320_000004_20250317.pdf',
      'pdf/320_000005_20250318.pdf',
      'index.csv',
    ]);
    expect(made).toMatchObject({
      rows: 3,
      percent: 100,
      fileName: '123456782_accountant_20250301_20250331.zip',
    });
  });

  it('has an index that names every file with its size and SHA-256', () => {
    const lines = readCsv(
      Buffer.from(files['index.csv'] ?? [])
        .toString()
        .slice(1),
    );
    const others = Object.entries(files).filter(([name]) => name !== 'index.csv');
    expect(lines.map((line) => [line['קובץ'], line['בתים'], line['SHA-256']])).toEqual(
      others.map(([name, bytes]) => [
        name,
        String(bytes.length),
        createHash('sha256').update(bytes).digest('hex'),
      ]),
    );
  });

  it('has sheets that come to the documents of the month', async () => {
    const opened = async (kind: string) => {
      const bytes = files[`123456782_${kind}_20250301_20250331.xlsx`] ?? new Uint8Array();
      return openSheets(Buffer.from(bytes));
    };
    const [stored] = await books.query<{ total: number; vat: number }>(
      `SELECT sum(total)::int AS total, sum(vat)::int AS vat FROM tax_documents
       WHERE workspace_id = $1 AND document_date >= $2 AND document_date < $3`,
      [clinic.id, MARCH.from, MARCH.to],
    );
    const [documents, receipts, vat] = [
      await opened('documents'),
      await opened('receipts'),
      await opened('vat'),
    ];
    expect(sumOf(documents.rows('יומן מסמכים'), 'סה"כ')).toBe(stored?.total);
    expect(sumOf(receipts.rows('תקבולים לפי אמצעי'), 'סכום')).toBe(stored?.total);
    expect(sumOf(vat.rows('ריכוז לדוח מע"מ'), 'מס עסקאות')).toBe(stored?.vat);
    const gaps = (await opened('gaps')).rows('בדיקת רצף');
    expect(gaps.at(-1)?.['תוצאה']).toBe('אין מספרים חסרים');
  });

  it('has copies as PDF, and lets no original leave', async () => {
    for (const [name, bytes] of Object.entries(files).filter(([path]) => path.endsWith('.pdf')))
      expect([name, strFromU8(bytes.slice(0, 5))]).toEqual([name, '%PDF-']);
    const stored = await books.query<{ sha256: string; variant: string; left: boolean }>(
      `SELECT f.sha256, f.variant, d.original_left_at IS NOT NULL AS left
       FROM document_files f JOIN tax_documents d ON d.id = f.document_id WHERE f.workspace_id = $1`,
      [clinic.id],
    );
    const sums = Object.entries(files)
      .filter(([name]) => name.startsWith('pdf/'))
      .map(([, bytes]) => createHash('sha256').update(bytes).digest('hex'));
    const variants = sums.map((sum) => stored.find(({ sha256 }) => sha256 === sum)?.variant);
    expect(variants).toEqual(['copy', 'copy', 'copy']);
    expect(stored.filter(({ left }) => left)).toEqual([]);
  });

  it.each([
    ['#/from', { from: '2025-03-02', to: '2025-04-01' }],
    ['#/to', { from: '2025-03-01', to: '2025-03-20' }],
    ['#/format', { format: 'xlsx' }],
  ])('refuses %s of %j', async (pointer, change) => {
    const answer = await askExport<ProblemBody>(clinic, { ...bundle, ...MARCH, ...change });
    expect([answer.status, answer.json.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });
});
