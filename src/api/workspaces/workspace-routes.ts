import type { Request, Router } from 'express';
import { setFirstNumber } from '../../db/first-numbers.ts';
import { upsertTaxProfile } from '../../db/tax-profiles.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { hasPayments, insertWorkspace, listWorkspaces, updateWorkspace } from '../../db/workspaces.ts';
import type { FirstNumbers } from '../../db/first-numbers.ts';
import type { Sql } from '../../db/pool.ts';
import type { ListedWorkspace, WorkspaceRow } from '../../db/workspaces.ts';
import { dayInZone } from '../../domain/calendar.ts';
import { Problem, fieldProblem } from '../../domain/problems.ts';
import { newId } from '../../domain/ids.ts';
import { DOCUMENT_TYPES } from '../../domain/tax-document.ts';
import type { ApiContext } from '../context.ts';
import { actorOf, requireAdmin } from '../http/authenticate.ts';
import { fromCursor, toCursor, toPage } from '../http/cursor.ts';
import { routerOf } from '../http/operation.ts';
import { noQuery, readBody, readQuery } from '../http/read-input.ts';
import { mustFindWorkspace, mustLockWorkspace, readWorkspaceId } from './workspace-access.ts';
import { workspaceOperations } from './workspace-operations.ts';
import { changeSettings, checkChange, checkIssuer, checkSettings, toSettings } from './workspace-rules.ts';
import type { WorkspaceSettings } from './workspace-rules.ts';
import { newWorkspace, workspaceChange, workspacesQuery } from './workspace-schema.ts';
import type { NewWorkspace, WorkspaceChange } from './workspace-schema.ts';
import { findInvoiceFace, loadSettings, toWorkspaceJson } from './workspace-view.ts';

/** The first tax profile also applies to documents of payments before the workspace was created. */
const SINCE_EVER = '2000-01-01';

/** `/v1/workspaces`: created by the admin, read and changed by the admin and by keys of the workspace. */
export function createWorkspaceRoutes(context: ApiContext): Router {
  return routerOf('/v1/workspaces', workspaceOperations, {
    create: async (request, response) => {
      requireAdmin(request);
      response.status(201).json(await createWorkspace(context, request, readBody(request, newWorkspace)));
    },
    list: async (request, response) => {
      requireAdmin(request);
      const { limit, after } = readQuery(request, workspacesQuery);
      const rows = await listWorkspaces(context.pool, { afterId: fromCursor(after)?.id ?? null, limit });
      const toEntry = ({ createdAt, ...row }: ListedWorkspace) => ({
        ...row,
        createdAt: createdAt.toISOString(),
      });
      response.json(toPage(rows, limit, toEntry, (row) => toCursor(row.createdAt.toISOString(), row.id)));
    },
    get: async (request, response) => {
      const id = readWorkspaceId(request, request.params.id, null);
      readQuery(request, noQuery);
      const json = await inWorkspace(context.pool, id, async (tx) =>
        toWorkspaceJson(context, tx, await mustFindWorkspace(tx, id)),
      );
      response.json(json);
    },
    change: async (request, response) => {
      const id = readWorkspaceId(request, request.params.id, 'books:close');
      const change = readBody(request, workspaceChange);
      const closesOnly = Object.keys(change).every((field) => field === 'booksClosedThrough');
      if (!closesOnly) readWorkspaceId(request, id, 'settings:write');
      const json = await inWorkspace(context.pool, id, async (tx) => {
        const row = await mustLockWorkspace(tx, id);
        await changeWorkspace(context, tx, row, change);
        const entry = { workspaceId: id, action: 'workspace.changed', detail: { ...change } };
        await audit(context, tx, request, entry);
        return toWorkspaceJson(context, tx, await mustFindWorkspace(tx, id));
      });
      response.json(json);
    },
  });
}

function createWorkspace(context: ApiContext, request: Request, given: NewWorkspace) {
  const settings = toSettings(given);
  checkSettings(settings, dayInZone(new Date(), settings.timeZone));
  const id = newId('workspace');
  return inWorkspace(context.pool, id, async (tx) => {
    await insertWorkspace(tx, { id, ...settings });
    await storeProfile(tx, id, settings, SINCE_EVER);
    await setNumbers(tx, id, given.firstNumbers ?? {});
    await audit(context, tx, request, { workspaceId: id, action: 'workspace.created', detail: { ...given } });
    return toWorkspaceJson(context, tx, await mustFindWorkspace(tx, id));
  });
}

async function changeWorkspace(context: ApiContext, tx: Sql, row: WorkspaceRow, change: WorkspaceChange) {
  const before = await loadSettings(tx, row);
  const after = changeSettings(before, change);
  const today = dayInZone(new Date(), after.timeZone);
  checkChange(before, after);
  checkSettings(after, today);
  if (after.documentIssuer !== before.documentIssuer) {
    checkIssuer(after.documentIssuer, await findInvoiceFace(context, tx, row.id));
  }
  if (after.currency !== before.currency && (await hasPayments(tx, row.id))) {
    throw new Problem(
      'currency_locked',
      `the workspace has payments in ${before.currency}; its currency is fixed`,
    );
  }
  await updateWorkspace(tx, { id: row.id, ...after });
  if (after.dealerType !== before.dealerType || after.vatRegistered !== before.vatRegistered) {
    await storeProfile(tx, row.id, after, today);
  }
  await setNumbers(tx, row.id, change.firstNumbers ?? {});
}

function storeProfile(tx: Sql, id: string, of: WorkspaceSettings, validFrom: string) {
  const { dealerType, vatRegistered } = of;
  return upsertTaxProfile(tx, id, { validFrom, dealerType, vatRegistered });
}

const REFUSED_NUMBERS = {
  lower: 'the series is already past this number; it cannot be lowered',
  started: 'the series already has documents; skipping numbers would leave a gap',
} as const;

/** Numbers of another system continue here, until our first document. @throws Problem validation_failed */
async function setNumbers(tx: Sql, id: string, numbers: FirstNumbers): Promise<void> {
  for (const series of DOCUMENT_TYPES) {
    const first = numbers[series];
    if (first === undefined) continue;
    const verdict = await setFirstNumber(tx, id, series, first);
    if (verdict !== 'set') throw fieldProblem(`#/firstNumbers/${series}`, REFUSED_NUMBERS[verdict]);
  }
}

function audit(
  context: ApiContext,
  tx: Sql,
  request: Request,
  entry: { workspaceId: string; action: string; detail: Record<string, unknown> },
): Promise<void> {
  return context.audit(tx, { ...entry, ...actorOf(request), subjectId: entry.workspaceId });
}
