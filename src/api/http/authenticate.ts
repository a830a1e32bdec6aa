import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { findApiKeyBySecret } from '../../db/api-keys.ts';
import { spendTokens } from '../../db/rate-limits.ts';
import { inWorkspace, withoutTransaction } from '../../db/transaction.ts';
import type { Sql } from '../../db/pool.ts';
import { Problem } from '../../domain/problems.ts';
import { permits, seesWholePayments } from '../../domain/scopes.ts';
import type { Scope } from '../../domain/scopes.ts';
import { hashSecret } from '../../secrets.ts';
import type { ApiContext } from '../context.ts';
import { createRateLimit } from './rate-limit.ts';
import { singleHeader, spokenHeader } from './read-header.ts';

/** The caller. The admin key belongs to no workspace and may set up every one. */
export type Caller =
  | { readonly kind: 'admin'; readonly keyId: 'admin' }
  | {
      readonly kind: 'key';
      readonly keyId: string;
      readonly workspaceId: string;
      readonly scopes: readonly Scope[];
      readonly expiresAt: Date | null;
    };

/** The caller, and what the call says about the person behind it. */
interface Call {
  readonly caller: Caller;
  readonly actor: string | null;
  readonly reason: string | null;
}

const calls = new WeakMap<Request, Call>();

function callOf(request: Request): Call {
  const call = calls.get(request);
  if (!call) throw new Problem('unauthorized', 'this request was not authenticated');
  return call;
}

/** The caller of this request. @throws Problem unauthorized if `authenticate` has not run */
export function callerOf(request: Request): Caller {
  return callOf(request).caller;
}

/** Requests of one address without a good key: this many per second on average, and this many after a pause. */
const WRONG_KEYS_PER_SECOND = 1;
const WRONG_KEYS_AT_ONCE = 100;

/**
 * Identifies the caller by the bearer key, and limits the rate of the key. Callers with wrong keys are limited by
 * their address. Good keys still work from there, so that nobody can lock out others behind the same proxy.
 */
export function createAuthenticate(context: ApiContext): RequestHandler {
  const sql = withoutTransaction(context.pool);
  const limit = createRateLimit(context.requestsPerSecond, {
    spendShared: (name, spent, bucket) => spendTokens(sql, name, spent, bucket),
  });
  const limitWrong = createRateLimit(WRONG_KEYS_PER_SECOND, { capacity: WRONG_KEYS_AT_ONCE });
  const admins = context.adminKeys.map(digest);
  return async (request, response, next) => {
    const caller = await identify(context, admins, request).catch((error: unknown) => {
      if (error instanceof Problem) limitWrong(request.ip ?? '', response);
      throw error;
    });
    limit(caller.keyId, response);
    const actor = spokenHeader(request, 'Tashlum-Actor');
    const reason = spokenHeader(request, 'Tashlum-Reason');
    calls.set(request, { caller, actor, reason });
    next();
  };
}

async function identify(context: ApiContext, admins: readonly Buffer[], request: Request): Promise<Caller> {
  const secret = bearerOf(request);
  const given = digest(secret);
  if (admins.some((admin) => timingSafeEqual(admin, given))) return { kind: 'admin', keyId: 'admin' };
  const key = await findApiKeyBySecret(withoutTransaction(context.pool), hashSecret(secret));
  if (key === null) throw new Problem('unauthorized', 'the API key is not known or was revoked');
  const { id: keyId, workspaceId, scopes, expiresAt } = key;
  if (expiresAt !== null && expiresAt.getTime() <= Date.now())
    throw new Problem('unauthorized', `the API key expired at ${expiresAt.toISOString()}`);
  return { kind: 'key', keyId, workspaceId, scopes, expiresAt };
}

function bearerOf(request: Request): string {
  const match = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(singleHeader(request, 'Authorization') ?? '');
  if (!match?.[1]) throw new Problem('unauthorized', 'send the API key as "Authorization: Bearer tsh_…"');
  return match[1];
}

/** Equal length for the constant-time comparison. */
function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** The workspace of a call about the caller's own data. @throws Problem insufficient_scope, for the admin key too */
export function workspaceFor(request: Request, scope: Scope): string {
  const caller = keyOf(request);
  if (!permits(caller.scopes, scope)) throw lacking(scope);
  return caller.workspaceId;
}

/**
 * The same for a call about one thing. Not found is said before missing scope, so that a key without the scope learns
 * nothing about the things of other workspaces.
 * @throws Problem not_found, insufficient_scope
 */
export async function workspaceHolding(
  context: Pick<ApiContext, 'pool'>,
  request: Request,
  scope: Scope,
  exists: (tx: Sql) => Promise<boolean>,
): Promise<string> {
  const { scopes, workspaceId } = keyOf(request);
  if (permits(scopes, scope)) return workspaceId;
  const isOwn = await inWorkspace(context.pool, workspaceId, exists);
  throw isOwn ? lacking(scope) : new Problem('not_found', 'not found in this workspace');
}

function keyOf(request: Request): Extract<Caller, { kind: 'key' }> {
  const caller = callerOf(request);
  if (caller.kind === 'admin')
    throw new Problem(
      'insufficient_scope',
      'the admin key only sets up workspaces; use a key of the workspace',
    );
  return caller;
}

/** Whether the key of this call sees all of a payment, or only whether it is paid. */
export function seesAll(request: Request): boolean {
  return seesWholePayments(keyOf(request).scopes);
}

function lacking(scope: Scope): Problem {
  return new Problem('insufficient_scope', `this key lacks the scope ${scope}`);
}

/** A call that names its workspace in the path: by the admin, or by a key of that workspace with the scope. */
export function namedWorkspaceFor(request: Request, workspaceId: string, scope: Scope): string {
  const caller = callerOf(request);
  if (caller.kind === 'admin') return workspaceId;
  if (caller.workspaceId !== workspaceId) throw new Problem('not_found', 'there is no such workspace');
  return workspaceFor(request, scope);
}

/** @throws Problem insufficient_scope for everyone but the admin */
export function requireAdmin(request: Request): void {
  if (callerOf(request).kind !== 'admin')
    throw new Problem('insufficient_scope', 'only the admin key may do this');
}

/** Who acted and why, for the audit log. */
export function actorOf(request: Request): { actor: string; reason: string | null } {
  const { caller, actor, reason } = callOf(request);
  return { actor: actor === null ? caller.keyId : `${actor} (${caller.keyId})`, reason };
}

/** Whether the caller names the person, or the reason. */
export function isNamed(request: Request): boolean {
  const { actor, reason } = callOf(request);
  return actor !== null || reason !== null;
}
