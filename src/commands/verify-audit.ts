import { createAuditChain } from '../db/audit-chain.ts';
import type { AuditChain } from '../db/audit-chain.ts';
import { listAudit, listAudited } from '../db/audit-log.ts';
import { createPool } from '../db/pool.ts';
import type { Sql } from '../db/pool.ts';
import { readMasterKeys } from '../secrets.ts';
import { runCommand } from './run-command.ts';
import { readTarget } from './target.ts';

/** The first entry of the audit log of a workspace that does not fit. */
export interface AuditBreak {
  readonly workspaceId: string;
  readonly sequence: number;
}

/** What was checked, and the first break of each broken chain. */
export interface AuditReport {
  readonly workspaces: number;
  readonly entries: number;
  readonly breaks: readonly AuditBreak[];
}

/** Recomputes the chain of every workspace from its rows, one workspace after the other. */
export async function verifyAudit(sql: Sql, chain: AuditChain): Promise<AuditReport> {
  const workspaceIds = await listAudited(sql);
  const breaks: AuditBreak[] = [];
  let entries = 0;
  for (const workspaceId of workspaceIds) {
    const rows = await listAudit(sql, workspaceId);
    entries += rows.length;
    const sequence = chain.findBreak(rows);
    if (sequence !== null) breaks.push({ workspaceId, sequence });
  }
  return { workspaces: workspaceIds.length, entries, breaks };
}

/** The report as sentences for the operator. */
export function toLines({ workspaces, entries, breaks }: AuditReport): string[] {
  if (breaks.length === 0)
    return [
      `All ${entries} entries of ${workspaces} audit logs fit. Entries removed from the end cannot be detected here: compare the last numbers.`,
    ];
  return breaks.map(
    ({ workspaceId, sequence }) =>
      `Entry ${sequence} of the audit log of ${workspaceId} does not fit. Possible causes: it was changed, moved or inserted; an earlier entry was removed; its key is missing from TASHLUM_ENCRYPTION_KEYS.`,
  );
}

/** Verifies the audit log of every workspace; exit code 1 if an entry does not fit. */
async function main(): Promise<number> {
  const target = await readTarget(process.env);
  const chain = createAuditChain(readMasterKeys(target.encryptionKeys));
  const pool = createPool({ connectionString: target.databaseUrl, max: 1, onError: () => undefined });
  try {
    const report = await verifyAudit(pool, chain);
    process.stdout.write(`${toLines(report).join('\n')}\n`);
    return report.breaks.length === 0 ? 0 : 1;
  } finally {
    await pool.end();
  }
}

if (import.meta.main) await runCommand('verify-audit', main);
