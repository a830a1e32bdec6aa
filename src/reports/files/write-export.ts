import type { ExportKind, ExportOrder } from '../../domain/export.ts';
import type { Sql } from '../../db/pool.ts';
import { sumRevenue } from '../../db/report-sums.ts';
import { countTransactions, listNumbersInRange, readTransactions } from '../../db/transaction-rows.ts';
import type { Workspace } from '../../domain/workspace.ts';
import { revenueReport } from '../revenue.ts';
import { writeCsv } from './csv-file.ts';
import { monthlyTable, summaryTable } from './summaries.ts';
import { toSheet } from './table.ts';
import type { Manner } from './table.ts';
import { transactionsTable } from './transactions.ts';
import { writeXlsx } from './xlsx-file.ts';

/** What a file is made of. */
export interface Source {
  /** A snapshot of the books. */
  readonly tx: Sql;
  readonly workspace: Workspace;
  readonly order: ExportOrder;
  /** Called with the number of rows in the file. It throws once nobody wants the file any more. */
  readonly onRows: (rows: number) => Promise<void>;
}

/** A file that has been counted and not yet written. */
export interface CountedFile {
  readonly totalRows: number;
  readonly write: () => AsyncIterable<string | Uint8Array>;
}

const FILES: Readonly<Record<ExportKind, (source: Source) => Promise<CountedFile>>> = {
  transactions: prepareTransactions,
};

/** The file of an export, ready to be written. */
export function prepareExport(source: Source): Promise<CountedFile> {
  return FILES[source.order.kind](source);
}

async function prepareTransactions(source: Source): Promise<CountedFile> {
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
