import { Router } from 'express';
import type { Request } from 'express';
import { deactivateAccount, findLatestAccount } from '../../db/provider-accounts.ts';
import { inWorkspace, transaction } from '../../db/transaction.ts';
import type { AccountRow } from '../../db/provider-accounts.ts';
import { fieldProblem } from '../../domain/problems.ts';
import type { Mode } from '../../domain/workspace.ts';
import { forceCircuit } from '../../history/circuit-store.ts';
import { tellWorkspaces } from '../../history/tell.ts';
import type { ApiContext } from '../context.ts';
import { actorOf } from '../http/authenticate.ts';
import { mustFindWorkspace, mustLockWorkspace, readWorkspaceId } from '../workspaces/workspace-access.ts';
import { checkIssuer } from '../workspaces/workspace-rules.ts';
import { planAccount, storeAccount } from './account-store.ts';
import { checkCredentials } from './check-credentials.ts';
import { completeCredentials } from './complete-credentials.ts';
import { createSlotFamilies } from './slot-families.ts';
import type { SlotFamily } from './slot-families.ts';
import { toSlotJson } from './slot-json.ts';
import { DEFAULT_OPTIONS, isEmptyBody, mustKnow, readSlotOrder } from './slot-order.ts';
import type { SlotOrder } from './slot-order.ts';

/**
 * The two provider accounts of a workspace, payment provider and invoice service: both are set, tested and removed in
 * the same way.
 */
export function createSlotRoutes(context: ApiContext): Router {
  const router = Router();
  for (const slot of createSlotFamilies(context.adapters)) addSlot(router, context, slot);
  return router;
}

function addSlot(router: Router, context: ApiContext, slot: SlotFamily): void {
  const path = `/:id/${slot.path}` as const;
  const allowed = (request: Request<{ id: string }>) =>
    readWorkspaceId(request, request.params.id, 'providers:write');

  router.put(path, async (request: Request<{ id: string }>, response) => {
    const account = await fill(context, slot, request, allowed(request));
    response.json(toSlotJson(context, slot, account));
  });

  router.get(path, async (request: Request<{ id: string }>, response) => {
    const { account } = await findStored(context, slot, allowed(request), null);
    response.json(toSlotJson(context, slot, account));
  });

  router.post(`${path}/test`, async (request: Request<{ id: string }>, response) => {
    const name = await tryOut(context, slot, request, allowed(request));
    response.json({ [slot.nameField]: name, ok: true, checkedAt: new Date().toISOString() });
  });

  router.delete(path, async (request: Request<{ id: string }>, response) => {
    await empty(context, slot, request, allowed(request));
    response.status(204).end();
  });
}

/** Tests at the vendor first, outside any transaction, then stores: wrong keys leave the old ones active. */
async function fill(
  context: ApiContext,
  slot: SlotFamily,
  request: Request,
  workspaceId: string,
): Promise<AccountRow> {
  const given = readSlotOrder(request, slot);
  const { mode, account } = await findStored(context, slot, workspaceId, given.face.name);
  const order = { ...withCredentials(context, given, account), workspaceId };
  await checkCredentials(order.face, order.credentials, { ...DEFAULT_OPTIONS, ...order.options }, mode);
  const plan = await planAccount(context, slot, order);
  const completed = { ...order, credentials: await completeCredentials(context, order, plan, mode) };
  const filled = await inWorkspace(context.pool, workspaceId, async (tx) => {
    const workspace = await mustLockWorkspace(tx, workspaceId);
    if (slot.family === 'invoice') checkIssuer(workspace.documentIssuer, order.face);
    const stored = await storeAccount(context, tx, slot, completed, plan);
    await context.audit(tx, {
      workspaceId,
      ...actorOf(request),
      action: `${slot.auditNoun}.changed`,
      subjectId: stored.id,
      detail: {
        [slot.nameField]: stored.provider,
        options: stored.options,
        isNew: stored.id !== account?.id,
      },
    });
    if (slot.family === 'payment' && !wasInForce(account, stored)) {
      const facts = { provider: stored.provider };
      await tellWorkspaces(tx, [workspaceId], { type: 'workspace.provider_changed', facts });
    }
    return stored;
  });
  await letThrough(context, filled, mode);
  return filled;
}

function wasInForce(before: AccountRow | null, after: AccountRow): boolean {
  return before !== null && before.isActive && before.id === after.id;
}

/**
 * The vendor has accepted the credentials, so calls that the account's breaker stopped need not wait. This has its
 * own transaction, which locks the breaker before the workspace, as everywhere.
 */
async function letThrough(context: ApiContext, account: AccountRow, mode: Mode): Promise<void> {
  const { account: name } = context.adapters.circuitsOf(account, mode);
  await transaction(context.pool, (tx) => forceCircuit(tx, name, 'closed'));
}

/** Tests the given credentials, else the stored ones, and stores nothing. Answers whose credentials they were. */
async function tryOut(
  context: ApiContext,
  slot: SlotFamily,
  request: Request,
  workspaceId: string,
): Promise<string> {
  const given = isEmptyBody(request) ? null : readSlotOrder(request, slot);
  const { mode, account } = await findStored(context, slot, workspaceId, given?.face.name ?? null);
  const { face, ...order } = withCredentials(context, given ?? toOrder(slot, account), account);
  await checkCredentials(face, order.credentials, { ...DEFAULT_OPTIONS, ...order.options }, mode);
  return face.name;
}

/** @throws Problem validation_failed if no account was ever set */
function toOrder(slot: SlotFamily, account: AccountRow | null): SlotOrder {
  if (account === null) {
    throw fieldProblem(`#/${slot.nameField}`, 'is required: no credentials are stored that could be tested');
  }
  return { face: mustKnow(slot, account.provider), credentials: undefined, options: account.options };
}

/** Deactivates only: credentials and history stay, and existing links can still be paid. */
function empty(context: ApiContext, slot: SlotFamily, request: Request, workspaceId: string): Promise<void> {
  return inWorkspace(context.pool, workspaceId, async (tx) => {
    await mustLockWorkspace(tx, workspaceId);
    const subjectId = await deactivateAccount(tx, workspaceId, slot.family);
    if (subjectId === null) return;
    const action = `${slot.auditNoun}.disabled`;
    await context.audit(tx, { workspaceId, ...actorOf(request), action, subjectId, detail: {} });
  });
}

/** The mode of the workspace, and its active or last active account; only of one provider if `name` is given. */
function findStored(
  context: ApiContext,
  slot: SlotFamily,
  workspaceId: string,
  name: string | null,
): Promise<{ mode: Mode; account: AccountRow | null }> {
  return inWorkspace(context.pool, workspaceId, async (tx) => {
    const { mode } = await mustFindWorkspace(tx, workspaceId);
    const account = await findLatestAccount(tx, workspaceId, slot.family, name);
    return { mode, account };
  });
}

/** The request, with the stored credentials if it has none. @throws Problem validation_failed if none are stored */
function withCredentials(context: ApiContext, order: SlotOrder, account: AccountRow | null): SlotOrder {
  if (order.credentials !== undefined) return order;
  if (account === null) {
    throw fieldProblem('#/credentials', `are required: none are stored for ${order.face.name}`);
  }
  return { ...order, credentials: context.adapters.openCredentials(account.id, account.credentialsSealed) };
}
