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
import type { Pool, Sql } from '../db/pool.ts';
import { transaction } from '../db/transaction.ts';
import { tellWorkspaces } from './tell.ts';

/** The breakers of all processes, in PostgreSQL. A change is told in its transaction to the workspaces that it concerns. */
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

/** Opens or closes a breaker by hand, events included; the breakers that were touched. */
export async function forceCircuit(
  tx: Sql,
  name: string,
  state: 'open' | 'closed',
): Promise<ChangedCircuit[]> {
  const changed = await (state === 'open' ? openCircuit(tx, name) : closeCircuit(tx, name));
  for (const circuit of changed) await tellOfChange(tx, circuit);
  return changed;
}

/** From closed to open and back are news; a trial, and one that failed, are not: the way is still shut. */
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

/** Payments of the account wait for a person who renews its keys. Told once, until they work again. */
async function tellOfRefusal(tx: Sql, { name }: ChangedCircuit): Promise<void> {
  const parts = partsOfCircuit(name);
  await tellWorkspaces(tx, await listBehindCircuit(tx, parts), {
    type: 'provider.credentials_failing',
    facts: { circuit: name, provider: parts.provider },
  });
}
