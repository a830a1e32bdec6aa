import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import type { BreakerState } from './domain/breaker.ts';

/** Counters of one process. Labels are codes of closed lists, never ids. */
export interface Metrics {
  readonly registry: Registry;
  readonly payments: Counter<'provider' | 'outcome'>;
  readonly webhooks: Counter<'provider' | 'verdict'>;
  readonly reconciliation: Counter<'provider' | 'kind'>;
  readonly stuckWorkflows: Gauge<'workflow'>;
  readonly deliveries: Counter<'result'>;
  readonly purged: Counter<'what'>;
  readonly timeStamps: Counter<'result'>;
}

/** Makes the metrics of one process, with those of Node itself. All names begin with `tashlum_`. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'tashlum_' });
  const registers = [registry];
  return {
    registry,
    payments: new Counter({
      name: 'tashlum_payments_total',
      help: 'Payments by provider and outcome',
      labelNames: ['provider', 'outcome'],
      registers,
    }),
    webhooks: new Counter({
      name: 'tashlum_webhooks_total',
      help: 'Number of webhooks received, per provider and verdict',
      labelNames: ['provider', 'verdict'],
      registers,
    }),
    reconciliation: new Counter({
      name: 'tashlum_reconciliation_findings_total',
      help: 'Differences found by the daily comparison with providers and invoice services, by kind',
      labelNames: ['provider', 'kind'],
      registers,
    }),
    stuckWorkflows: new Gauge({
      name: 'tashlum_stuck_workflows',
      help: 'Stuck workflows that this worker found, by kind: their tasks fail',
      labelNames: ['workflow'],
      registers,
    }),
    deliveries: new Counter({
      name: 'tashlum_event_deliveries_total',
      help: 'Tries to deliver an outgoing event, by result',
      labelNames: ['result'],
      registers,
    }),
    purged: new Counter({
      name: 'tashlum_purged_total',
      help: 'Rows purged after their time, by what they were',
      labelNames: ['what'],
      registers,
    }),
    timeStamps: new Counter({
      name: 'tashlum_time_stamps_total',
      help: 'Time stamps of signatures, by result: stamped, or why the authority gave none',
      labelNames: ['result'],
      registers,
    }),
  };
}

/** Numbers from the database for the metrics endpoint. */
export interface StoredFigures {
  /** The worst state of each provider's breakers. */
  breakerStates(): Promise<readonly { provider: string; state: BreakerState }[]>;
  oldestUnknownSeconds(): Promise<number>;
  /** At endpoints that are enabled, and at those that are paused or disabled. */
  oldestWaitingEventSeconds(): Promise<{ readonly enabled: number; readonly off: number }>;
  /** The last check of every rule of the books. */
  booksChecks(): Promise<
    readonly { readonly rule: string; readonly broken: number; readonly checkedAt: Date }[]
  >;
}

const BREAKER_VALUES: Readonly<Record<BreakerState, number>> = { closed: 0, half_open: 1, open: 2 };

/** Gauges read from the database at scrape time; omitted while it is down. */
export function addStoredFigures({ registry }: Metrics, stored: StoredFigures): void {
  const registers = [registry];
  addBooksChecks(registry, stored);
  new Gauge({
    name: 'tashlum_circuit_state',
    help: 'Worst breaker of a provider, of its host or accounts: 0 closed, 1 half open, 2 open',
    labelNames: ['provider'],
    registers,
    async collect() {
      this.reset();
      const states = await stored.breakerStates().catch(() => []);
      for (const { provider, state } of states) this.set({ provider }, BREAKER_VALUES[state]);
    },
  });
  new Gauge({
    name: 'tashlum_oldest_unknown_seconds',
    help: 'Age of the oldest charge or refund with an unknown outcome; 0 if there is none',
    registers,
    async collect() {
      this.remove();
      await stored.oldestUnknownSeconds().then(
        (seconds) => this.set(seconds),
        () => undefined,
      );
    },
  });
  new Gauge({
    name: 'tashlum_oldest_waiting_event_seconds',
    help: 'Seconds since the stream of events that waits longest made progress, by state of its endpoint; 0 if none waits',
    labelNames: ['endpoint'],
    registers,
    async collect() {
      this.reset();
      await stored.oldestWaitingEventSeconds().then(
        ({ enabled, off }) => {
          this.set({ endpoint: 'enabled' }, enabled);
          this.set({ endpoint: 'off' }, off);
        },
        () => undefined,
      );
    },
  });
}

function addBooksChecks(registry: Registry, stored: Pick<StoredFigures, 'booksChecks'>): void {
  const registers = [registry];
  new Gauge({
    name: 'tashlum_books_broken_rows',
    help: 'Rows that broke a rule of the books when they were last checked, by rule',
    labelNames: ['rule'],
    registers,
    async collect() {
      this.reset();
      for (const { rule, broken } of await stored.booksChecks().catch(() => [])) this.set({ rule }, broken);
    },
  });
  new Gauge({
    name: 'tashlum_books_checked_timestamp_seconds',
    help: 'When the books were last checked, Unix time; missing before the first check',
    registers,
    async collect() {
      this.remove();
      const [first] = await stored.booksChecks().catch(() => []);
      if (first !== undefined) this.set(first.checkedAt.getTime() / 1_000);
    },
  });
}
