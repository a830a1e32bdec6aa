import type { CircuitRow } from '../../db/circuit-breakers.ts';
import type { CircuitJson } from './admin-schema.ts';

/** A breaker as the API shows it; one that was never used is closed. */
export function toCircuitJson(name: string, row: CircuitRow | null): CircuitJson {
  return {
    name,
    state: row?.state ?? 'closed',
    failures: row?.failures ?? 0,
    opensUntil: row?.opensUntil?.toISOString() ?? null,
  };
}

/** The breaker of every host, used or not, and every other stored one, by name: a host before its accounts. */
export function toCircuitsJson(hosts: readonly string[], rows: readonly CircuitRow[]): CircuitJson[] {
  const stored = new Map(rows.map((row) => [row.name, row]));
  return [...new Set([...hosts, ...stored.keys()])]
    .sort()
    .map((name) => toCircuitJson(name, stored.get(name) ?? null));
}
