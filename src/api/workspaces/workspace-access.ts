import type { Request } from 'express';
import { findWorkspace, lockWorkspace } from '../../db/workspaces.ts';
import type { Sql } from '../../db/pool.ts';
import type { WorkspaceRow } from '../../db/workspaces.ts';
import { Problem } from '../../domain/problems.ts';
import { isId } from '../../domain/ids.ts';
import type { Scope } from '../../domain/scopes.ts';
import { callerOf, namedWorkspaceFor } from '../http/authenticate.ts';

/**
 * The workspace in a path, if the caller may use it. `scope` null: any key of that workspace.
 * @throws Problem not_found for every other workspace, insufficient_scope
 */
export function readWorkspaceId(request: Request, id: string, scope: Scope | null): string {
  if (!isId('workspace', id)) throw unknownWorkspace();
  if (scope !== null) return namedWorkspaceFor(request, id, scope);
  const caller = callerOf(request);
  if (caller.kind === 'key' && caller.workspaceId !== id) throw unknownWorkspace();
  return id;
}

/** @throws Problem not_found */
export async function getWorkspace(tx: Sql, id: string): Promise<WorkspaceRow> {
  return (await findWorkspace(tx, id)) ?? fail();
}

/**
 * The same, locked until the transaction ends: changes of settings and accounts wait for each other.
 * @throws Problem not_found
 */
export async function getLockedWorkspace(tx: Sql, id: string): Promise<WorkspaceRow> {
  return (await lockWorkspace(tx, id)) ?? fail();
}

function fail(): never {
  throw unknownWorkspace();
}

function unknownWorkspace(): Problem {
  return new Problem('not_found', 'there is no such workspace');
}
