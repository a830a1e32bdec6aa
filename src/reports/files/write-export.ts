import type { ExportKind, ExportOrder } from '../../domain/export.ts';
import type { Sql } from '../../db/pool.ts';
import { countTransactions, readTransactions } from '../../db/transaction-rows.ts';
import type { Workspace } from '../../domain/workspace.ts';
import { writeCsv } from './csv-file.ts';
import type { Manner, Table } from './table.ts';
import { transactionsTable } from './transactions.ts';

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
  transactions: async (source) => {
    const { tx, workspace, order } = source;
    const of = { ...order, workspaceId: workspace.id };
    const write = () => {
      const rows = counted(readTransactions(tx, of), source.onRows);
      return toFile(transactionsTable(rows, order.locale), source);
    };
    return { totalRows: await countTransactions(tx, of), write };
  },
};

/** The file of an export, ready to be written. */
export function prepareExport(source: Source): Promise<CountedFile> {
  return FILES[source.order.kind](source);
}

function toFile<Row>(table: Table<Row>, { workspace, order }: Source): AsyncIterable<string> {
  const manner: Manner = { ...order, timeZone: workspace.timeZone };
  return writeCsv(table, manner);
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
