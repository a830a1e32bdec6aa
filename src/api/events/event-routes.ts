import type { Request, Router } from 'express';
import { findEvent, listAttempts, listEvents, listEndpointsOf, redeliver } from '../../db/events.ts';
import type { EventRow } from '../../db/events.ts';
import type { Sql } from '../../db/pool.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { isId } from '../../domain/ids.ts';
import { fieldProblem, Problem } from '../../domain/problems.ts';
import type { Scope } from '../../domain/scopes.ts';
import { API_VERSION } from '../../domain/webhook-endpoint.ts';
import { toEnvelope } from '../../history/envelope.ts';
import type { ApiContext } from '../context.ts';
import { actorOf, workspaceFor, workspaceHolding } from '../http/authenticate.ts';
import { cursorsOf, toPage } from '../http/cursor.ts';
import { routerOf } from '../http/operation.ts';
import { noQuery, readBody, readQuery } from '../http/read-input.ts';
import { sendLater } from '../http/send-later.ts';
import { eventOperations } from './event-operations.ts';
import { attemptsQuery, eventsQuery, redelivery, toAttemptJson } from './event-schema.ts';

const show = (event: EventRow) => toEnvelope(event, API_VERSION);

/** `/v1/events`: what happened, and how its delivery went. */
export function createEventRoutes(context: ApiContext): Router {
  const { pool } = context;
  return routerOf('/v1/events', eventOperations, {
    list: async (request, response) => {
      const workspaceId = workspaceFor(request, 'payments:read');
      const { limit, after, type = null, paymentId = null } = readQuery(request, eventsQuery);
      const cursors = cursorsOf('/v1/events', { type, paymentId });
      const page = { workspaceId, type, paymentId, afterId: cursors.read(after)?.id ?? null, limit };
      const rows = await inWorkspace(pool, workspaceId, (tx) => listEvents(tx, page));
      response.json(toPage(rows, limit, show, (row) => cursors.write(row.createdAt.toISOString(), row.id)));
    },

    get: async (request, response) => {
      const { id } = request.params;
      const workspaceId = await workspaceOfEvent(context, request, id, 'payments:read');
      readQuery(request, noQuery);
      response.json(show(await inWorkspace(pool, workspaceId, (tx) => getEvent(tx, id))));
    },

    listAttempts: async (request, response) => {
      const { id } = request.params;
      const workspaceId = await workspaceOfEvent(context, request, id, 'payments:read');
      const { limit, after, endpointId = null } = readQuery(request, attemptsQuery);
      const cursors = cursorsOf(`/v1/events/${id}/attempts`, { endpointId });
      const page = { eventId: id, endpointId, afterId: cursors.read(after)?.id ?? null, limit };
      const rows = await inWorkspace(pool, workspaceId, async (tx) => {
        await getEvent(tx, id);
        return listAttempts(tx, page);
      });
      response.json(toPage(rows, limit, toAttemptJson, (row) => cursors.write(row.at.toISOString(), row.id)));
    },

    redeliver: async (request, response) => {
      const { id } = request.params;
      sendLater(response, `/v1/events/${id}/attempts`, await sendAgain(context, request, id));
    },
  });
}

async function sendAgain(context: ApiContext, request: Request, id: string) {
  const { pool } = context;
  const workspaceId = await workspaceOfEvent(context, request, id, 'settings:write');
  const { endpointId } = readBody(request, redelivery);
  const endpointIds = await inWorkspace(pool, workspaceId, async (tx) => {
    await getEvent(tx, id);
    const owed = chosen(await listEndpointsOf(tx, id), endpointId);
    const entry = { workspaceId, action: 'event.redelivered', subjectId: id, detail: { endpointIds: owed } };
    await context.audit(tx, { ...actorOf(request), ...entry });
    return owed;
  });
  // Each by itself: two calls that hold several streams could wait for each other.
  for (const one of endpointIds) await inWorkspace(pool, workspaceId, (tx) => redeliver(tx, one, id));
  return { eventId: id, endpointIds };
}

/** @throws Problem validation_failed, conflict */
function chosen(owed: readonly string[], endpointId: string | undefined): readonly string[] {
  if (endpointId !== undefined && !owed.includes(endpointId))
    throw fieldProblem('#/endpointId', 'is no endpoint that this event was for');
  if (owed.length === 0) throw new Problem('conflict', 'this event was for no endpoint that is still there');
  return endpointId === undefined ? owed : [endpointId];
}

function workspaceOfEvent(context: ApiContext, request: Request, id: string, scope: Scope): Promise<string> {
  return workspaceHolding(context, request, scope, async (tx) => (await find(tx, id)) !== null);
}

/** @throws Problem not_found */
async function getEvent(tx: Sql, id: string): Promise<EventRow> {
  const event = await find(tx, id);
  if (event === null) throw new Problem('not_found', 'there is no such event in this workspace');
  return event;
}

async function find(tx: Sql, id: string): Promise<EventRow | null> {
  return isId('event', id) ? findEvent(tx, id) : null;
}
