import type { Request, Router } from 'express';
import { deactivateAccount, findLatestAccount } from '../../db/provider-accounts.ts';
import { inWorkspace, transaction } from '../../db/transaction.ts';
import type { AccountRow } from '../../db/provider-accounts.ts';
import { findLastRefusal } from '../../db/webhook-refusals.ts';
import type { Currency } from '../../domain/money.ts';
import { fieldProblem } from '../../domain/problems.ts';
import type { Mode } from '../../domain/workspace.ts';
import { forceBreaker } from '../../history/breaker-store.ts';
import { tellWorkspaces } from '../../history/tell.ts';
import type { ApiContext } from '../context.ts';
import { actorOf } from '../http/authenticate.ts';
import { routerOf } from '../http/operation.ts';
import { noQuery, readQuery } from '../http/read-input.ts';
import { getWorkspace, getLockedWorkspace, readWorkspaceId } from '../workspaces/workspace-access.ts';
import { checkIssuer } from '../workspaces/workspace-rules.ts';
import { planAccount, storeAccount } from './account-store.ts';
import { checkCredentials } from './check-credentials.ts';
import { completeCredentials } from './complete-credentials.ts';
import { createProviderFamilies } from './account-families.ts';
import type { AccountFace, ProviderFamily } from './account-families.ts';
import { toAccountJson, toTestJson } from './account-json.ts';
import { accountOperations } from './account-operations.ts';
import { DEFAULT_OPTIONS, isEmptyBody, getFace, readAccountOrder } from './account-order.ts';
import type { AccountOrder } from './account-order.ts';

/**
 * The two provider accounts of a workspace, payment provider and invoice service: both are set, tested and removed in
 * the same way.
 */
export function createProviderAccountRoutes(context: ApiContext): Router[] {
  return createProviderFamilies(context.adapters).map((family) => createFamilyRoutes(context, family));
}

function createFamilyRoutes(context: ApiContext, family: ProviderFamily): Router {
  const allowed = (request: Request<{ id: string }>) =>
    readWorkspaceId(request, request.params.id, 'providers:write');
  return routerOf('/v1/workspaces', accountOperations(family.name, context.adapters), {
    put: async (request, response) => {
      const account = await fill(context, family, request, allowed(request));
      response.json(await viewAccount(context, family, account));
    },
    get: async (request, response) => {
      const workspaceId = allowed(request);
      readQuery(request, noQuery);
      const { account } = await findStored(context, family, workspaceId, null);
      response.json(await viewAccount(context, family, account));
    },
    test: async (request, response) => {
      const name = await tryOut(context, family, request, allowed(request));
      response.json(toTestJson(family, name));
    },
    remove: async (request, response) => {
      await empty(context, family, request, allowed(request));
      response.status(204).end();
    },
  });
}

async function viewAccount(context: ApiContext, family: ProviderFamily, account: AccountRow | null) {
  const refusal =
    account === null
      ? null
      : await inWorkspace(context.pool, account.workspaceId, (tx) => findLastRefusal(tx, account.id));
  return toAccountJson(context, family, account, refusal);
}

/** All payments of a workspace are in its currency. @throws Problem unsupported_operation */
function checkCurrency({ name, currencies }: AccountFace, currency: Currency): void {
  if (currencies === undefined || currencies.includes(currency)) return;
  throw fieldProblem(
    '#/provider',
    `${name} takes ${currencies.join(', ')}, and the workspace's currency is ${currency}: choose another provider, or change currency of the workspace`,
    'unsupported_operation',
  );
}

/** Tests at the vendor first, outside any transaction, then stores: wrong keys leave the old ones active. */
async function fill(
  context: ApiContext,
  family: ProviderFamily,
  request: Request,
  workspaceId: string,
): Promise<AccountRow> {
  const given = readAccountOrder(request, family);
  const { mode, currency, account } = await findStored(context, family, workspaceId, given.face.name);
  checkCurrency(given.face, currency);
  const order = { ...withCredentials(context, given, account), workspaceId };
  await checkCredentials(order.face, order.credentials, { ...DEFAULT_OPTIONS, ...order.options }, mode);
  const plan = await planAccount(context, family, order);
  const completed = { ...order, credentials: await completeCredentials(context, order, plan, mode) };
  const filled = await inWorkspace(context.pool, workspaceId, async (tx) => {
    const workspace = await getLockedWorkspace(tx, workspaceId);
    if (family.name === 'invoice') checkIssuer(workspace.documentIssuer, order.face);
    const stored = await storeAccount(context, tx, family, completed, plan);
    await context.audit(tx, {
      workspaceId,
      ...actorOf(request),
      action: `${family.auditNoun}.changed`,
      subjectId: stored.id,
      detail: {
        [family.nameField]: stored.provider,
        options: stored.options,
        isNew: stored.id !== account?.id,
      },
    });
    if (family.name === 'payment' && !wasInForce(account, stored)) {
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
  const { account: name } = context.adapters.breakersOf(account, mode);
  await transaction(context.pool, (tx) => forceBreaker(tx, name, 'closed'));
}

/** Tests the given credentials, else the stored ones, and stores nothing. Answers whose credentials they were. */
async function tryOut(
  context: ApiContext,
  family: ProviderFamily,
  request: Request,
  workspaceId: string,
): Promise<string> {
  const given = isEmptyBody(request) ? null : readAccountOrder(request, family);
  const { mode, account } = await findStored(context, family, workspaceId, given?.face.name ?? null);
  const { face, ...order } = withCredentials(context, given ?? toOrder(family, account), account);
  await checkCredentials(face, order.credentials, { ...DEFAULT_OPTIONS, ...order.options }, mode);
  return face.name;
}

/** @throws Problem validation_failed if no account was ever set */
function toOrder(family: ProviderFamily, account: AccountRow | null): AccountOrder {
  if (account === null) {
    throw fieldProblem(
      `#/${family.nameField}`,
      'is required: no credentials are stored that could be tested',
    );
  }
  return { face: getFace(family, account.provider), credentials: undefined, options: account.options };
}

/** Deactivates only: credentials and history stay, and existing links can still be paid. */
function empty(
  context: ApiContext,
  family: ProviderFamily,
  request: Request,
  workspaceId: string,
): Promise<void> {
  return inWorkspace(context.pool, workspaceId, async (tx) => {
    await getLockedWorkspace(tx, workspaceId);
    const subjectId = await deactivateAccount(tx, workspaceId, family.name);
    if (subjectId === null) return;
    const action = `${family.auditNoun}.disabled`;
    await context.audit(tx, { workspaceId, ...actorOf(request), action, subjectId, detail: {} });
  });
}

/** The mode of the workspace, and its active or last active account; only of one provider if `name` is given. */
function findStored(
  context: ApiContext,
  family: ProviderFamily,
  workspaceId: string,
  name: string | null,
): Promise<{ mode: Mode; currency: Currency; account: AccountRow | null }> {
  return inWorkspace(context.pool, workspaceId, async (tx) => {
    const { mode, currency } = await getWorkspace(tx, workspaceId);
    const account = await findLatestAccount(tx, workspaceId, family.name, name);
    return { mode, currency, account };
  });
}

/** The request, with the stored credentials if it has none. @throws Problem validation_failed if none are stored */
function withCredentials(context: ApiContext, order: AccountOrder, account: AccountRow | null): AccountOrder {
  if (order.credentials !== undefined) return order;
  if (account === null) {
    throw fieldProblem('#/credentials', `are required: none are stored for ${order.face.name}`);
  }
  return { ...order, credentials: context.adapters.openCredentials(account.id, account.credentialsSealed) };
}
