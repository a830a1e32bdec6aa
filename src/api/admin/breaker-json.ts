import type { BreakerRow } from '../../db/breakers.ts';
import type { BreakerJson } from './admin-schema.ts';

/** A breaker as the API shows it; one that was never used is closed. */
export function toBreakerJson(name: string, row: BreakerRow | null): BreakerJson {
  return {
    name,
    state: row?.state ?? 'closed',
    failures: row?.failures ?? 0,
    opensUntil: row?.opensUntil?.toISOString() ?? null,
  };
}

/** The breaker of every host, used or not, and every other stored one, by name: a host before its accounts. */
export function toBreakersJson(hosts: readonly string[], rows: readonly BreakerRow[]): BreakerJson[] {
  const stored = new Map(rows.map((row) => [row.name, row]));
  return [...new Set([...hosts, ...stored.keys()])]
    .sort()
    .map((name) => toBreakerJson(name, stored.get(name) ?? null));
}
