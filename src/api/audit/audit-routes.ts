import type { Router } from 'express';
import { listAuditPage } from '../../db/audit-log.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { ApiContext } from '../context.ts';
import { workspaceFor } from '../http/authenticate.ts';
import { toPage } from '../http/cursor.ts';
import { routerOf } from '../http/operation.ts';
import { readQuery } from '../http/read-input.ts';
import { auditOperations } from './audit-operations.ts';
import { auditQuery, toAuditJson } from './audit-schema.ts';

/** `/v1/audit`: who did what, and why. */
export function createAuditRoutes({ pool }: ApiContext): Router {
  return routerOf('/v1/audit', auditOperations, {
    list: async (request, response) => {
      const workspaceId = workspaceFor(request, 'settings:write');
      const query = readQuery(request, auditQuery);
      const rows = await inWorkspace(pool, workspaceId, (tx) => listAuditPage(tx, { workspaceId, ...query }));
      response.json(toPage(rows, query.limit, toAuditJson, ({ sequence }) => String(sequence)));
    },
  });
}
