import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Request } from 'express';
import type { z } from 'zod';
import type { Sql } from '../../db/pool.ts';
import { countEndpoints, findEndpoint } from '../../db/webhook-endpoints.ts';
import type { EndpointRow } from '../../db/webhook-endpoints.ts';
import { isId } from '../../domain/ids.ts';
import { fieldProblem, Problem } from '../../domain/problems.ts';
import { customerUrlFault } from '../../http-guard.ts';
import type { ApiContext } from '../context.ts';
import { workspaceHolding } from '../http/authenticate.ts';
import type { endpointChange } from './endpoint-schema.ts';

/** Every event is written once for each endpoint of its workspace. */
const MOST_ENDPOINTS = 50;

/** A new secret as Standard Webhooks write it: `whsec_` and the base64 of 32 random bytes. */
export function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/** @throws Problem validation_failed for an address that must not be called */
export function checkUrl({ outboundGuard }: Pick<ApiContext, 'outboundGuard'>, url: string): void {
  const fault = customerUrlFault(url, outboundGuard);
  if (fault !== null) throw fieldProblem('#/url', fault);
}

/** The caller has locked the workspace. @throws Problem conflict */
export async function checkRoom(tx: Sql, workspaceId: string): Promise<void> {
  if ((await countEndpoints(tx, workspaceId)) >= MOST_ENDPOINTS)
    throw new Problem('conflict', `the workspace has ${MOST_ENDPOINTS} endpoints; delete one first`);
}

/** @throws Problem conflict: what is sent to an endpoint that is off would wait */
export function checkEnabled({ status }: EndpointRow): void {
  if (status !== 'enabled')
    throw new Problem('conflict', `the endpoint is ${status}: set its status to enabled, then test it`);
}

/** The endpoint after a change, or null if it changes nothing. */
export function changeEndpoint(
  before: EndpointRow,
  { url, events, status }: z.output<typeof endpointChange>,
): EndpointRow | null {
  const after = {
    ...before,
    url: url ?? before.url,
    eventTypes: events === undefined ? before.eventTypes : events,
    status: status ?? before.status,
  };
  return isDeepStrictEqual(before, after) ? null : after;
}

/** The caller's workspace for a call about one endpoint. @throws Problem not_found, insufficient_scope */
export function workspaceOfEndpoint(context: ApiContext, request: Request, id: string): Promise<string> {
  return workspaceHolding(context, request, 'settings:write', async (tx) => (await find(tx, id)) !== null);
}

/** @throws Problem not_found */
export async function getEndpoint(tx: Sql, id: string): Promise<EndpointRow> {
  const endpoint = await find(tx, id);
  if (endpoint === null) throw new Problem('not_found', 'there is no such endpoint in this workspace');
  return endpoint;
}

async function find(tx: Sql, id: string): Promise<EndpointRow | null> {
  return isId('endpoint', id) ? findEndpoint(tx, id) : null;
}
