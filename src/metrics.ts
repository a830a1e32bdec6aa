import { Counter, Registry, collectDefaultMetrics } from 'prom-client';

/** Counters of one process. Labels are codes of closed lists, never ids. */
export interface Metrics {
  readonly registry: Registry;
  readonly payments: Counter<'provider' | 'outcome'>;
  readonly webhooks: Counter<'provider' | 'verdict'>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'tashlum_' });
  const registers = [registry];
  return {
    registry,
    payments: new Counter({
      name: 'tashlum_payments_total',
      help: 'Payments by provider and what became of them',
      labelNames: ['provider', 'outcome'],
      registers,
    }),
    webhooks: new Counter({
      name: 'tashlum_webhooks_total',
      help: 'Webhooks received by provider and verdict',
      labelNames: ['provider', 'verdict'],
      registers,
    }),
  };
}
