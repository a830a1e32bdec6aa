import type { RequestHandler, Router } from 'express';
import { listInbox } from '../../db/provider-events.ts';
import type { ApiContext } from '../context.ts';
import { requireAdmin } from '../http/authenticate.ts';
import { fromCursor, toCursor, toPage } from '../http/cursor.ts';
import { routerOf } from '../http/operation.ts';
import { readQuery } from '../http/read-input.ts';
import { adminOperations } from './admin-operations.ts';
import { inboxQuery } from './admin-schema.ts';
import { createForceRoute, createListBreakersRoute } from './breaker-routes.ts';
import { toInboxJson } from './inbox-json.ts';

/** `/v1/admin`: for those who run Tashlum, across all workspaces. */
export function createAdminRoutes(context: ApiContext): Router {
  return routerOf('/v1/admin', adminOperations, {
    listBreakers: createListBreakersRoute(context),
    openBreaker: createForceRoute(context, 'open'),
    closeBreaker: createForceRoute(context, 'closed'),
    listInbox: createListInboxRoute(context),
  });
}

function createListInboxRoute({ pool }: ApiContext): RequestHandler {
  return async (request, response) => {
    requireAdmin(request);
    const { limit, after, status } = readQuery(request, inboxQuery);
    const cursor = fromCursor(after);
    const rows = await listInbox(pool, {
      status: status ?? null,
      after: cursor === null ? null : { receivedAt: new Date(cursor.sortKey), id: cursor.id },
      limit,
    });
    response.json(toPage(rows, limit, toInboxJson, (row) => toCursor(row.receivedAt.toISOString(), row.id)));
  };
}
