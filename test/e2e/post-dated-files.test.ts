import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from '#jest';
import { createReadBack } from '../../src/printing/testing/read-back.ts';
import type { ReadBack } from '../../src/printing/testing/read-back.ts';
import type { VatAnswer } from '../../src/api/reports/report-schema.ts';
import { dayAfter } from '../../src/domain/calendar.ts';
import { openWorkspace } from '../api/rig.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';
import { numberOf, readUniformStructure } from '../support/uniform-structure/read-uniform-structure.ts';
import { fetchSheets } from './support/accountant-clinic.ts';
import { cheques, COMPANY, untilInvoiced } from './support/cheques.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { call, readPayment, readTimeline } from './support/clinic.ts';
import type { TestWorkspace } from './support/clinic.ts';
import { fetchExport, readCsv } from './support/exports.ts';

let tools: ReadBack;
let books: Books;
beforeAll(async () => {
  tools = await createReadBack();
  books = openBooks();
});
afterAll(() => Promise.all([tools.close(), books.close()]));

const today = todayInIsrael();

/** The words of the summary of the month in which the day lies. */
async function summaryOf(company: TestWorkspace, day: string): Promise<string> {
  const [year = 0, month = 0] = day.split('-').map(Number);
  const to = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
  const { bytes } = await fetchExport(company, {
    kind: 'bundle',
    format: 'zip',
    locale: 'en',
    from: `${day.slice(0, 7)}-01`,
    to,
  });
  const summary = unzipSync(bytes)['00_summary.pdf'] ?? new Uint8Array();
  return (await tools.wordsOf(Buffer.from(summary))).replace(/\s+/g, ' ');
}

it('the month of the accountant has the money of cheques that are not due, and no sale', async () => {
  const company = await openWorkspace({ workspace: COMPANY, provider: false });
  await cheques(company, `${Number(today.slice(0, 4)) + 1}-03-15`);
  const words = await summaryOf(company, today);
  expect(words).toContain('Means Received Refunds Net check 118.00 0.00 118.00');
  expect(words).toContain('Total 0.00 0.00 0.00 0.00 0.00');
});

it('the files of the accountant have the money once and the sale once', async () => {
  const company = await openWorkspace({ workspace: COMPANY, provider: false });
  const payment = await cheques(company, '2025-04-01', { paidOn: '2025-03-02' });
  await untilInvoiced(company, payment);
  const { bytes } = await fetchExport(company, { kind: 'uniform-structure', format: 'zip' });
  const { documents, findings } = readUniformStructure(bytes);
  expect(findings.filter((one) => !one.includes('1009'))).toEqual([]);
  expect(
    documents.map(({ type, header, payments }) => [
      type,
      numberOf(header, 1222),
      numberOf(header, 1223),
      payments.length,
    ]),
  ).toEqual(
    expect.arrayContaining([
      [305, 1_800, 11_800, 0],
      [400, 0, 11_800, 1],
    ]),
  );
  const { rows, totals } = await fetchSheets(company, { kind: 'documents' });
  const sheet = 'Journal of documents';
  const sumsOf = ({ total, sales, received }: Record<string, unknown>) => ({ total, sales, received });
  expect(rows(sheet).map((row) => [row['documentType'], sumsOf(row)])).toEqual([
    ['400', { total: 118, sales: 0, received: 118 }],
    ['305', { total: 118, sales: 118, received: 0 }],
  ]);
  expect(sumsOf(totals(sheet))).toEqual({ total: null, sales: 118, received: 118 });
  const rowsOf = async (kind: string) =>
    readCsv((await fetchExport(company, { kind, format: 'csv' })).bytes.toString());
  expect(await rowsOf('receipts')).toHaveLength(1);
  expect(await rowsOf('transactions')).toHaveLength(1);
  const gaps = await call<object>('GET', '/v1/reports/document-gaps', { key: company.key });
  expect(gaps.json).toMatchObject({ paidWithoutDocument: [], documentsWithoutPayment: [] });
});

it('what the tax invoice warns of is told on its day, of the invoice and not of the receipt', async () => {
  const company = await openWorkspace({ workspace: COMPANY, provider: false });
  const payment = await cheques(company, '2025-04-01', { paidOn: '2025-03-02', amount: 590_000 });
  const { documentDate } = await untilInvoiced(company, payment);
  expect(await readPayment(company, payment.id)).toMatchObject({
    warnings: [{ code: 'customer_unidentified', detail: expect.stringContaining('number of the customer') }],
  });
  const warned = (await readTimeline(company, payment.id)).filter(({ kind }) => kind === 'warned');
  expect(warned).toHaveLength(1);
  const events = await books.query<{ warnings: string[] }>(
    `SELECT facts -> 'warnings' AS warnings FROM events WHERE payment_id = $1 AND type = 'payment.warned'`,
    [payment.id],
  );
  expect(events).toEqual([{ warnings: ['customer_unidentified'] }]);
  const vat = await call<VatAnswer>('GET', `/v1/reports/vat?from=2025-03-01&to=${dayAfter(documentDate)}`, {
    key: company.key,
  });
  expect(vat.json.warnings.map(({ type, warnings }) => [type, warnings])).toEqual([
    ['tax_invoice', ['customer_unidentified']],
  ]);
  expect(await summaryOf(company, documentDate)).toContain(
    "1 documents of 5,000 ILS and more do not name the customer's number",
  );
});
