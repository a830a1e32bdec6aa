import type { Request, Router } from 'express';
import { countAwaiting } from '../../db/allocation-requests.ts';
import { beginConnection, findConnection, forgetConnection } from '../../db/tax-authority.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { newToken } from '../../domain/ids.ts';
import { Problem } from '../../domain/problems.ts';
import { toIsraeliTaxId } from '../../domain/workspace.ts';
import { hashSecret } from '../../secrets.ts';
import type { ApiContext } from '../context.ts';
import { actorOf } from '../http/authenticate.ts';
import { routerOf } from '../http/operation.ts';
import { noQuery, readBody, readQuery } from '../http/read-input.ts';
import { getWorkspace, getLockedWorkspace, readWorkspaceId } from '../workspaces/workspace-access.ts';
import { connectionOperations } from './connection-operations.ts';
import { connectBody, toConnectionJson } from './connection-schema.ts';

/** Where the authority sends the person back to. */
export const redirectUriOf = ({ publicUrl }: Pick<ApiContext, 'publicUrl'>): string =>
  `${publicUrl}/tax-authority/callback`;

const NOT_REGISTERED =
  'this installation is not registered at the tax authority: the operator of Tashlum sets TAX_AUTHORITY_CLIENT; until then enter allocation numbers with POST /v1/documents/{id}/allocation-number';

/** `/v1/workspaces/{id}/tax-authority`: the business allows Tashlum to ask for allocation numbers. */
export function createConnectionRoutes(context: ApiContext): Router {
  const { pool } = context;
  const allowed = (request: Request<{ id: string }>): string =>
    readWorkspaceId(request, request.params.id, 'providers:write');
  return routerOf('/v1/workspaces', connectionOperations, {
    connect: async (request, response) => {
      response.json(await connect(context, request, allowed(request)));
    },
    get: async (request, response) => {
      const workspaceId = allowed(request);
      readQuery(request, noQuery);
      const json = await inWorkspace(pool, workspaceId, async (tx) => {
        await getWorkspace(tx, workspaceId);
        return toConnectionJson(await findConnection(tx, workspaceId), await countAwaiting(tx, workspaceId));
      });
      response.json(json);
    },
    remove: async (request, response) => {
      const workspaceId = allowed(request);
      await inWorkspace(pool, workspaceId, async (tx) => {
        await getLockedWorkspace(tx, workspaceId);
        if (!(await forgetConnection(tx, workspaceId))) return;
        const entry = {
          workspaceId,
          action: 'tax_authority.disconnected',
          subjectId: workspaceId,
          detail: {},
        };
        await context.audit(tx, { ...actorOf(request), ...entry });
      });
      response.status(204).end();
    },
  });
}

/** @throws Problem unsupported_operation where the installation is not registered */
async function connect(context: ApiContext, request: Request, workspaceId: string) {
  const { userId } = readBody(request, connectBody);
  const { taxAuthority } = context;
  if (taxAuthority === null) throw new Problem('unsupported_operation', NOT_REGISTERED);
  const state = newToken();
  return inWorkspace(context.pool, workspaceId, async (tx) => {
    const { mode } = await getLockedWorkspace(tx, workspaceId);
    const until = await beginConnection(tx, {
      workspaceId,
      userId: userId === undefined ? null : toIsraeliTaxId(userId),
      stateHash: hashSecret(state),
    });
    const entry = { workspaceId, action: 'tax_authority.connect_begun', subjectId: workspaceId, detail: {} };
    await context.audit(tx, { ...actorOf(request), ...entry });
    const authorizeUrl = taxAuthority.authorizeUrl(mode, { redirectUri: redirectUriOf(context), state });
    return { authorizeUrl, expiresAt: until.toISOString() };
  });
}
