import type { Router } from 'express';
import { listAuditPage } from '../../db/audit-log.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { ApiContext } from '../context.ts';
import { workspaceFor } from '../http/authenticate.ts';
import { cursorsOf, toPage } from '../http/cursor.ts';
import { routerOf } from '../http/operation.ts';
import { readQuery } from '../http/read-input.ts';
import { auditOperations } from './audit-operations.ts';
import { auditQuery, toAuditJson } from './audit-schema.ts';

/** `/v1/audit`: who did what, and why. */
export function createAuditRoutes({ pool }: ApiContext): Router {
  return routerOf('/v1/audit', auditOperations, {
    list: async (request, response) => {
      const workspaceId = workspaceFor(request, 'settings:write');
      const { limit, after, ...filter } = readQuery(request, auditQuery);
      const cursors = cursorsOf('/v1/audit', filter, /^[1-9]\d{0,14}$/);
      const place = cursors.read(after);
      const page = { workspaceId, ...filter, after: place === null ? undefined : Number(place.id), limit };
      const rows = await inWorkspace(pool, workspaceId, (tx) => listAuditPage(tx, page));
      const json = toPage(rows, limit, toAuditJson, ({ at, sequence }) =>
        cursors.write(at.toISOString(), String(sequence)),
      );
      response.json(json);
    },
  });
}
