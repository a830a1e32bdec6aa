import { partsOfBreaker } from '../domain/breaker.ts';
import type { BreakerStore } from '../domain/breaker.ts';
import {
  admitTrial,
  closeBreaker,
  listBehindBreaker,
  listTroubledBreakers,
  openBreaker,
  recordCall,
} from '../db/breakers.ts';
import type { ChangedBreaker } from '../db/breakers.ts';
import { lockWorkspaces } from '../db/history.ts';
import type { Pool, Sql } from '../db/pool.ts';
import { transaction } from '../db/transaction.ts';
import { tellWorkspaces } from './tell.ts';

/**
 * The breakers of all processes, in PostgreSQL. A change is reported, in its transaction, to the affected workspaces.
 */
export function createBreakerStore(pool: Pool): BreakerStore {
  return {
    listTroubled: () => listTroubledBreakers(pool),
    admit: (name) => admitTrial(pool, name),
    record: (name, verdict, trial) =>
      transaction(pool, async (tx) => {
        const breaker = await recordCall(tx, name, verdict, trial);
        if (breaker !== null) await tellOfChange(tx, breaker);
        return breaker;
      }),
  };
}

/** Opens or closes a breaker by hand and raises the events. Returns the changed breakers. */
export async function forceBreaker(
  tx: Sql,
  name: string,
  state: 'open' | 'closed',
): Promise<ChangedBreaker[]> {
  const changed = await (state === 'open' ? openBreaker(tx, name) : closeBreaker(tx, name));
  const behind: string[] = [];
  for (const breaker of changed) behind.push(...(await listBehindBreaker(tx, partsOfBreaker(breaker.name))));
  await lockWorkspaces(tx, behind);
  for (const breaker of changed) await tellOfChange(tx, breaker);
  return changed;
}

/** Only opening and closing are news. A trial, also a failed one, is not: the breaker is still open. */
async function tellOfChange(tx: Sql, breaker: ChangedBreaker): Promise<void> {
  const isOpening = breaker.was === 'closed' && breaker.state === 'open';
  const isClosing = breaker.was !== 'closed' && breaker.state === 'closed';
  if (breaker.isRefusedLong) await tellOfRefusal(tx, breaker);
  if (!isOpening && !isClosing) return;
  const parts = partsOfBreaker(breaker.name);
  await tellWorkspaces(tx, await listBehindBreaker(tx, parts), {
    type: isOpening ? 'provider.circuit_opened' : 'provider.circuit_closed',
    facts: {
      circuit: breaker.name,
      provider: parts.provider,
      state: breaker.state,
      opensUntil: breaker.opensUntil?.toISOString() ?? null,
    },
  });
}

/** Payments of the account wait for a person to renew its keys. Reported once, until the keys work again. */
async function tellOfRefusal(tx: Sql, { name }: ChangedBreaker): Promise<void> {
  const parts = partsOfBreaker(name);
  await tellWorkspaces(tx, await listBehindBreaker(tx, parts), {
    type: 'provider.credentials_failing',
    facts: { circuit: name, provider: parts.provider },
  });
}
