import type { FileVariant } from './document-files.ts';
import { PgBoss } from 'pg-boss';
import type { ReconcileJob } from './reconciliation.ts';

/** Jobs that move no money: what is queued, and what a handler gets. */
export interface Jobs {
  readonly print_document: {
    readonly workspaceId: string;
    readonly documentId: string;
    readonly variant: FileVariant;
  };
  readonly reconcile: ReconcileJob;
  readonly check_books: Readonly<Record<string, never>>;
  readonly purge: Readonly<Record<string, never>>;
  /** Makes the next export of a workspace. */
  readonly export: { readonly workspaceId: string };
}
/** The name of a job, which is also that of its queue. */
export type JobName = keyof Jobs;

/** The queue of one process. Its schema is made by `migrate`, never by a running process. */
export interface Queue {
  /** `key` keeps a job from being queued twice while one waits. */
  enqueue<Name extends JobName>(name: Name, job: Jobs[Name], key: string): Promise<void>;
  work<Name extends JobName>(name: Name, run: (job: Jobs[Name]) => Promise<void>): Promise<void>;
  /** Queues the job repeatedly, by a cron line in this time zone. A repeated call replaces the schedule. */
  repeat<Name extends JobName>(
    name: Name,
    job: Jobs[Name],
    at: { readonly cron: string; readonly timeZone: string },
  ): Promise<void>;
  stop(): Promise<void>;
}

/**
 * `expireInSeconds`: after this time, the process of a running job counts as dead. `heartbeatSeconds`: it counts as dead
 * once it was silent for so long. `policy`: `short` lets one job of a key wait; `stately` lets one wait and one run.
 */
interface Limits {
  readonly policy: 'short' | 'stately';
  readonly heartbeatSeconds?: number;
  readonly retryLimit: number;
  readonly retryDelay: number;
  readonly expireInSeconds?: number;
}

const QUEUES: Readonly<Record<JobName, Limits>> = {
  print_document: { policy: 'short', retryLimit: 50, retryDelay: 2 },
  reconcile: { policy: 'short', retryLimit: 5, retryDelay: 60, expireInSeconds: 3_600 },
  check_books: { policy: 'short', retryLimit: 2, retryDelay: 300, expireInSeconds: 3_600 },
  purge: { policy: 'short', retryLimit: 2, retryDelay: 300, expireInSeconds: 3_600 },
  export: {
    policy: 'stately',
    retryLimit: 50,
    retryDelay: 2,
    expireInSeconds: 6 * 3_600,
    heartbeatSeconds: 15,
  },
};

/** How often jobs whose process is dead are looked for. */
const LOOK_FOR_DEAD_SECONDS = 10;

/** Opens the queue. `supervise` (maintenance and repeated jobs) is for the worker, not for the API. */
export async function connectQueue(options: {
  connectionString: string;
  supervise: boolean;
  onError: (error: Error) => void;
}): Promise<Queue> {
  const boss = new PgBoss({
    connectionString: options.connectionString,
    max: 3,
    migrate: false,
    supervise: options.supervise,
    schedule: options.supervise,
    superviseIntervalSeconds: LOOK_FOR_DEAD_SECONDS,
    monitorIntervalSeconds: LOOK_FOR_DEAD_SECONDS,
  });
  boss.on('error', options.onError);
  await boss.start();
  return {
    enqueue: async (name, job, key) => {
      await boss.send(name, job, { singletonKey: key });
    },
    work: async (name, run) => {
      await boss.work<Jobs[typeof name]>(name, { pollingIntervalSeconds: 1, batchSize: 1 }, async ([job]) => {
        if (job) await run(job.data);
      });
    },
    repeat: (name, job, { cron, timeZone }) => boss.schedule(name, cron, job, { tz: timeZone }),
    stop: () => boss.stop({ graceful: true, timeout: 10_000 }),
  };
}

/** Creates or updates the schema of the queue, as the owner. Safe to repeat. */
export async function migrateQueue(connectionString: string): Promise<void> {
  const boss = new PgBoss({ connectionString, max: 2, supervise: false, schedule: false });
  await boss.start();
  for (const [name, options] of Object.entries(QUEUES)) {
    const settings = { retryBackoff: true, ...options };
    if ((await boss.getQueue(name)) === null) await boss.createQueue(name, settings);
  }
  await boss.stop({ graceful: false });
}
