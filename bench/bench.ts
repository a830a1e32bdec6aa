import { Client, Connection } from '@temporalio/client';
import type { Pool } from '../src/db/pool.ts';
import { createPool } from '../src/db/pool.ts';
import type { Environment } from '../dev/environment.ts';
import type { EnvironmentInfo } from '../dev/environment-info.ts';
import type { Progress } from '../dev/progress.ts';
import { paymentWorkflowId } from '../src/workflows/messages.ts';
import type { Floor } from './floors/floor-process.ts';
import { startFloor } from './floors/floor-process.ts';
import type { Caller } from './load/caller.ts';
import { createCaller } from './load/caller.ts';
import type { Completions } from './load/completions.ts';
import { createCompletions } from './load/completions.ts';

/** What every part of the bench works with. */
export interface Bench {
  readonly info: EnvironmentInfo;
  /** As the superuser: sees every workspace's rows. */
  readonly pool: Pool;
  readonly temporal: Client;
  readonly caller: Caller;
  readonly completions: Completions;
  readonly floor: Floor;
  readonly progress: Progress;
  readonly payments: number;
  /** Payments in the books of lists, reports and exports. */
  readonly bookPayments: number;
  close(): Promise<void>;
}

/** Connects to a running environment and starts the floors' worker beside it. */
export async function openBench(
  environment: Environment,
  progress: Progress,
  { payments, bookPayments }: Pick<Bench, 'payments' | 'bookPayments'>,
): Promise<Bench> {
  const { info } = environment;
  const pool = createPool({
    connectionString: info.databaseUrl,
    onError: (error) => progress.say(error.message),
  });
  const connection = await Connection.connect({ address: info.temporalAddress });
  const temporal = new Client({ connection, namespace: info.temporalNamespace });
  const caller = createCaller();
  const completions = createCompletions(pool);
  const floor = await startFloor(info, temporal);
  return {
    info,
    pool,
    temporal,
    caller,
    completions,
    floor,
    progress,
    payments,
    bookPayments,
    async close() {
      await floor.stop();
      await completions.close();
      await Promise.all([caller.close(), pool.end(), connection.close()]);
    },
  };
}

/** How many events the history of a payment's workflow holds. */
export async function engineHistoryLength(
  bench: Bench,
  workspaceId: string,
  paymentId: string,
): Promise<number> {
  const handle = bench.temporal.workflow.getHandle(paymentWorkflowId(workspaceId, paymentId));
  return (await handle.describe()).historyLength;
}
