import type { RequestHandler } from 'express';
import { findPush, reopenPush } from '../../db/invoice-pushes.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { Sql } from '../../db/pool.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { Problem } from '../../domain/problems.ts';
import type { ApiContext } from '../context.ts';
import { actorOf } from '../http/authenticate.ts';
import { emptyBody, readBody } from '../http/read-input.ts';
import { sendLater } from '../http/send-later.ts';
import { getDocument, writableDocument } from './document-access.ts';
import type { DocumentJson } from './document-schema.ts';

/**
 * `POST /v1/documents/{id}/push`: repeats a failed push by hand. Answers with the document: 200 if the invoice
 * service has it, 202 while it is on its way. While Temporal is down, the sweeper starts it later.
 */
export function createPushRoute(
  context: ApiContext,
  show: (tx: Sql, document: DocumentRow) => Promise<DocumentJson>,
): RequestHandler<{ id: string }> {
  const { pool } = context;
  return async (request, response) => {
    const { id } = request.params;
    const workspaceId = await writableDocument(context, request, id);
    readBody(request, emptyBody);
    const { json, isOwed } = await inWorkspace(pool, workspaceId, async (tx) => {
      const document = await getDocument(tx, id);
      if (await reopenPush(tx, id)) {
        const entry = { workspaceId, action: 'document.push_repeated', subjectId: id, detail: {} };
        await context.audit(tx, { ...actorOf(request), ...entry });
      }
      const push = await findPush(tx, id);
      if (push === null) {
        throw new Problem(
          'conflict',
          'this document cannot be pushed: no invoice service was set when it was issued',
        );
      }
      return { json: await show(tx, document), isOwed: push.status !== 'pushed' };
    });
    if (isOwed) await start(context, { workspaceId, documentId: id });
    if (isOwed) sendLater(response, `/v1/documents/${id}`, json);
    else response.json(json);
  };
}

/** @throws Problem unavailable: it is stored, and goes later */
async function start(
  { temporal, logger }: ApiContext,
  push: { readonly workspaceId: string; readonly documentId: string },
): Promise<void> {
  try {
    await temporal.startPush(push);
  } catch (error) {
    logger.warn({ err: error, documentId: push.documentId }, 'the sweeper will start a repeated push');
    throw new Problem(
      'unavailable',
      'the push could not be started just now. It is stored and goes by itself: read the document again later',
      { retryAfterSeconds: 15 },
    );
  }
}
