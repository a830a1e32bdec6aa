import type { Request, RequestHandler } from 'express';
import { listBehindBreaker, listBreakers } from '../../db/breakers.ts';
import { transaction } from '../../db/transaction.ts';
import { partsOfBreaker } from '../../domain/breaker.ts';
import { Problem } from '../../domain/problems.ts';
import { forceBreaker } from '../../history/breaker-store.ts';
import type { ApiContext } from '../context.ts';
import { actorOf, requireAdmin } from '../http/authenticate.ts';
import { noQuery, readQuery } from '../http/read-input.ts';
import type { BreakerJson } from './admin-schema.ts';
import { toBreakerJson, toBreakersJson } from './breaker-json.ts';

/** `GET /v1/admin/circuits`: the breakers of hosts and accounts. */
export function createListBreakersRoute({ pool, adapters }: ApiContext): RequestHandler {
  return async (request, response) => {
    requireAdmin(request);
    readQuery(request, noQuery);
    const stored = await listBreakers(pool);
    response.json({ data: toBreakersJson(adapters.hostBreakers, stored) });
  };
}

/** `POST /v1/admin/circuits/{name}/open` and `…/close`. */
export function createForceRoute(
  context: ApiContext,
  state: 'open' | 'closed',
): RequestHandler<{ name: string }> {
  return async (request, response) => {
    requireAdmin(request);
    response.json(await force(context, request, request.params.name, state));
  };
}

/** Opens or closes a breaker, and records it in the audit log of every affected workspace. */
async function force(
  context: ApiContext,
  request: Request,
  name: string,
  state: 'open' | 'closed',
): Promise<BreakerJson> {
  const { pool, adapters } = context;
  return transaction(pool, async (tx) => {
    const known = toBreakersJson(adapters.hostBreakers, await listBreakers(tx));
    if (!known.some((breaker) => breaker.name === name)) {
      throw new Problem('not_found', `there is no breaker "${name}"; GET /v1/admin/circuits lists them`);
    }
    await forceBreaker(tx, name, state);
    for (const workspaceId of await listBehindBreaker(tx, partsOfBreaker(name))) {
      await context.audit(tx, {
        workspaceId,
        ...actorOf(request),
        action: state === 'open' ? 'circuit.opened' : 'circuit.closed',
        subjectId: null,
        detail: { circuit: name },
      });
    }
    const stored = await listBreakers(tx);
    return toBreakerJson(name, stored.find((breaker) => breaker.name === name) ?? null);
  });
}
