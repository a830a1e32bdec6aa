import { sumRevenue } from '../../db/report-sums.ts';
import { countTransactions, listNumbersInRange, readTransactions } from '../../db/transaction-rows.ts';
import { revenueReport } from '../revenue.ts';
import { writeCsv } from './csv-file.ts';
import type { CountedFile, Source } from './source.ts';
import { monthlyTable, summaryTable } from './summaries.ts';
import { toSheet } from './table.ts';
import type { Manner } from './table.ts';
import { transactionsTable } from './transactions.ts';
import { writeXlsx } from './xlsx-file.ts';

/** Payments with documents in the range. */
export async function prepareTransactions(source: Source): Promise<CountedFile> {
  const { tx, workspace, order, onRows } = source;
  const of = { ...order, workspaceId: workspace.id };
  const manner: Manner = { ...order, timeZone: workspace.timeZone };
  const report = revenueReport(await sumRevenue(tx, of), order, 'month');
  const numbers = await listNumbersInRange(tx, of);
  const write = () => {
    const table = transactionsTable(counted(readTransactions(tx, of), onRows), order.locale);
    if (order.format === 'csv') return writeCsv(table, manner);
    const about = { workspace, order, report, numbers, madeAt: new Date() };
    return writeXlsx([toSheet(table), toSheet(monthlyTable(report)), toSheet(summaryTable(about))], manner);
  };
  return { totalRows: await countTransactions(tx, of), write };
}

async function* counted<Row>(
  batches: AsyncIterable<readonly Row[]>,
  onRows: Source['onRows'],
): AsyncGenerator<readonly Row[]> {
  let rows = 0;
  for await (const batch of batches) {
    yield batch;
    rows += batch.length;
    await onRows(rows);
  }
}
