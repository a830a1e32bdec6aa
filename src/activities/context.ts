import type { Pool } from '../db/pool.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import type { Adapters } from '../providers/adapters.ts';
import type { Secrets } from '../secrets.ts';

/** What activities are made of. */
export interface ActivityContext {
  readonly pool: Pool;
  readonly secrets: Secrets;
  readonly adapters: Adapters;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Where vendors send payers and webhooks. */
  readonly publicUrl: string;
}
