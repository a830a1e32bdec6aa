import { sumRevenue } from '../../db/report-sums.ts';
import { countTransactions, listNumbersInRange, readTransactions } from '../../db/transaction-rows.ts';
import { revenueReport } from '../revenue.ts';
import { writeCsv } from './csv-file.ts';
import { counted, mannerOf } from './sheets-file.ts';
import type { CountedFile, Source } from './source.ts';
import { monthlyTable, summaryTable } from './summaries.ts';
import { toSheet } from './table.ts';
import { transactionsTable } from './transactions.ts';
import { writeXlsx } from './xlsx-file.ts';

/** Payments with documents in the range. */
export async function prepareTransactions(source: Source): Promise<CountedFile> {
  const { tx, workspace, order, version, onRows } = source;
  const of = { ...order, workspaceId: workspace.id };
  const manner = mannerOf(source);
  const report = revenueReport(await sumRevenue(tx, of), order, 'month');
  const numbers = await listNumbersInRange(tx, of);
  const write = () => {
    const rows = counted(readTransactions(tx, of), onRows);
    const table = toSheet(transactionsTable(rows, order.locale));
    if (order.format === 'csv') return writeCsv(table, manner);
    const about = { workspace, order, version, report, numbers, madeAt: new Date() };
    return writeXlsx([table, toSheet(monthlyTable(report)), toSheet(summaryTable(about))], manner);
  };
  return { totalRows: await countTransactions(tx, of), write };
}
