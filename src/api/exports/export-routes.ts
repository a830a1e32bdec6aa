import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response, Router } from 'express';
import { deletePieces, findPiece } from '../../db/export-pieces.ts';
import { cancelExport, findExport, listExports, placesInQueue } from '../../db/exports.ts';
import type { ExportRow } from '../../db/exports.ts';
import type { Pool, Sql } from '../../db/pool.ts';
import { inOneTrip, inWorkspace, withoutTransaction } from '../../db/transaction.ts';
import { isId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import type { ApiContext } from '../context.ts';
import { actorOf, workspaceFor, workspaceHolding } from '../http/authenticate.ts';
import { cursorsOf, toPage } from '../http/cursor.ts';
import { routerOf } from '../http/operation.ts';
import { emptyBody, noQuery, readBody, readQuery } from '../http/read-input.ts';
import { sendLater } from '../http/send-later.ts';
import { createExport } from './create-export.ts';
import { exportOperations } from './export-operations.ts';
import { exportsQuery, MEDIA_TYPES, toExportJson } from './export-schema.ts';
import type { ExportJson } from './export-schema.ts';

/** `/v1/exports`: files that a worker makes. */
export function createExportRoutes(context: ApiContext): Router {
  const { pool } = context;
  return routerOf('/v1/exports', exportOperations, {
    create: async (request, response) => {
      const { id, workspaceId } = await createExport(context, request);
      sendLater(response, `/v1/exports/${id}`, await show(pool, workspaceId, id));
    },

    list: async (request, response) => {
      const workspaceId = workspaceFor(request, 'reports:read');
      const { limit, after } = readQuery(request, exportsQuery);
      const cursors = cursorsOf('/v1/exports');
      const page = { workspaceId, afterId: cursors.read(after)?.id ?? null, limit };
      const rows = await inWorkspace(pool, workspaceId, (tx) => listExports(tx, page));
      const places = await placesOf(pool, rows);
      const toJson = (row: ExportRow): ExportJson => toExportJson(row, places.get(row.id));
      response.json(toPage(rows, limit, toJson, (row) => cursors.write(row.createdAt.toISOString(), row.id)));
    },

    get: async (request, response) => {
      const workspaceId = await workspaceOfExport(context, request, request.params.id);
      readQuery(request, noQuery);
      response.json(await show(pool, workspaceId, request.params.id));
    },

    file: async (request, response) => {
      const workspaceId = await workspaceOfExport(context, request, request.params.id);
      readQuery(request, noQuery);
      await sendFile(context, request, response, { workspaceId, id: request.params.id });
    },

    cancel: async (request, response) => {
      const { id } = request.params;
      const workspaceId = await workspaceOfExport(context, request, id);
      readBody(request, emptyBody);
      await inWorkspace(pool, workspaceId, (tx) => cancel(context, tx, request, id));
      response.json(await show(pool, workspaceId, id));
    },
  });
}

/** @throws Problem conflict: it has ended, with a file or without */
async function cancel(context: ApiContext, tx: Sql, request: Request, id: string): Promise<void> {
  const { status, workspaceId } = await getExport(tx, id);
  if (status === 'cancelled') return;
  if (!(await cancelExport(tx, id)))
    throw new Problem('conflict', 'the export has ended, so there is nothing to cancel');
  await deletePieces(tx, id, null);
  const entry = { workspaceId, action: 'export.cancelled', subjectId: id, detail: {} };
  await context.audit(tx, { ...actorOf(request), ...entry });
}

/** Sends the pieces one after the other, so that a file of any size needs the memory of one. */
async function sendFile(
  context: ApiContext,
  request: Request,
  response: Response,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
): Promise<void> {
  const row = await inWorkspace(context.pool, workspaceId, async (tx) => {
    const found = await getExport(tx, id);
    checkFile(found);
    const entry = { workspaceId, action: 'export.downloaded', subjectId: id, detail: {} };
    await context.audit(tx, { ...actorOf(request), ...entry });
    return found;
  });
  response.set({
    'Content-Type': row.format === 'csv' ? `${MEDIA_TYPES.csv}; charset=utf-8` : MEDIA_TYPES[row.format],
    'Content-Length': String(row.sizeBytes),
    'Content-Disposition': `attachment; filename="${row.fileName ?? id}"`,
    'Cache-Control': 'private, no-store',
  });
  // A caller who hangs up ends the sending; there is nobody left to tell.
  await pipeline(Readable.from(readPieces(context.pool, row)), response).catch((error: unknown) => {
    if (!response.destroyed) throw error;
  });
}

/** @throws Problem file_not_ready, file_expired */
function checkFile({ status, expiresAt }: ExportRow): void {
  if (status !== 'completed')
    throw new Problem('file_not_ready', `the export is ${status}, so it has no file`, {
      ...(status === 'queued' || status === 'running' ? { retryAfterSeconds: 1 } : {}),
    });
  if (expiresAt !== null && expiresAt.getTime() <= Date.now())
    throw new Problem('file_expired', 'the file was deleted after its days; ask for the export again');
}

async function* readPieces(pool: Pool, row: ExportRow): AsyncGenerator<Buffer> {
  let sent = 0;
  for (let number = 0; sent < (row.sizeBytes ?? 0); number += 1) {
    const [piece] = await inOneTrip(pool, row.workspaceId, (tx) => [findPiece(tx, row, number)]);
    // The caller was told the size: the connection is cut, so that nobody takes a part for the whole.
    if (piece === null) throw new Error(`a piece of export ${row.id} is gone`);
    sent += piece.length;
    yield piece;
  }
}

async function show(pool: Pool, workspaceId: string, id: string): Promise<ExportJson> {
  const row = await inWorkspace(pool, workspaceId, (tx) => getExport(tx, id));
  return toExportJson(row, (await placesOf(pool, [row])).get(id));
}

async function placesOf(pool: Pool, rows: readonly ExportRow[]): Promise<ReadonlyMap<string, number>> {
  const waiting = rows
    .filter(({ status }) => status === 'queued' || status === 'running')
    .map(({ id }) => id);
  return waiting.length === 0 ? new Map() : placesInQueue(withoutTransaction(pool), waiting);
}

function workspaceOfExport(context: ApiContext, request: Request, id: string): Promise<string> {
  return workspaceHolding(context, request, 'reports:read', async (tx) => (await find(tx, id)) !== null);
}

/** @throws Problem not_found */
async function getExport(tx: Sql, id: string): Promise<ExportRow> {
  const row = await find(tx, id);
  if (row === null) throw new Problem('not_found', 'there is no such export in this workspace');
  return row;
}

async function find(tx: Sql, id: string): Promise<ExportRow | null> {
  return isId('export', id) ? findExport(tx, id) : null;
}
