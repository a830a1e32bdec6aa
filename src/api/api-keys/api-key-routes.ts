import { inWorkspace } from '../../db/transaction.ts';
import type { WorkspaceRow } from '../../db/workspaces.ts';
import { insertApiKey, listApiKeys, revokeApiKey } from '../../db/api-keys.ts';
import type { Request, RequestHandler, Router } from 'express';
import type { z } from 'zod';
import type { ApiKeyRow } from '../../db/api-keys.ts';
import type { Sql } from '../../db/pool.ts';
import { Problem } from '../../domain/problems.ts';
import { isId, newId } from '../../domain/ids.ts';
import { hashSecret } from '../../secrets.ts';
import type { ApiContext } from '../context.ts';
import { actorOf, callerOf } from '../http/authenticate.ts';
import { createAnswerStore, optionalUse, sendAnswer } from '../http/idempotency.ts';
import { makeWhole } from '../http/once.ts';
import { routerOf } from '../http/operation.ts';
import { noQuery, readBody, readQuery } from '../http/read-input.ts';
import { getWorkspace, readWorkspaceId } from '../workspaces/workspace-access.ts';
import { apiKeyOperations } from './api-key-operations.ts';
import { checkMayMint, newSecret } from './api-key-rules.ts';
import { newApiKey } from './api-key-schema.ts';
import type { ApiKeyJson, NewApiKeyJson } from './api-key-schema.ts';

/**
 * `/v1/workspaces/{id}/api-keys`: keys are created with their secret shown once, listed without it, and revoked for
 * good.
 */
export function createApiKeyRoutes(context: ApiContext): Router {
  return routerOf('/v1/workspaces', apiKeyOperations, {
    create: createCreateRoute(context),
    list: createListRoute(context),
    revoke: createRevokeRoute(context),
  });
}

function createCreateRoute(context: ApiContext): RequestHandler<{ id: string }> {
  const answers = createAnswerStore(context);
  return async (request, response) => {
    const workspaceId = readWorkspaceId(request, request.params.id, 'settings:write');
    const wanted = readBody(request, newApiKey);
    checkMayMint(callerOf(request), wanted, new Date());
    const use = optionalUse(request, workspaceId, `POST /v1/workspaces/${workspaceId}/api-keys`);
    const id = newId('apiKey');
    const { answer, isReplay } = await inWorkspace(context.pool, workspaceId, async (tx) => {
      // The admin key may name a workspace that is not there, of which not even an idempotency key can be kept.
      const workspace = await getWorkspace(tx, workspaceId);
      const make = () => mint(context, tx, request, { id, workspace, wanted });
      return makeWhole(answers, tx, use, { id, status: 201, holdsSecret: true, make });
    });
    response.set('Cache-Control', 'no-store');
    sendAnswer(response, answer, isReplay);
  };
}

async function mint(
  context: ApiContext,
  tx: Sql,
  request: Request,
  {
    id,
    workspace: { id: workspaceId, mode },
    wanted,
  }: { id: string; workspace: WorkspaceRow; wanted: z.output<typeof newApiKey> },
): Promise<NewApiKeyJson> {
  const { name, scopes, expiresAt = null } = wanted;
  const { secret, prefix } = newSecret(mode);
  const key = { id, workspaceId, name, scopes, prefix, secretHash: hashSecret(secret), expiresAt };
  const createdAt = await insertApiKey(tx, key);
  const detail = { name, scopes, prefix, expiresAt: expiresAt?.toISOString() ?? null };
  const entry = { workspaceId, action: 'api_key.created', subjectId: id, detail };
  await context.audit(tx, { ...actorOf(request), ...entry });
  return { id, ...detail, secret, createdAt: createdAt.toISOString() };
}

function createListRoute(context: ApiContext): RequestHandler<{ id: string }> {
  return async (request, response) => {
    const workspaceId = readWorkspaceId(request, request.params.id, 'settings:write');
    readQuery(request, noQuery);
    const keys = await inWorkspace(context.pool, workspaceId, async (tx) => {
      await getWorkspace(tx, workspaceId);
      return listApiKeys(tx, workspaceId);
    });
    response.json({ data: keys.map(toApiKeyJson), next: null });
  };
}

function createRevokeRoute(context: ApiContext): RequestHandler<{ id: string; keyId: string }> {
  return async (request, response) => {
    const workspaceId = readWorkspaceId(request, request.params.id, 'settings:write');
    const { keyId } = request.params;
    await inWorkspace(context.pool, workspaceId, async (tx) => {
      const isRevoked = isId('apiKey', keyId) && (await revokeApiKey(tx, keyId));
      if (!isRevoked) throw new Problem('not_found', 'there is no active API key with this id');
      const entry = {
        workspaceId,
        ...actorOf(request),
        action: 'api_key.revoked',
        subjectId: keyId,
        detail: {},
      };
      await context.audit(tx, entry);
    });
    response.status(204).end();
  };
}

function toApiKeyJson(key: ApiKeyRow): ApiKeyJson {
  const { id, name, scopes, prefix, createdAt, lastUsedAt, expiresAt } = key;
  return {
    id,
    name,
    scopes,
    prefix,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}
