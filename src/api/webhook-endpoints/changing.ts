import type { Request } from 'express';
import type { Sql } from '../../db/pool.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { EndpointRow } from '../../db/webhook-endpoints.ts';
import type { ENDPOINT_CHANGES } from '../../domain/webhook-endpoint.ts';
import { tellWorkspaces } from '../../history/tell.ts';
import type { ApiContext } from '../context.ts';
import { actorOf } from '../http/authenticate.ts';
import { getLockedWorkspace } from '../workspaces/workspace-access.ts';
import { getEndpoint, workspaceOfEndpoint } from './endpoint-rules.ts';

/** A change of one endpoint: changes of a workspace wait for each other. */
export async function changing<T>(
  context: ApiContext,
  request: Request,
  id: string,
  run: (tx: Sql, endpoint: EndpointRow) => Promise<T>,
): Promise<T> {
  const workspaceId = await workspaceOfEndpoint(context, request, id);
  return inWorkspace(context.pool, workspaceId, async (tx) => {
    await getLockedWorkspace(tx, workspaceId);
    return run(tx, await getEndpoint(tx, id));
  });
}

/** The audit log has who and what; the other endpoints of the workspace hear of it. */
export async function noteChange(
  context: ApiContext,
  tx: Sql,
  request: Request,
  {
    id,
    workspaceId,
    url,
    eventTypes,
    status,
  }: Pick<EndpointRow, 'id' | 'workspaceId' | 'url' | 'eventTypes' | 'status'>,
  what: (typeof ENDPOINT_CHANGES)[number],
): Promise<void> {
  const detail = { url, events: eventTypes, status };
  const entry = { workspaceId, action: `webhook_endpoint.${what}`, subjectId: id, detail };
  await context.audit(tx, { ...actorOf(request), ...entry });
  const facts = { endpointId: id, change: what };
  await tellWorkspaces(tx, [workspaceId], { type: 'webhook_endpoint.changed', facts });
}
