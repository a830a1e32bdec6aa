import { partsOfCircuit } from '../domain/circuit.ts';
import type { CircuitStore } from '../domain/circuit.ts';
import {
  admitTrial,
  closeCircuit,
  listBehindCircuit,
  listTroubledCircuits,
  openCircuit,
  recordCall,
} from '../db/circuit-breakers.ts';
import type { ChangedCircuit } from '../db/circuit-breakers.ts';
import { lockWorkspaces } from '../db/history.ts';
import type { Pool, Sql } from '../db/pool.ts';
import { transaction } from '../db/transaction.ts';
import { tellWorkspaces } from './tell.ts';

/**
 * The breakers of all processes, in PostgreSQL. A change is reported, in its transaction, to the affected workspaces.
 */
export function createCircuitStore(pool: Pool): CircuitStore {
  return {
    listTroubled: () => listTroubledCircuits(pool),
    admit: (name) => admitTrial(pool, name),
    record: (name, verdict, trial) =>
      transaction(pool, async (tx) => {
        const circuit = await recordCall(tx, name, verdict, trial);
        if (circuit !== null) await tellOfChange(tx, circuit);
        return circuit;
      }),
  };
}

/** Opens or closes a breaker by hand and raises the events. Returns the changed breakers. */
export async function forceCircuit(
  tx: Sql,
  name: string,
  state: 'open' | 'closed',
): Promise<ChangedCircuit[]> {
  const changed = await (state === 'open' ? openCircuit(tx, name) : closeCircuit(tx, name));
  const behind: string[] = [];
  for (const circuit of changed) behind.push(...(await listBehindCircuit(tx, partsOfCircuit(circuit.name))));
  await lockWorkspaces(tx, behind);
  for (const circuit of changed) await tellOfChange(tx, circuit);
  return changed;
}

/** Only opening and closing are news. A trial, also a failed one, is not: the breaker is still open. */
async function tellOfChange(tx: Sql, circuit: ChangedCircuit): Promise<void> {
  const isOpening = circuit.was === 'closed' && circuit.state === 'open';
  const isClosing = circuit.was !== 'closed' && circuit.state === 'closed';
  if (circuit.isRefusedLong) await tellOfRefusal(tx, circuit);
  if (!isOpening && !isClosing) return;
  const parts = partsOfCircuit(circuit.name);
  await tellWorkspaces(tx, await listBehindCircuit(tx, parts), {
    type: isOpening ? 'provider.circuit_opened' : 'provider.circuit_closed',
    facts: {
      circuit: circuit.name,
      provider: parts.provider,
      state: circuit.state,
      opensUntil: circuit.opensUntil?.toISOString() ?? null,
    },
  });
}

/** Payments of the account wait for a person to renew its keys. Reported once, until the keys work again. */
async function tellOfRefusal(tx: Sql, { name }: ChangedCircuit): Promise<void> {
  const parts = partsOfCircuit(name);
  await tellWorkspaces(tx, await listBehindCircuit(tx, parts), {
    type: 'provider.credentials_failing',
    facts: { circuit: name, provider: parts.provider },
  });
}
