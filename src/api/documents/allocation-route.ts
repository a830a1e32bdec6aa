import type { RequestHandler } from 'express';
import { askAgain } from '../../db/allocation-requests.ts';
import { lockPayment } from '../../db/payments.ts';
import { setAllocationNumber } from '../../db/tax-documents.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { Sql } from '../../db/pool.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { Problem } from '../../domain/problems.ts';
import { tell } from '../../history/tell.ts';
import type { ApiContext } from '../context.ts';
import { actorOf } from '../http/authenticate.ts';
import { emptyBody, readBody } from '../http/read-input.ts';
import { getDocument, writableDocument } from './document-access.ts';
import { allocationBody } from './document-schema.ts';
import type { DocumentJson } from './document-schema.ts';

/** `POST /v1/documents/{id}/allocation-number`: enters the number that the document waits for, once. */
export function createAllocationRoute(
  context: ApiContext,
  show: (tx: Sql, document: DocumentRow) => Promise<DocumentJson>,
): RequestHandler<{ id: string }> {
  const { pool } = context;
  return async (request, response) => {
    const { id: documentId } = request.params;
    const workspaceId = await writableDocument(context, request, documentId);
    const { allocationNumber } = readBody(request, allocationBody);
    const json = await inWorkspace(pool, workspaceId, async (tx) => {
      const document = await getDocument(tx, documentId);
      // Locks the payment before the audit chain, in the same order as everywhere.
      await lockPayment(tx, document.paymentId);
      if (document.allocationNumber === allocationNumber) return show(tx, document);
      if (!(await setAllocationNumber(tx, documentId, allocationNumber))) {
        throw new Problem('conflict', 'this document does not need an allocation number');
      }
      const entry = { workspaceId, action: 'document.allocation_entered', subjectId: documentId, detail: {} };
      await context.audit(tx, { ...actorOf(request), ...entry });
      await tell(
        tx,
        { workspaceId, paymentId: document.paymentId },
        {
          kind: 'allocation_entered',
          summary: 'The allocation number of the document was entered',
          detail: { documentId },
        },
      );
      return show(tx, await getDocument(tx, documentId));
    });
    const job = { workspaceId, documentId, variant: 'original' as const };
    await context.queue.enqueue('print_document', job, `${documentId}/original`);
    response.json(json);
  };
}

/** `POST /v1/documents/{id}/request-allocation`: the tax authority is asked again, by the worker. */
export function createRequestAllocationRoute(
  context: ApiContext,
  show: (tx: Sql, document: DocumentRow) => Promise<DocumentJson>,
): RequestHandler<{ id: string }> {
  return async (request, response) => {
    const { id: documentId } = request.params;
    const workspaceId = await writableDocument(context, request, documentId);
    readBody(request, emptyBody);
    const json = await inWorkspace(context.pool, workspaceId, async (tx) => {
      const document = await getDocument(tx, documentId);
      if (document.status !== 'allocation_required')
        throw new Problem('conflict', 'this document does not wait for an allocation number');
      if (!(await askAgain(tx, documentId)))
        throw new Problem(
          'conflict',
          'the tax authority was not asked about this document yet; once the business is connected, Tashlum asks it automatically',
        );
      const entry = {
        workspaceId,
        action: 'document.allocation_requested',
        subjectId: documentId,
        detail: {},
      };
      await context.audit(tx, { ...actorOf(request), ...entry });
      return show(tx, document);
    });
    response.json(json);
  };
}
