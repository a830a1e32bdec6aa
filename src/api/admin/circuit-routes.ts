import type { Request, RequestHandler } from 'express';
import { listBehindCircuit, listCircuits } from '../../db/circuit-breakers.ts';
import { transaction } from '../../db/transaction.ts';
import { partsOfCircuit } from '../../domain/circuit.ts';
import { Problem } from '../../domain/problems.ts';
import { forceCircuit } from '../../history/circuit-store.ts';
import type { ApiContext } from '../context.ts';
import { actorOf, requireAdmin } from '../http/authenticate.ts';
import { noQuery, readQuery } from '../http/read-input.ts';
import type { CircuitJson } from './admin-schema.ts';
import { toCircuitJson, toCircuitsJson } from './circuit-json.ts';

/** `GET /v1/admin/circuits`: the breakers of hosts and accounts. */
export function createListCircuitsRoute({ pool, adapters }: ApiContext): RequestHandler {
  return async (request, response) => {
    requireAdmin(request);
    readQuery(request, noQuery);
    const stored = await listCircuits(pool);
    response.json({ data: toCircuitsJson(adapters.hostCircuits, stored) });
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
): Promise<CircuitJson> {
  const { pool, adapters } = context;
  return transaction(pool, async (tx) => {
    const known = toCircuitsJson(adapters.hostCircuits, await listCircuits(tx));
    if (!known.some((circuit) => circuit.name === name)) {
      throw new Problem('not_found', `there is no breaker "${name}"; GET /v1/admin/circuits lists them`);
    }
    await forceCircuit(tx, name, state);
    for (const workspaceId of await listBehindCircuit(tx, partsOfCircuit(name))) {
      await context.audit(tx, {
        workspaceId,
        ...actorOf(request),
        action: state === 'open' ? 'circuit.opened' : 'circuit.closed',
        subjectId: null,
        detail: { circuit: name },
      });
    }
    const stored = await listCircuits(tx);
    return toCircuitJson(name, stored.find((circuit) => circuit.name === name) ?? null);
  });
}
