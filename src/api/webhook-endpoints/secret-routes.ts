import type { Request, Router } from 'express';
import { takeIdempotencyKey } from '../../db/idempotency-keys.ts';
import type { IdempotencyUse } from '../../db/idempotency-keys.ts';
import type { Sql } from '../../db/pool.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { getSecret, insertEndpoint, rotateSecret } from '../../db/webhook-endpoints.ts';
import { newId } from '../../domain/ids.ts';
import { API_VERSION, OLD_SECRET_HOURS } from '../../domain/webhook-endpoint.ts';
import { placeIn } from '../../sealed-places.ts';
import type { ApiContext } from '../context.ts';
import { workspaceFor } from '../http/authenticate.ts';
import { createAnswerStore, idempotencyUse, jsonAnswer, sendAnswer } from '../http/idempotency.ts';
import type { AnswerStore, StoredAnswer } from '../http/idempotency.ts';
import { routerOf } from '../http/operation.ts';
import { emptyBody, readBody } from '../http/read-input.ts';
import { singleHeader } from '../http/read-header.ts';
import { mustLockWorkspace } from '../workspaces/workspace-access.ts';
import { changing, noteChange } from './changing.ts';
import { secretOperations } from './operations.ts';
import { checkRoom, checkUrl, newSecret } from './rules.ts';
import { newEndpoint, toEndpointJson } from './schema.ts';

/** The two calls that answer with a secret: an endpoint is made, or its secret is replaced. */
export function createSecretRoutes(context: ApiContext): Router {
  const answers = createAnswerStore(context);
  return routerOf('/v1/webhook-endpoints', secretOperations, {
    create: async (request, response) => {
      const workspaceId = workspaceFor(request, 'settings:write');
      const isKeyed = singleHeader(request, 'Idempotency-Key', 'idempotency_key_invalid') !== null;
      const use = isKeyed ? idempotencyUse(request, workspaceId, 'POST /v1/webhook-endpoints') : null;
      const { answer, isReplay } = await inWorkspace(context.pool, workspaceId, (tx) =>
        createOnce(context, answers, tx, request, { workspaceId, use }),
      );
      response.set('Cache-Control', 'no-store');
      sendAnswer(response, answer, isReplay);
    },

    rotateSecret: async (request, response) => {
      readBody(request, emptyBody);
      const answer = await rotate(context, request, request.params.id);
      response.set('Cache-Control', 'no-store').json(answer);
    },
  });
}

/** With an `Idempotency-Key`: the same request gets the same endpoint. Its answer is stored with it, so none is half made. */
async function createOnce(
  context: ApiContext,
  answers: AnswerStore,
  tx: Sql,
  request: Request,
  { workspaceId, use }: { readonly workspaceId: string; readonly use: IdempotencyUse | null },
): Promise<{ readonly answer: StoredAnswer; readonly isReplay: boolean }> {
  const id = newId('endpoint');
  const taken = use === null ? null : await takeIdempotencyKey(tx, use, id);
  if (use !== null && taken !== null && !('takenOver' in taken))
    return { answer: answers.resolve(use, taken), isReplay: true };
  const answer = jsonAnswer(201, await create(context, tx, request, { id, workspaceId }));
  if (use !== null) await answers.store(tx, use, answer, id);
  return { answer, isReplay: false };
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
  await mustLockWorkspace(tx, workspaceId);
  await checkRoom(tx, workspaceId);
  const secret = newSecret();
  const endpoint = { id, workspaceId, url, eventTypes: events, apiVersion: API_VERSION };
  await noteChange(context, tx, request, { ...endpoint, status: 'enabled' }, 'created');
  const secretSealed = context.secrets.seal(placeIn('webhook_endpoints.secret', id), secret);
  return { ...toEndpointJson(await insertEndpoint(tx, { ...endpoint, secretSealed })), secret };
}

/** The old secret moves to the column beside, where it is sealed for that place. */
function rotate(context: ApiContext, request: Request, id: string) {
  const { secrets } = context;
  return changing(context, request, id, async (tx) => {
    const current = secrets.open(placeIn('webhook_endpoints.secret', id), await getSecret(tx, id));
    const secret = newSecret();
    const sealed = {
      secret: secrets.seal(placeIn('webhook_endpoints.secret', id), secret),
      previous: secrets.seal(placeIn('webhook_endpoints.previous', id), current),
    };
    const endpoint = await rotateSecret(tx, id, sealed, OLD_SECRET_HOURS);
    await noteChange(context, tx, request, endpoint, 'secret_rotated');
    return { ...toEndpointJson(endpoint), secret };
  });
}
