import type { AuditChain } from '../db/audit-chain.ts';
import { listAudit, listAudited } from '../db/audit-log.ts';
import type { Sql } from '../db/pool.ts';

/** The first entry of a workspace's audit log that does not fit. */
export interface AuditBreak {
  readonly workspaceId: string;
  readonly sequence: number;
}

/** What was looked at, and the break of each workspace whose chain has one. */
export interface AuditReport {
  readonly workspaces: number;
  readonly entries: number;
  readonly breaks: readonly AuditBreak[];
}

/** Computes every workspace's chain anew from its rows, one workspace after the other. */
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
      `Entry ${sequence} of the audit log of ${workspaceId} does not fit. It was changed, moved or inserted; or an earlier entry was removed; or its key is missing from TASHLUM_ENCRYPTION_KEYS.`,
  );
}
