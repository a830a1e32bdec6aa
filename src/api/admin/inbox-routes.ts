import type { RequestHandler } from 'express';
import { findDelivery, listInbox } from '../../db/inbox.ts';
import { isId } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import type { ApiContext } from '../context.ts';
import { actorOf, requireAdmin } from '../http/authenticate.ts';
import { cursorsOf, toPage } from '../http/cursor.ts';
import { emptyBody, noQuery, readBody, readQuery } from '../http/read-input.ts';
import { toDeliveryJson } from '../webhooks/delivery-json.ts';
import { inboxQuery, replayOrder } from './admin-schema.ts';
import type { ReplayJson } from './admin-schema.ts';
import { toInboxJson } from './inbox-json.ts';
import { replay } from './replay.ts';

/** `GET /v1/admin/inbox`. */
export function createListInboxRoute({ pool }: ApiContext): RequestHandler {
  return async (request, response) => {
    requireAdmin(request);
    const { limit, after, status } = readQuery(request, inboxQuery);
    const cursors = cursorsOf('/v1/admin/inbox', { status });
    const place = cursors.read(after);
    const rows = await listInbox(pool, {
      status: status ?? null,
      after: place === null ? null : { receivedAt: place.sortKey, id: place.id },
      limit,
    });
    response.json(toPage(rows, limit, toInboxJson, (row) => cursors.write(row.sortKey, row.id)));
  };
}

/** `GET /v1/admin/inbox/{id}`: one row with what came in, redacted. */
export function createLookRoute(context: ApiContext): RequestHandler<{ id: string }> {
  return async (request, response) => {
    requireAdmin(request);
    readQuery(request, noQuery);
    const { id } = request.params;
    const row = isId('providerEvent', id) ? await findDelivery(context.pool, id) : null;
    if (row === null) throw new Problem('not_found', 'there is no such row in the inbox');
    response.json(toDeliveryJson(context, row));
  };
}

/** `POST /v1/admin/inbox/{id}/replay`. */
export function createReplayRoute(context: ApiContext): RequestHandler<{ id: string }> {
  return async (request, response) => {
    requireAdmin(request);
    readBody(request, emptyBody);
    response.json(toInboxJson(await replay(context, request.params.id, actorOf(request))));
  };
}

/** `POST /v1/admin/inbox/replay`: several, one after the other. One that cannot be replayed stops no other. */
export function createReplayManyRoute(context: ApiContext): RequestHandler {
  return async (request, response) => {
    requireAdmin(request);
    const { ids } = readBody(request, replayOrder);
    const data: ReplayJson[] = [];
    for (const id of new Set(ids)) data.push(await tryReplay(context, id, actorOf(request)));
    response.json({ data });
  };
}

async function tryReplay(
  context: ApiContext,
  id: string,
  actor: ReturnType<typeof actorOf>,
): Promise<ReplayJson> {
  try {
    const { status, paymentId, reason } = toInboxJson(await replay(context, id, actor));
    return { id, status, paymentId, reason };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { id, status: 'not_replayed', paymentId: null, reason: error.message };
  }
}
