import type { Request } from 'express';
import { findKeyOfWorkspace, isKeyOfWorkspaceTaken } from '../../db/idempotency-keys.ts';
import { withoutTransaction, inWorkspace } from '../../db/transaction.ts';
import { insertWorkspace } from '../../db/workspaces.ts';
import type { IdempotencyUse } from '../../db/idempotency-keys.ts';
import type { Sql } from '../../db/pool.ts';
import { dayInZone } from '../../domain/calendar.ts';
import { newId } from '../../domain/ids.ts';
import type { ApiContext } from '../context.ts';
import { actorOf } from '../http/authenticate.ts';
import { jsonAnswer, optionalUse } from '../http/idempotency.ts';
import type { AnswerStore } from '../http/idempotency.ts';
import type { Answered } from '../http/once.ts';
import { readBody } from '../http/read-input.ts';
import { getWorkspace } from './workspace-access.ts';
import { setNumbers, storeProfile } from './workspace-parts.ts';
import { checkSettings, toSettings } from './workspace-rules.ts';
import { newWorkspace } from './workspace-schema.ts';
import type { NewWorkspace } from './workspace-schema.ts';
import { toWorkspaceJson } from './workspace-view.ts';

/** The first tax profile also applies to documents of payments before the workspace was created. */
const SINCE_EVER = '2000-01-01';

/**
 * `POST /v1/workspaces`. The key of the request is stored under the new workspace, in its transaction. Of several
 * requests at once with one key, the first to commit wins. The others return its answer.
 */
export async function createWorkspaceOnce(
  context: ApiContext,
  answers: AnswerStore,
  request: Request,
): Promise<Answered> {
  const given = readBody(request, newWorkspace);
  const id = newId('workspace');
  const use = optionalUse(request, id, 'POST /v1/workspaces');
  const earlier = use === null ? null : await findAnswer(context, answers, use);
  if (earlier !== null) return earlier;
  try {
    const answer = await inWorkspace(context.pool, id, async (tx) => {
      const made = jsonAnswer(201, await create(context, tx, request, { id, given }));
      if (use !== null) await answers.store(tx, use, made, { id });
      return made;
    });
    return { answer, isReplay: false };
  } catch (error) {
    const twin =
      use !== null && isKeyOfWorkspaceTaken(error) ? await findAnswer(context, answers, use) : null;
    if (twin === null) throw error;
    return twin;
  }
}

async function findAnswer(
  { pool }: ApiContext,
  answers: AnswerStore,
  use: IdempotencyUse,
): Promise<Answered | null> {
  const row = await findKeyOfWorkspace(withoutTransaction(pool), use.key);
  if (row === null) return null;
  return { answer: answers.resolve({ ...use, workspaceId: row.workspaceId }, row), isReplay: true };
}

async function create(
  context: ApiContext,
  tx: Sql,
  request: Request,
  { id, given }: { readonly id: string; readonly given: NewWorkspace },
) {
  const settings = toSettings(given);
  checkSettings(settings, dayInZone(new Date(), settings.timeZone));
  await insertWorkspace(tx, { id, ...settings });
  await storeProfile(tx, id, settings, SINCE_EVER);
  await setNumbers(tx, id, given.firstNumbers ?? {});
  const entry = { workspaceId: id, action: 'workspace.created', subjectId: id, detail: { ...given } };
  await context.audit(tx, { ...actorOf(request), ...entry });
  return toWorkspaceJson(context, tx, await getWorkspace(tx, id));
}
