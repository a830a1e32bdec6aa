import type { AuditEntry } from '../db/audit-chain.ts';
import type * as database from '../db/index.ts';
import type { Pool, Sql } from '../db/pool.ts';
import type { Queue } from '../db/queue.ts';
import type { Temporal } from '../temporal/temporal.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import type { Adapters } from '../providers/adapters.ts';
import type { Secrets } from '../secrets.ts';

/** What the routes are given by main.ts. They import none of it by value. */
export interface ApiContext {
  readonly publicUrl: string;
  /** Express's `trust proxy`: whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: number | readonly string[];
  readonly adminKeys: readonly string[];
  readonly requestsPerSecond: number;
  /** What must have been applied to the database before this version is ready. */
  readonly migrationNames: readonly string[];
  readonly pool: Pool;
  readonly db: typeof database;
  readonly temporal: Temporal;
  readonly adapters: Adapters;
  readonly secrets: Secrets;
  readonly queue: Pick<Queue, 'enqueue'>;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Writes to the audit chain in the caller's transaction. */
  readonly audit: (tx: Sql, entry: AuditEntry) => Promise<void>;
}
