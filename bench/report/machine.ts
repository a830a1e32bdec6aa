import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os';
import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';

/** Where the figures were measured. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly temporal: string;
  readonly postgres: string;
  /** Processes that wanted a core in the minute before; well above 0 means that the machine was shared. */
  readonly loadBefore: number;
  readonly at: string;
}

/** Reads the machine and the versions of what runs on it. `loadBefore` is read by the caller before it starts anything. */
export async function readMachine(temporal: Client, pool: Pool, loadBefore: number): Promise<Machine> {
  const info = await temporal.workflowService.getSystemInfo({});
  const { rows } = await pool.query<{ server_version: string }>('SHOW server_version');
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    node: process.version,
    temporal: `${info.serverVersion} (dev server, SQLite)`,
    postgres: rows[0]?.server_version ?? 'unknown',
    loadBefore,
    at: new Date().toISOString(),
  };
}

/** The load of the last minute. */
export function readLoad(): number {
  return Math.round((loadavg()[0] ?? 0) * 100) / 100;
}
