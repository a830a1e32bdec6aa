import { Router } from 'express';
import type { Request } from 'express';
import { hastenStreams } from '../../db/event-streams.ts';
import { findEvent, redeliverFailed } from '../../db/events.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { deleteEndpoint, listEndpoints, updateEndpoint } from '../../db/webhook-endpoints.ts';
import type { EndpointRow } from '../../db/webhook-endpoints.ts';
import { newId } from '../../domain/ids.ts';
import { toEnvelope } from '../../history/envelope.ts';
import { tellEndpoint } from '../../history/tell.ts';
import type { ApiContext } from '../context.ts';
import { actorOf, workspaceFor } from '../http/authenticate.ts';
import { cursorsOf, toPage } from '../http/cursor.ts';
import { optionalUse } from '../http/idempotency.ts';
import { findSentBefore } from '../http/once.ts';
import { routerOf } from '../http/operation.ts';
import { emptyBody, noQuery, readBody, readQuery } from '../http/read-input.ts';
import { changing, noteChange } from './changing.ts';
import { endpointOperations } from './endpoint-operations.ts';
import { sendLater } from '../http/send-later.ts';
import { createSecretRoutes } from './endpoint-secret-routes.ts';
import {
  changeEndpoint,
  checkEnabled,
  checkUrl,
  getEndpoint,
  workspaceOfEndpoint,
} from './endpoint-rules.ts';
import { endpointChange, endpointsQuery, failedQuery, toEndpointJson } from './endpoint-schema.ts';

/** `/v1/webhook-endpoints`: where the events of a workspace are sent. */
export function createWebhookEndpointRoutes(context: ApiContext): Router {
  const { pool } = context;
  const routes = routerOf('/v1/webhook-endpoints', endpointOperations, {
    list: async (request, response) => {
      const workspaceId = workspaceFor(request, 'settings:write');
      const { limit, after } = readQuery(request, endpointsQuery);
      const cursors = cursorsOf('/v1/webhook-endpoints');
      const afterId = cursors.read(after)?.id ?? null;
      const rows = await inWorkspace(pool, workspaceId, (tx) =>
        listEndpoints(tx, { workspaceId, afterId, limit }),
      );
      response.json(
        toPage(rows, limit, toEndpointJson, (row) => cursors.write(row.createdAt.toISOString(), row.id)),
      );
    },

    get: async (request, response) => {
      const { id } = request.params;
      const workspaceId = await workspaceOfEndpoint(context, request, id);
      readQuery(request, noQuery);
      response.json(toEndpointJson(await inWorkspace(pool, workspaceId, (tx) => getEndpoint(tx, id))));
    },

    change: async (request, response) => {
      response.json(toEndpointJson(await change(context, request, request.params.id)));
    },

    remove: async (request, response) => {
      await changing(context, request, request.params.id, async (tx, endpoint) => {
        await deleteEndpoint(tx, endpoint.id);
        await noteChange(context, tx, request, endpoint, 'deleted');
      });
      response.status(204).end();
    },

    test: async (request, response) => {
      readBody(request, emptyBody);
      const event = await test(context, request, request.params.id);
      sendLater(response, `/v1/events/${event.id}/attempts`, event);
    },

    redeliverFailed: async (request, response) => {
      const { id } = request.params;
      const { since = null } = readQuery(request, failedQuery);
      readBody(request, emptyBody);
      const count = await changing(context, request, id, async (tx, { workspaceId }) => {
        const redelivered = await redeliverFailed(tx, id, since);
        const detail = { since: since?.toISOString() ?? null, count: redelivered };
        const entry = { workspaceId, action: 'webhook_endpoint.redelivered', subjectId: id, detail };
        await context.audit(tx, { ...actorOf(request), ...entry });
        return redelivered;
      });
      sendLater(response, `/v1/webhook-endpoints/${id}`, { count });
    },
  });
  return Router().use(createSecretRoutes(context), routes);
}

/** Enabled again, or at another address: what waits is tried at once. */
function change(context: ApiContext, request: Request, id: string): Promise<EndpointRow> {
  return changing(context, request, id, async (tx, before) => {
    const given = readBody(request, endpointChange);
    if (given.url !== undefined) checkUrl(context, given.url);
    const after = changeEndpoint(before, given);
    if (after === null) return before;
    const isFresh = before.status !== after.status || before.url !== after.url;
    // Streams before their endpoint, as a worker locks them that records a try.
    if (isFresh && after.status === 'enabled') await hastenStreams(tx, id);
    const stored = await updateEndpoint(tx, after);
    await noteChange(context, tx, request, stored, 'changed');
    return stored;
  });
}

/** Answers with the event that is sent, or was sent under this key. */
function test(context: ApiContext, request: Request, id: string) {
  return changing(context, request, id, async (tx, endpoint) => {
    checkEnabled(endpoint);
    const use = optionalUse(request, endpoint.workspaceId, `POST /v1/webhook-endpoints/${id}/test`);
    const eventId = newId('event');
    const sentId = await findSentBefore(tx, use, eventId);
    const event = await findEvent(tx, sentId ?? (await tellEndpoint(tx, endpoint, eventId)));
    if (event === null) throw new Error(`the test event of ${id} was not written`);
    return toEnvelope(event, endpoint.apiVersion);
  });
}
