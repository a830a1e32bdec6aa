import type { AuditEntry } from '../db/audit-chain.ts';
import type { Pool, Sql } from '../db/pool.ts';
import type { Queue } from '../db/queue.ts';
import type { Temporal } from '../temporal/temporal.ts';
import type { OutboundGuard } from '../http-guard.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import type { Adapters } from '../providers/adapters.ts';
import type { TaxAuthority } from '../providers/tax-authority/tax-authority.ts';
import type { Secrets } from '../secrets.ts';

/** What `main.ts` hands to the routes. They import only its types. */
export interface ApiContext {
  /** Of this program, as the description tells it. */
  readonly version: string;
  readonly publicUrl: string;
  /** Express's `trust proxy`: which proxies may set `X-Forwarded-For`. */
  readonly trustedProxies: number | readonly string[];
  readonly adminKeys: readonly string[];
  readonly requestsPerSecond: number;
  /** Migrations that must have run before this version is ready. */
  readonly migrationNames: readonly string[];
  readonly pool: Pool;
  /** Connections for incoming webhooks alone: however many requests wait for the others, a webhook is stored. */
  readonly webhookPool: Pool;
  readonly temporal: Temporal;
  readonly adapters: Adapters;
  /** Null: this installation is not registered at the tax authority. */
  readonly taxAuthority: TaxAuthority | null;
  readonly secrets: Secrets;
  /** Which internal addresses customers may enter for outgoing events. */
  readonly outboundGuard: OutboundGuard;
  /** Whether the workspace has a certificate to sign its documents. */
  readonly hasCertificate: (workspaceId: string) => Promise<boolean>;
  /** Whether the uniform structure can be made: it must name the maker of this program. */
  readonly isMakerKnown: boolean;
  readonly queue: Pick<Queue, 'enqueue'>;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Writes to the audit chain in the caller's transaction. */
  readonly audit: (tx: Sql, entry: AuditEntry) => Promise<void>;
}
