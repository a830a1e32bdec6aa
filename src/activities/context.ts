import type { Pool } from '../db/pool.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import type { Adapters } from '../providers/adapters.ts';
import type { Secrets } from '../secrets.ts';

/** Dependencies of the activities. */
export interface ActivityContext {
  readonly pool: Pool;
  readonly secrets: Secrets;
  readonly adapters: Adapters;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** The address that vendors send payers and webhooks to. */
  readonly publicUrl: string;
}
