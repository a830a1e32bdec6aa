import type { RequestHandler } from 'express';
import { markAcknowledged } from '../../db/tax-documents.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { Sql } from '../../db/pool.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { WorkspaceRow } from '../../db/workspaces.ts';
import { SMALL_CREDIT } from '../../domain/acknowledgement.ts';
import { dayInZone, fromZonedStamp } from '../../domain/calendar.ts';
import type { Day } from '../../domain/calendar.ts';
import { fieldProblem, Problem } from '../../domain/problems.ts';
import type { ApiContext } from '../context.ts';
import { actorOf } from '../http/authenticate.ts';
import { readBody } from '../http/read-input.ts';
import { getDocument, writableDocument } from './document-access.ts';
import { acknowledgeBody } from './document-schema.ts';
import type { AcknowledgeBody, DocumentJson } from './document-schema.ts';

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
    const body = readBody(request, acknowledgeBody);
    const json = await inWorkspace(pool, workspaceId, async (tx) => {
      const document = await getDocument(tx, documentId);
      if (document.refundId === null)
        throw new Problem(
          'conflict',
          `a ${document.type} needs no confirmation: only credit documents need one`,
        );
      const at = momentOf(body, document, await findWorkspace(tx, workspaceId));
      const { method, note = null } = body;
      if (await markAcknowledged(tx, documentId, { at, method, note })) {
        const detail = { method, at: at.toISOString(), note };
        const entry = { workspaceId, action: 'document.acknowledged', subjectId: documentId, detail };
        await context.audit(tx, { ...actorOf(request), ...entry });
      }
      return show(tx, await getDocument(tx, documentId));
    });
    response.json(json);
  };
}

/** When it was confirmed: now, or noon of the day that is named. @throws Problem naming the field */
function momentOf(
  { at, method }: AcknowledgeBody,
  { documentDate, total, content }: DocumentRow,
  workspace: WorkspaceRow | null,
): Date {
  if (workspace === null) throw new Problem('not_found', 'there is no such workspace');
  const isSmall = total <= SMALL_CREDIT && content.customer.taxIdKind === 'private';
  if (method === 'private_small' && !isSmall)
    throw fieldProblem('#/method', 'private_small is for credits of 600 ₪ at most to a private customer');
  const { timeZone, booksClosedThrough } = workspace;
  const now = new Date();
  const today = dayInZone(now, timeZone);
  if (at === undefined || at === today) return now;
  checkDay(at, { today, documentDate, booksClosedThrough });
  return fromZonedStamp(`${at} 12:00:00`, timeZone);
}

/** The VAT falls in the period of that day. */
function checkDay(
  at: Day,
  days: { readonly today: Day; readonly documentDate: Day; readonly booksClosedThrough: Day | null },
): void {
  const { today, documentDate, booksClosedThrough: closed } = days;
  if (at > today) throw fieldProblem('#/at', 'must not be in the future');
  if (at < documentDate)
    throw fieldProblem('#/at', `must not be before ${documentDate}, the day of the credit`);
  if (closed !== null && at <= closed)
    throw fieldProblem('#/at', `must be after ${closed}: the books are closed through that day`);
}
