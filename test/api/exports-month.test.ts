import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createReadBack } from '../../src/printing/testing/read-back.ts';
import type { ReadBack } from '../../src/printing/testing/read-back.ts';
import { ACTIVE, barsOf, wordsOf } from '../../src/reports/charts/testing/read-chart.ts';
import { openAccountantClinic } from '../e2e/support/accountant-clinic.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import type { Clinic } from '../e2e/support/clinic.ts';
import { askExport, fetchExport } from '../e2e/support/exports.ts';
import { call, mintKey, openWorkspace } from './rig.ts';
import type { ProblemBody } from './rig.ts';

let books: Books;
let clinic: Clinic;
let readBack: ReadBack;

const MARCH = { from: '2025-03-01', to: '2025-04-01' };
const CHART = '/v1/reports/revenue/chart';

beforeAll(async () => {
  books = openBooks();
  clinic = await openAccountantClinic(books);
  readBack = await createReadBack();
});
afterAll(async () => {
  await books.close();
  await readBack.close();
});

/** The sums of the books, minor units, by independent SQL. */
async function sumsOf({ from, to }: typeof MARCH): Promise<readonly { month: string; gross: number }[]> {
  return books.query<{ month: string; gross: number }>(
    `SELECT to_char(document_date, 'YYYY-MM') AS month, sum(total)::int AS gross FROM tax_documents
     WHERE workspace_id = $1 AND refund_id IS NULL AND document_date >= $2 AND document_date < $3 GROUP BY 1 ORDER BY 1`,
    [clinic.id, from, to],
  );
}

const money = (minor: number): string =>
  (minor / 100).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

describe('GET /v1/reports/revenue/chart', () => {
  const draw = (query: string, key = clinic.key) => call('GET', `${CHART}?${query}`, { key });

  it('has a bar for each period, as long as its sum, with the figure beside it', async () => {
    const range = { from: '2025-01-01', to: '2025-04-01' };
    const { status, bytes } = await draw(`from=${range.from}&to=${range.to}&locale=en`);
    expect(status).toBe(200);
    const svg = bytes.toString();
    const [january, march] = await sumsOf(range);
    if (january === undefined || march === undefined) throw new Error('two months of the fixture have money');
    expect([january.month, march.month]).toEqual(['2025-01', '2025-03']);
    const words = wordsOf(svg);
    for (const word of ['2025-01', '2025-02', '2025-03', money(january.gross), '0.00', money(march.gross)])
      expect(words).toContain(word);
    expect(words.join()).toContain(`total ${money(january.gross + march.gross)}`);
    const [first = 0, empty = 0, last = 0] = barsOf(svg).map(([left, right]) => right - left);
    expect(empty).toBe(0);
    expect(first / last).toBeCloseTo(january.gross / march.gross, 2);
  });

  it('is in the language of the workspace unless the call says otherwise, from right to left in Hebrew', async () => {
    const days = 'from=2025-01-01&to=2025-04-01';
    const hebrew = (await draw(days)).bytes.toString();
    expect(wordsOf(hebrew)).toEqual(expect.arrayContaining(['הכנסות לפי חודש', '03/2025']));
    const english = (await draw(`${days}&locale=en`)).bytes.toString();
    const [right, left] = [hebrew, english].map((svg) => barsOf(svg)[0]?.[0] ?? 0);
    expect(right).toBeGreaterThan(left ?? Infinity);
  });

  it('is a picture that runs and loads nothing, and that no proxy keeps', async () => {
    const { bytes, headers } = await draw('from=2025-01-01&to=2025-04-01&groupBy=day');
    const svg = bytes.toString();
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).not.toMatch(ACTIVE);
    expect(svg.match(/https?:/g)?.length).toBe(svg.match(/xmlns(?::\w+)?="http:/g)?.length);
    expect(headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    ['#/groupBy', 'from=2025-01-01&to=2025-06-01&groupBy=day', /151 bars, more than 120/],
    ['#/groupBy', 'from=2025-01-01&to=2025-02-01&groupBy=hour', /must be/],
    ['#/to', 'from=2025-02-01&to=2025-01-01', /later than from/],
    ['#/to', 'from=2020-01-01&to=2021-01-01', /first document/],
    ['#/locale', 'from=2025-01-01&to=2025-02-01&locale=fr', /must be/],
    ['#/months', 'from=2025-01-01&to=2025-02-01&months=2', /unknown|not/],
  ])('refuses %s of ?%s', async (pointer, query, detail) => {
    const { status, json } = await call('GET', `${CHART}?${query}`, { key: clinic.key });
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, pointer]);
    expect(json.errors?.[0]?.detail).toMatch(detail);
  });

  it('is drawn for reports:read and nothing else, of the own workspace alone', async () => {
    const days = 'from=2025-01-01&to=2025-02-01';
    expect((await draw(days, await mintKey(clinic.id, ['reports:read']))).status).toBe(200);
    const desk = await mintKey(clinic.id, ['payments:read', 'payments:write']);
    expect((await draw(days, desk)).status).toBe(403);
    const other = await openWorkspace({ provider: false });
    const words = wordsOf((await draw(`${days}&locale=en`, other.key)).bytes.toString());
    expect(words.join()).toContain('total 0.00');
  });
});

describe('the month on one page', () => {
  const wish = { kind: 'month', format: 'pdf', ...MARCH };

  it.each(['he', 'en'])('is one page in %s with the figures of the books', async (locale) => {
    const { made, bytes } = await fetchExport(clinic, { ...wish, locale });
    expect(made).toMatchObject({ rows: 1, percent: 100, fileName: '123456782_month_20250301_20250331.pdf' });
    expect(await readBack.tell('pdfinfo', bytes)).toMatch(/Pages:\s+1\n/);
    const words = await readBack.wordsOf(bytes);
    const [march] = await sumsOf(MARCH);
    const methods = await books.query<{ gross: number }>(
      `SELECT sum(d.total)::int AS gross FROM tax_documents d JOIN payments p ON p.id = d.payment_id
       WHERE d.workspace_id = $1 AND d.refund_id IS NULL AND document_date >= $2 AND document_date < $3 GROUP BY p.method`,
      [clinic.id, MARCH.from, MARCH.to],
    );
    expect(methods).toHaveLength(3);
    for (const { gross } of [...methods, march ?? { gross: 0 }]) expect(words).toContain(money(gross));
    expect(words).toContain(locale === 'he' ? 'סיכום חודשי' : 'Monthly summary');
    expect(words).toContain(locale === 'he' ? 'סביבת בדיקה' : 'A test workspace');
  });

  it('lies in the bundle of the accountant beside the summary', async () => {
    const { bytes } = await fetchExport(clinic, { kind: 'bundle', format: 'zip', ...MARCH, locale: 'he' });
    const page = unzipSync(bytes)['123456782_month_20250301_20250331.pdf'] ?? new Uint8Array();
    expect(strFromU8(page.slice(0, 5))).toBe('%PDF-');
  });

  it.each([
    ['#/to', { to: '2025-05-01' }, /one month/],
    ['#/to', { to: '2025-03-31' }, /first day of a month/],
    ['#/from', { from: '2025-03-02' }, /first day of a month/],
    ['#/format', { format: 'xlsx' }, /must be pdf/],
    ['#/options/months', { options: { months: 2 } }, /not for month/],
  ])('refuses %s of %j', async (pointer, change, detail) => {
    const { status, json } = await askExport<ProblemBody>(clinic, { ...wish, ...change });
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, pointer]);
    expect(json.errors?.[0]?.detail).toMatch(detail);
  });
});
