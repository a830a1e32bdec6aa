import type { RequestHandler } from 'express';
import { markAcknowledged } from '../../db/tax-documents.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { Sql } from '../../db/pool.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { Problem } from '../../domain/problems.ts';
import type { ApiContext } from '../context.ts';
import { actorOf } from '../http/authenticate.ts';
import { emptyBody, readBody } from '../http/read-input.ts';
import { mustFindDocument, writableDocument } from './document-access.ts';
import type { DocumentJson } from './document-schema.ts';

/**
 * `POST /v1/documents/{id}/acknowledge`: the customer confirmed that they got a credit document. Only from then on the VAT
 * of a tax invoice falls. A second time changes nothing. Source: docs/reference/israel-tax.md, "Corrections".
 */
export function createAcknowledgeRoute(
  context: ApiContext,
  show: (tx: Sql, document: DocumentRow) => Promise<DocumentJson>,
): RequestHandler<{ id: string }> {
  const { pool } = context;
  return async (request, response) => {
    const { id: documentId } = request.params;
    const workspaceId = await writableDocument(context, request, documentId);
    readBody(request, emptyBody);
    const json = await inWorkspace(pool, workspaceId, async (tx) => {
      const document = await mustFindDocument(tx, documentId);
      if (document.refundId === null)
        throw new Problem(
          'conflict',
          `a ${document.type} needs no confirmation: only credit documents need one`,
        );
      if (await markAcknowledged(tx, documentId)) {
        const entry = { workspaceId, action: 'document.acknowledged', subjectId: documentId, detail: {} };
        await context.audit(tx, { ...actorOf(request), ...entry });
      }
      return show(tx, await mustFindDocument(tx, documentId));
    });
    response.json(json);
  };
}
