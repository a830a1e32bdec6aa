import { pipeline } from 'node:stream/promises';
import type { RequestHandler, Response } from 'express';
import { inWorkspace } from '../../db/transaction.ts';
import { zipFiles } from '../../reports/files/zip-files.ts';
import type { ApiContext } from '../context.ts';
import { actorOf } from '../http/authenticate.ts';
import { readQuery } from '../http/read-input.ts';
import { gatherEvidence } from './evidence/gather.ts';
import { toIndexPage } from './evidence/index-page.ts';
import { timelineQuery } from './payment-schema.ts';
import { workspaceOfPayment } from './payment-view.ts';
import { readTimeline } from './timeline.ts';

/** `GET /v1/payments/{id}/timeline`: as JSON, or with `format=zip` as a bundle for a dispute. */
export function createTimelineRoute(context: ApiContext): RequestHandler<{ id: string }> {
  return async (request, response) => {
    const { id } = request.params;
    const workspaceId = await workspaceOfPayment(context, request, 'payments:read', id);
    const { format } = readQuery(request, timelineQuery);
    if (format === 'zip') {
      await sendEvidence(context, response, { workspaceId, paymentId: id, actor: actorOf(request) });
      return;
    }
    const data = await inWorkspace(context.pool, workspaceId, (tx) => readTimeline(tx, id));
    response.json({ data, next: null });
  };
}

/** Who took the evidence is in the audit log, after what the evidence shows of it. */
async function sendEvidence(
  context: ApiContext,
  response: Response,
  order: { workspaceId: string; paymentId: string; actor: ReturnType<typeof actorOf> },
): Promise<void> {
  const { workspaceId, paymentId, actor } = order;
  const evidence = await gatherEvidence(context, order);
  const page = toIndexPage(evidence, new Date());
  await inWorkspace(context.pool, workspaceId, (tx) => {
    const entry = { workspaceId, action: 'payment.evidence_taken', subjectId: paymentId, detail: {} };
    return context.audit(tx, { ...actor, ...entry });
  });
  response.set({
    'Content-Type': 'application/zip',
    'Content-Disposition': `attachment; filename="evidence-${paymentId}.zip"`,
    'Cache-Control': 'private, no-store',
  });
  const index = { path: 'index.html', bytes: Buffer.from(page.markup) };
  // A caller who hangs up ends the sending; there is nobody left to tell.
  await pipeline(zipFiles([index, ...evidence.files]), response).catch((error: unknown) => {
    if (!response.destroyed) throw error;
  });
}
