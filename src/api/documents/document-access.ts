import type { Request } from 'express';
import { findDocument } from '../../db/tax-documents.ts';
import type { Sql } from '../../db/pool.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { Problem } from '../../domain/problems.ts';
import { isId } from '../../domain/ids.ts';
import type { ApiContext } from '../context.ts';
import { workspaceHolding } from '../http/authenticate.ts';

/**
 * The caller's workspace for a call about one document. Not found is said before missing scope.
 * @throws Problem not_found, insufficient_scope
 */
export function workspaceOfDocument(context: ApiContext, request: Request, id: string): Promise<string> {
  return workspaceHolding(context, request, 'documents:read', async (tx) => (await find(tx, id)) !== null);
}

/** The same for a call that changes one. */
export function writableDocument(context: ApiContext, request: Request, id: string): Promise<string> {
  return workspaceHolding(context, request, 'documents:write', async (tx) => (await find(tx, id)) !== null);
}

/** @throws Problem not_found */
export async function getDocument(tx: Sql, id: string): Promise<DocumentRow> {
  const document = await find(tx, id);
  if (document === null) throw new Problem('not_found', 'there is no such document in this workspace');
  return document;
}

async function find(tx: Sql, id: string): Promise<DocumentRow | null> {
  return isId('document', id) ? findDocument(tx, id) : null;
}
