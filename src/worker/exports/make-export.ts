import { takeDocuments } from '../../db/export-documents.ts';
import { deletePieces } from '../../db/export-pieces.ts';
import { completeExport, setProgress, takeMinute } from '../../db/exports.ts';
import type { ExportRow } from '../../db/exports.ts';
import type { Pool } from '../../db/pool.ts';
import { inOneTrip, inSnapshot, inWorkspace } from '../../db/transaction.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import { exportFileName, kindOf } from '../../domain/export.ts';
import { tellWorkspaces } from '../../history/tell.ts';
import type { Source } from '../../reports/files/source.ts';
import { prepareExport } from '../../reports/files/kinds.ts';
import { UNIFORM_DOCUMENT_TYPES } from '../../reports/uniform/parts.ts';
import { ExportEnded } from './export-ended.ts';
import { createPieceWriter } from './piece-writer.ts';

type Deps = { readonly pool: Pool } & Pick<
  Source,
  'version' | 'maker' | 'print' | 'printReport' | 'readCopy'
>;

/**
 * Makes the file of an export that was taken, from the books as they are when it begins.
 * @throws ExportEnded if it was cancelled meanwhile, or another try began
 */
export async function makeExport({ pool, ...deps }: Deps, row: ExportRow): Promise<void> {
  const { id, workspaceId } = row;
  await inWorkspace(pool, workspaceId, (tx) => deletePieces(tx, id, row.attempt));
  if (kindOf(row.kind).handsOver) await handOver(pool, row);
  const pieces = createPieceWriter(pool, row);
  const { totalRows, taxId } = await inSnapshot(pool, workspaceId, async (tx) => {
    const workspace = await findWorkspace(tx, workspaceId);
    if (workspace === null) throw new Error(`there is no workspace ${workspaceId}`);
    const progress = { totalRows: 0 };
    const onRows = (rows: number): Promise<void> => note(pool, row, { rows, ...progress });
    const file = await prepareExport({
      tx,
      workspace,
      order: row,
      exportId: id,
      onRows,
      takeMinute: () => takeRunMinute(pool, row),
      ...deps,
    });
    progress.totalRows = file.totalRows;
    await onRows(0);
    for await (const chunk of file.write()) await pieces.write(chunk);
    return { totalRows: file.totalRows, taxId: workspace.taxId };
  });
  const file = { ...(await pieces.end()), rows: totalRows, fileName: exportFileName(row, taxId) };
  await inWorkspace(pool, workspaceId, async (tx) => {
    if (!(await completeExport(tx, row, file))) throw new ExportEnded();
    const facts = { exportId: id, kind: row.kind, rows: totalRows };
    await tellWorkspaces(tx, [workspaceId], { type: 'export.completed', facts });
  });
}

/** Before the snapshot, so that the file has exactly the documents that were taken. */
async function handOver(pool: Pool, row: ExportRow): Promise<void> {
  const isTaken = await inWorkspace(pool, row.workspaceId, (tx) =>
    takeDocuments(tx, row, UNIFORM_DOCUMENT_TYPES),
  );
  if (!isTaken) throw new ExportEnded();
}

async function takeRunMinute(pool: Pool, row: ExportRow): Promise<Date> {
  const [minute] = await inOneTrip(pool, row.workspaceId, (tx) => [takeMinute(tx, row)]);
  if (minute === null) throw new ExportEnded();
  return minute;
}

async function note(
  pool: Pool,
  row: ExportRow,
  progress: { rows: number; totalRows: number },
): Promise<void> {
  const [isPresent] = await inOneTrip(pool, row.workspaceId, (tx) => [setProgress(tx, row, progress)]);
  if (!isPresent) throw new ExportEnded();
}
