import type { Request, Router } from 'express';
import type { Sql } from '../../db/pool.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { getSecret, insertEndpoint, rotateSecret } from '../../db/webhook-endpoints.ts';
import { newId } from '../../domain/ids.ts';
import { API_VERSION, OLD_SECRET_HOURS } from '../../domain/webhook-endpoint.ts';
import { placeIn } from '../../sealed-places.ts';
import type { ApiContext } from '../context.ts';
import { workspaceFor } from '../http/authenticate.ts';
import { createAnswerStore, optionalUse, sendAnswer } from '../http/idempotency.ts';
import { makeWhole } from '../http/once.ts';
import { routerOf } from '../http/operation.ts';
import { emptyBody, readBody } from '../http/read-input.ts';
import { getLockedWorkspace } from '../workspaces/workspace-access.ts';
import { changing, noteChange } from './changing.ts';
import { secretOperations } from './endpoint-operations.ts';
import { checkRoom, checkUrl, newSecret } from './endpoint-rules.ts';
import { newEndpoint, toEndpointJson } from './endpoint-schema.ts';

/** The two calls that answer with a secret: an endpoint is made, or its secret is replaced. */
export function createSecretRoutes(context: ApiContext): Router {
  const answers = createAnswerStore(context);
  return routerOf('/v1/webhook-endpoints', secretOperations, {
    create: async (request, response) => {
      const workspaceId = workspaceFor(request, 'settings:write');
      const use = optionalUse(request, workspaceId, 'POST /v1/webhook-endpoints');
      const id = newId('endpoint');
      const { answer, isReplay } = await inWorkspace(context.pool, workspaceId, (tx) =>
        makeWhole(answers, tx, use, {
          id,
          status: 201,
          holdsSecret: true,
          make: () => create(context, tx, request, { id, workspaceId }),
        }),
      );
      response.set('Cache-Control', 'no-store');
      sendAnswer(response, answer, isReplay);
    },

    rotateSecret: async (request, response) => {
      const { id } = request.params;
      readBody(request, emptyBody);
      const { answer, isReplay } = await changing(context, request, id, (tx, { workspaceId }) => {
        const use = optionalUse(request, workspaceId, `POST /v1/webhook-endpoints/${id}/rotate-secret`);
        return makeWhole(answers, tx, use, {
          id,
          status: 200,
          holdsSecret: true,
          make: () => rotate(context, tx, request, id),
        });
      });
      response.set('Cache-Control', 'no-store');
      sendAnswer(response, answer, isReplay);
    },
  });
}

/** Told before the endpoint is there, so that its own making is not the first event that it gets. */
async function create(
  context: ApiContext,
  tx: Sql,
  request: Request,
  { id, workspaceId }: { readonly id: string; readonly workspaceId: string },
) {
  const { url, events = null } = readBody(request, newEndpoint);
  checkUrl(context, url);
  await getLockedWorkspace(tx, workspaceId);
  await checkRoom(tx, workspaceId);
  const secret = newSecret();
  const endpoint = { id, workspaceId, url, eventTypes: events, apiVersion: API_VERSION };
  await noteChange(context, tx, request, { ...endpoint, status: 'enabled' }, 'created');
  const secretSealed = context.secrets.seal(placeIn('webhook_endpoints.secret', id), secret);
  return { ...toEndpointJson(await insertEndpoint(tx, { ...endpoint, secretSealed })), secret };
}

/** The old secret moves to the column beside, where it is sealed for that place. */
async function rotate(context: ApiContext, tx: Sql, request: Request, id: string) {
  const { secrets } = context;
  const current = secrets.open(placeIn('webhook_endpoints.secret', id), await getSecret(tx, id));
  const secret = newSecret();
  const sealed = {
    secret: secrets.seal(placeIn('webhook_endpoints.secret', id), secret),
    previous: secrets.seal(placeIn('webhook_endpoints.previous', id), current),
  };
  const endpoint = await rotateSecret(tx, id, sealed, OLD_SECRET_HOURS);
  await noteChange(context, tx, request, endpoint, 'secret_rotated');
  return { ...toEndpointJson(endpoint), secret };
}
