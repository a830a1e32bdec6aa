import { inWorkspace } from '../../db/transaction.ts';
import { findLogoPng, insertLogo } from '../../db/workspace-logos.ts';
import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Router } from 'express';
import { setLogo } from '../../db/workspaces.ts';
import type { Sql } from '../../db/pool.ts';
import type { LogoFacts } from '../../db/workspace-logos.ts';
import type { WorkspaceRow } from '../../db/workspaces.ts';
import { Problem } from '../../domain/problems.ts';
import type { ApiContext } from '../context.ts';
import { actorOf } from '../http/authenticate.ts';
import { routerOf } from '../http/operation.ts';
import { bodyBytes } from '../http/read-body.ts';
import { noQuery, readQuery } from '../http/read-input.ts';
import { rawPng } from './logo-body.ts';
import { readLogoParts, wrongLogo } from './logo-parts.ts';
import type { LogoParts } from './logo-parts.ts';
import { createRedrawLogo } from './redraw-logo.ts';
import type { RedrawLogo } from './redraw-logo.ts';
import { logoOperations } from './workspace-operations.ts';
import type { LogoJson } from './workspace-schema.ts';
import { getWorkspace, getLockedWorkspace, readWorkspaceId } from './workspace-access.ts';

/** `/v1/workspaces/{id}/logo`: the logo above the issuer's name on new documents. Old documents keep theirs. */
export function createLogoRoutes(context: ApiContext): Router {
  return routerOf('/v1/workspaces', logoOperations, {
    put: [mayChange, rawPng, createPutRoute(context)],
    get: createGetRoute(context),
    remove: createRemoveRoute(context),
  });
}

/** Nobody's picture is read who may not set it. */
const mayChange: RequestHandler<{ id: string }> = (request, _response, next) => {
  readWorkspaceId(request, request.params.id, 'settings:write');
  next();
};

function createPutRoute(context: ApiContext): RequestHandler<{ id: string }> {
  const redraw = createRedrawLogo();
  return async (request, response) => {
    const id = readWorkspaceId(request, request.params.id, 'settings:write');
    const { png, ...facts } = await readLogo((parts) => redraw(id, parts), bodyBytes(request));
    await inWorkspace(context.pool, id, async (tx) => {
      const workspace = await getLockedWorkspace(tx, id);
      await insertLogo(tx, id, { ...facts, png });
      await changeLogo(context, tx, request, { workspace, logo: facts });
    });
    const json: LogoJson = facts;
    response.json(json);
  };
}

function createGetRoute(context: ApiContext): RequestHandler<{ id: string }> {
  return async (request, response) => {
    const id = readWorkspaceId(request, request.params.id, null);
    readQuery(request, noQuery);
    const png = await inWorkspace(context.pool, id, async (tx) => {
      const { logoSha256 } = await getWorkspace(tx, id);
      return logoSha256 === null ? null : findLogoPng(tx, id, logoSha256);
    });
    if (png === null) throw new Problem('not_found', 'the workspace has no logo');
    response.set('Cache-Control', 'no-store').type('image/png').send(png);
  };
}

function createRemoveRoute(context: ApiContext): RequestHandler<{ id: string }> {
  return async (request, response) => {
    const id = readWorkspaceId(request, request.params.id, 'settings:write');
    await inWorkspace(context.pool, id, async (tx) => {
      const workspace = await getLockedWorkspace(tx, id);
      await changeLogo(context, tx, request, { workspace, logo: null });
    });
    response.status(204).end();
  };
}

/** The picture as it is stored. @throws Problem validation_failed, which says what is wrong and how to fix it */
async function readLogo(
  redraw: (parts: LogoParts) => ReturnType<RedrawLogo>,
  bytes: Buffer,
): Promise<LogoFacts & { png: Buffer }> {
  const parts = readLogoParts(bytes);
  const png = await redraw(parts);
  if (png === null) throw wrongLogo('the PNG is damaged: its pixels cannot be read; save it again');
  const sha256 = createHash('sha256').update(png).digest('hex');
  return { sha256, width: parts.width, height: parts.height, png };
}

/** Uploading the same logo again changes nothing. */
async function changeLogo(
  context: ApiContext,
  tx: Sql,
  request: Request,
  { workspace: { id, logoSha256 }, logo }: { workspace: WorkspaceRow; logo: LogoFacts | null },
): Promise<void> {
  const sha256 = logo?.sha256 ?? null;
  if (sha256 === logoSha256) return;
  await setLogo(tx, id, sha256);
  await context.audit(tx, {
    workspaceId: id,
    ...actorOf(request),
    action: logo === null ? 'workspace.logo_removed' : 'workspace.logo_changed',
    subjectId: id,
    detail: { ...logo },
  });
}
