import { listNumbersInRange } from '../../db/transaction-rows.ts';
import { writeCsv } from './csv-file.ts';
import { detailsTable } from './details.ts';
import type { CountedFile, Source } from './source.ts';
import { toSheet } from './table.ts';
import type { Batches, Manner, Sheet } from './table.ts';
import { writeXlsx } from './xlsx-file.ts';

/** What a file says, without its details. The first sheet is what its CSV has. */
export interface Contents {
  /** Rows of the first sheet. */
  readonly totalRows: number;
  readonly sheets: readonly Sheet[];
}

/** Reads the books for one kind of file. */
export type ReadContents = (source: Source) => Promise<Contents>;

/** Makes files of one kind: xlsx with all sheets and the details of the file, or CSV of the first one. */
export function sheetsFile(read: ReadContents): (source: Source) => Promise<CountedFile> {
  return async (source) => {
    const { totalRows, sheets } = await read(source);
    const [first] = sheets;
    if (first === undefined) throw new Error(`${source.order.kind} has no sheet`);
    const told = { ...first, rows: counted(first.rows, source.onRows) };
    if (source.order.format === 'csv') return { totalRows, write: () => writeCsv(told, mannerOf(source)) };
    const details = await readDetails(source);
    return { totalRows, write: () => writeXlsx([told, ...sheets.slice(1), details], mannerOf(source)) };
  };
}

/** The sheet about the file itself. */
export async function readDetails(source: Source): Promise<Sheet> {
  const { tx, workspace, order } = source;
  const numbers = await listNumbersInRange(tx, { ...order, workspaceId: workspace.id });
  return toSheet(detailsTable({ ...source, numbers, madeAt: new Date() }));
}

/** Language, currency and time zone in which a file of this order is written. */
export const mannerOf = ({ order, workspace }: Pick<Source, 'order' | 'workspace'>): Manner => ({
  locale: order.locale,
  currency: order.currency,
  timeZone: workspace.timeZone,
});

/** Tells how many rows were written. */
export async function* counted<Row>(
  batches: Batches<Row>,
  onRows: Source['onRows'],
): AsyncGenerator<readonly Row[]> {
  let rows = 0;
  for await (const batch of batches) {
    yield batch;
    rows += batch.length;
    await onRows(rows);
  }
}
