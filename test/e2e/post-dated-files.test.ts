import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from '#jest';
import { createReadBack } from '../../src/printing/testing/read-back.ts';
import type { ReadBack } from '../../src/printing/testing/read-back.ts';
import { openWorkspace } from '../api/rig.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';
import { numberOf, readUniformStructure } from '../support/uniform-structure/read-uniform-structure.ts';
import { fetchSheets } from './support/accountant-clinic.ts';
import { cheques, COMPANY, untilInvoiced } from './support/cheques.ts';
import { call } from './support/clinic.ts';
import { fetchExport, readCsv } from './support/exports.ts';

let tools: ReadBack;
beforeAll(async () => {
  tools = await createReadBack();
});
afterAll(() => tools.close());

const today = todayInIsrael();

it('the month of the accountant has the money of cheques that are not due, and no sale', async () => {
  const company = await openWorkspace({ workspace: COMPANY, provider: false });
  await cheques(company, `${Number(today.slice(0, 4)) + 1}-03-15`);
  const [year = 0, month = 0] = today.split('-').map(Number);
  const to = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
  const { bytes } = await fetchExport(company, {
    kind: 'bundle',
    format: 'zip',
    locale: 'en',
    from: `${today.slice(0, 7)}-01`,
    to,
  });
  const summary = unzipSync(bytes)['00_summary.pdf'] ?? new Uint8Array();
  const words = (await tools.wordsOf(Buffer.from(summary))).replace(/\s+/g, ' ');
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
