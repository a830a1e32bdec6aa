import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { createActivities } from '../../../src/activities/index.ts';
import { checkKeysFit } from '../../../src/db/encryption-keys.ts';
import type { Pool } from '../../../src/db/pool.ts';
import { createMetrics } from '../../../src/metrics.ts';
import type { Metrics } from '../../../src/metrics.ts';
import { createSecrets, readMasterKeys } from '../../../src/secrets.ts';
import type { MasterKeys, Secrets } from '../../../src/secrets.ts';
import { takeTime } from './clock.ts';
import type { Clock } from './clock.ts';
import type { Databases } from './cluster.ts';
import { openCreator } from './run.ts';
import type { Creator } from './run.ts';
import { createSimulatedPool } from './sql.ts';
import { createTasks } from './tasks.ts';
import type { Task, Tasks } from './tasks.ts';

export const MASTER_KEYS: MasterKeys = readMasterKeys(
  `k1:${createHash('sha256').update('simulated').digest('base64')}`,
);

/** What all lives of one process share: time, connections, the workflows' code, the address of the API. */
export interface Host {
  readonly clock: Clock;
  readonly tasks: Tasks;
  readonly pool: Pool;
  /** Reads and tidies as the superuser; for checks, never for the engine. */
  readonly owner: pg.Client;
  readonly creator: Creator;
  readonly metrics: Metrics;
  readonly secrets: Secrets;
  /** What promises of workflow code were rejected with and nobody caught. */
  readonly uncaught: unknown[];
  /** The same of all other code: in a real process the last thing that it says. */
  readonly strays: unknown[];
  readonly apiUrl: string;
  serve(app: RequestListener): void;
  /** Requests find their task by this header. */
  readonly expected: Map<string, Task>;
  close(): Promise<void>;
}

export const TASK_HEADER = 'x-simulated-task';

export async function openHost(databases: Databases): Promise<Host> {
  const tasks = createTasks();
  const uncaught: unknown[] = [];
  const strays: unknown[] = [];
  // A local activity that is not among these cannot be called.
  const names = Object.keys(createActivities({} as Parameters<typeof createActivities>[0]));
  const creator = await openCreator([...names, 'printDocument']);
  // The SDK's own listener ends the process where a rejection belongs to no workflow.
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (reason, promise) => {
    const list = promise instanceof Promise ? strays : uncaught;
    list.push(reason);
  });
  const clock = takeTime();
  const database = createSimulatedPool(databases.system, clock, tasks);
  const { pool } = database;
  const owner = new pg.Client({ connectionString: databases.owner });
  owner.on('error', () => undefined);
  await owner.connect();
  const secrets = createSecrets(MASTER_KEYS);
  await checkKeysFit(pool, secrets, MASTER_KEYS[0].id);
  const expected = new Map<string, Task>();
  let app: RequestListener = (_request, response) => void response.writeHead(503).end();
  const server = createServer((request, response) => {
    const id = request.headers[TASK_HEADER];
    const task = typeof id === 'string' ? expected.get(id) : undefined;
    if (task === undefined) app(request, response);
    else tasks.current.run(task, () => app(request, response));
  });
  const apiUrl = await listen(server);
  return {
    clock,
    tasks,
    pool,
    owner,
    creator,
    metrics: createMetrics(),
    secrets,
    uncaught,
    strays,
    apiUrl,
    serve: (next) => void (app = next),
    expected,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await database.close();
      await owner.end();
    },
  };
}

async function listen(server: Server): Promise<string> {
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
