import type { Request, Router } from 'express';
import { dropAccountantMails } from '../../db/accountant-months.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { hasPayments, listWorkspaces, updateWorkspace } from '../../db/workspaces.ts';
import type { Sql } from '../../db/pool.ts';
import type { ListedWorkspace, WorkspaceRow } from '../../db/workspaces.ts';
import { dayInZone } from '../../domain/calendar.ts';
import { Problem } from '../../domain/problems.ts';
import type { ApiContext } from '../context.ts';
import { actorOf, requireAdmin } from '../http/authenticate.ts';
import { cursorsOf, toPage } from '../http/cursor.ts';
import { createAnswerStore, sendAnswer } from '../http/idempotency.ts';
import { routerOf } from '../http/operation.ts';
import { noQuery, readBody, readQuery } from '../http/read-input.ts';
import { createWorkspaceOnce } from './create-workspace.ts';
import { getWorkspace, getLockedWorkspace, readWorkspaceId } from './workspace-access.ts';
import { workspaceOperations } from './workspace-operations.ts';
import { setNumbers, storeProfile } from './workspace-parts.ts';
import { changeSettings, checkChange, checkIssuer, checkSettings } from './workspace-rules.ts';
import { workspaceChange, workspacesQuery } from './workspace-schema.ts';
import type { WorkspaceChange } from './workspace-schema.ts';
import { findInvoiceFace, getSettings, toWorkspaceJson } from './workspace-view.ts';

/** `/v1/workspaces`: created by the admin, read and changed by the admin and by keys of the workspace. */
export function createWorkspaceRoutes(context: ApiContext): Router {
  const answers = createAnswerStore(context);
  return routerOf('/v1/workspaces', workspaceOperations, {
    create: async (request, response) => {
      requireAdmin(request);
      const { answer, isReplay } = await createWorkspaceOnce(context, answers, request);
      sendAnswer(response, answer, isReplay);
    },
    list: async (request, response) => {
      requireAdmin(request);
      const { limit, after } = readQuery(request, workspacesQuery);
      const cursors = cursorsOf('/v1/workspaces');
      const rows = await listWorkspaces(context.pool, { afterId: cursors.read(after)?.id ?? null, limit });
      const toEntry = ({ createdAt, ...row }: ListedWorkspace) => ({
        ...row,
        createdAt: createdAt.toISOString(),
      });
      response.json(
        toPage(rows, limit, toEntry, (row) => cursors.write(row.createdAt.toISOString(), row.id)),
      );
    },
    get: async (request, response) => {
      const id = readWorkspaceId(request, request.params.id, null);
      readQuery(request, noQuery);
      const json = await inWorkspace(context.pool, id, async (tx) =>
        toWorkspaceJson(context, tx, await getWorkspace(tx, id)),
      );
      response.json(json);
    },
    change: async (request, response) => {
      const id = readWorkspaceId(request, request.params.id, 'books:close');
      const change = readBody(request, workspaceChange);
      const closesOnly = Object.keys(change).every((field) => field === 'booksClosedThrough');
      if (!closesOnly) readWorkspaceId(request, id, 'settings:write');
      const json = await inWorkspace(context.pool, id, async (tx) => {
        const row = await getLockedWorkspace(tx, id);
        await changeWorkspace(context, tx, row, change);
        const entry = { workspaceId: id, action: 'workspace.changed', detail: { ...change } };
        await audit(context, tx, request, entry);
        return toWorkspaceJson(context, tx, await getWorkspace(tx, id));
      });
      response.json(json);
    },
  });
}

async function changeWorkspace(context: ApiContext, tx: Sql, row: WorkspaceRow, change: WorkspaceChange) {
  const before = await getSettings(tx, row);
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
  if (after.accountantMonth === null) await dropAccountantMails(tx, row.id);
  if (after.dealerType !== before.dealerType || after.vatRegistered !== before.vatRegistered) {
    await storeProfile(tx, row.id, after, today);
  }
  await setNumbers(tx, row.id, change.firstNumbers ?? {});
}

function audit(
  context: ApiContext,
  tx: Sql,
  request: Request,
  entry: { workspaceId: string; action: string; detail: Record<string, unknown> },
): Promise<void> {
  return context.audit(tx, { ...entry, ...actorOf(request), subjectId: entry.workspaceId });
}
