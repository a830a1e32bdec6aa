import type { RequestHandler, Router } from 'express';
import { listOriginals } from '../../db/document-files.ts';
import { listPushes } from '../../db/invoice-pushes.ts';
import { listDocuments } from '../../db/tax-documents.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import type { Sql } from '../../db/pool.ts';
import type { ApiContext } from '../context.ts';
import { workspaceFor } from '../http/authenticate.ts';
import { cursorsOf, toPage } from '../http/cursor.ts';
import { routerOf } from '../http/operation.ts';
import { noQuery, readQuery } from '../http/read-input.ts';
import { createAcknowledgeRoute } from './acknowledge-route.ts';
import { createAllocationRoute, createRequestAllocationRoute } from './allocation-route.ts';
import { getDocument, workspaceOfDocument } from './document-access.ts';
import { toDocumentJson } from './document-json.ts';
import { documentOperations } from './document-operations.ts';
import { listDocumentsQuery } from './document-schema.ts';
import type { DocumentJson } from './document-schema.ts';
import { createEmailRoute } from './email-route.ts';
import { createPdfRoute } from './pdf-route.ts';
import { createPushRoute } from './push-route.ts';

/** `/v1/documents`. */
export function createDocumentRoutes(context: ApiContext): Router {
  return routerOf('/v1/documents', documentOperations, {
    list: createListRoute(context),
    get: createGetRoute(context),
    pdf: createPdfRoute(context),
    email: createEmailRoute(context),
    push: createPushRoute(context, viewDocument),
    allocate: createAllocationRoute(context, viewDocument),
    requestAllocation: createRequestAllocationRoute(context, viewDocument),
    acknowledge: createAcknowledgeRoute(context, viewDocument),
  });
}

function createListRoute(context: ApiContext): RequestHandler {
  return async (request, response) => {
    const workspaceId = workspaceFor(request, 'documents:read');
    const { limit, after, ...filter } = readQuery(request, listDocumentsQuery);
    const cursors = cursorsOf('/v1/documents', filter);
    const cursor = cursors.read(after);
    const place = cursor === null ? null : { documentDate: cursor.sortKey, id: cursor.id };
    const page = await inWorkspace(context.pool, workspaceId, async (tx) => {
      const rows = await listDocuments(tx, { workspaceId, filter, after: place, limit });
      const toJson = await readSurroundings(tx, rows);
      return toPage(rows, limit, toJson, (row) => cursors.write(row.documentDate, row.id));
    });
    response.json(page);
  };
}

function createGetRoute(context: ApiContext): RequestHandler<{ id: string }> {
  return async (request, response) => {
    const { id } = request.params;
    const workspaceId = await workspaceOfDocument(context, request, id);
    readQuery(request, noQuery);
    const json = await inWorkspace(context.pool, workspaceId, async (tx) =>
      viewDocument(tx, await getDocument(tx, id)),
    );
    response.json(json);
  };
}

/** Facts about documents beside their rows, read at once for all of them. */
async function readSurroundings(tx: Sql, rows: readonly DocumentRow[]) {
  const ids = rows.map((row) => row.id);
  const originals = await listOriginals(tx, ids);
  const pushes = await listPushes(tx, ids);
  return (row: DocumentRow) => toDocumentJson(row, originals.get(row.id) ?? null, pushes.get(row.id) ?? null);
}

/** A document as the API shows it. */
async function viewDocument(tx: Sql, row: DocumentRow): Promise<DocumentJson> {
  return (await readSurroundings(tx, [row]))(row);
}
