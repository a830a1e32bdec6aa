import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createAuditChain } from '../db/audit-chain.ts';
import type { AuditChain, AuditRow } from '../db/audit-chain.ts';
import { listAudit, listAudited, listReportedHeads } from '../db/audit-log.ts';
import type { AuditHead } from '../db/audit-log.ts';
import { createPool } from '../db/pool.ts';
import type { Sql } from '../db/pool.ts';
import { readMasterKeys } from '../secrets.ts';
import { listProofFaults, readProof } from './audit-proof.ts';
import { runCommand } from './run-command.ts';
import { readTarget } from './target.ts';

/** The first entry of the audit log of a workspace that does not fit. */
export interface AuditBreak {
  readonly workspaceId: string;
  readonly sequence: number;
}

/** What was checked, the first break of each broken chain, and the reported heads that are no longer in their log. */
export interface AuditReport {
  readonly workspaces: number;
  readonly entries: number;
  readonly heads: number;
  readonly breaks: readonly AuditBreak[];
  readonly cut: readonly AuditBreak[];
}

/**
 * Recomputes the chain of every workspace from its rows, one workspace after the other. Looks for each head that was
 * reported: in the database, or `known` from outside it.
 */
export async function verifyAudit(
  sql: Sql,
  chain: AuditChain,
  known: readonly AuditHead[] = [],
): Promise<AuditReport> {
  const heads = [...(await listReportedHeads(sql)), ...known];
  const workspaceIds = [
    ...new Set([...(await listAudited(sql)), ...heads.map(({ workspaceId }) => workspaceId)]),
  ];
  const breaks: AuditBreak[] = [];
  const cut: AuditBreak[] = [];
  let entries = 0;
  for (const workspaceId of workspaceIds) {
    const rows = await listAudit(sql, workspaceId);
    entries += rows.length;
    const sequence = chain.findBreak(rows);
    if (sequence !== null) breaks.push({ workspaceId, sequence });
    const missing = heads.find((head) => head.workspaceId === workspaceId && !holds(rows, head));
    if (missing !== undefined) cut.push({ workspaceId, sequence: missing.sequence });
  }
  return { workspaces: workspaceIds.length, entries, heads: heads.length, breaks, cut };
}

const holds = (rows: readonly AuditRow[], { sequence, link }: AuditHead): boolean =>
  rows[sequence - 1]?.link.equals(link) ?? false;

/** The report as sentences for the operator. */
export function toLines({ workspaces, entries, heads, breaks, cut }: AuditReport): string[] {
  if (breaks.length === 0 && cut.length === 0)
    return [
      `All ${entries} entries of ${workspaces} audit logs fit, and hold the ${heads} heads that were reported. Entries newer than the last head of a log could be missing from its end.`,
    ];
  return [
    ...breaks.map(
      ({ workspaceId, sequence }) =>
        `Entry ${sequence} of the audit log of ${workspaceId} does not fit. Possible causes: it was changed, moved or inserted; an earlier entry was removed; its key is missing from TASHLUM_ENCRYPTION_KEYS.`,
    ),
    ...cut.map(
      ({ workspaceId, sequence }) =>
        `Entry ${sequence} of the audit log of ${workspaceId} was reported as its head and is not there: entries were removed from the end, or written anew.`,
    ),
  ];
}

/** A line of our log that reports a head (`worker/sweepers/report-audit-heads.ts`). */
const HEAD_LINE = z.object({
  auditHead: z.object({
    workspaceId: z.string(),
    sequence: z.int().positive(),
    link: z.hex().transform((link) => Buffer.from(link, 'hex')),
  }),
});

/**
 * The heads in a log of ours, one JSON object a line. Other lines are passed over.
 * @throws Error if there is none: it is not the worker's log, or was written without level `info`
 */
export function readHeads(log: string): AuditHead[] {
  const heads = log.split('\n').flatMap((line) => {
    if (!line.includes('"auditHead"')) return [];
    return [HEAD_LINE.parse(JSON.parse(line)).auditHead];
  });
  if (heads.length === 0)
    throw new Error(
      'the file of --heads has no line with "auditHead": give a log of the worker, at level info',
    );
  return heads;
}

const USAGE = `usage: npm run verify-audit -- [--heads FILE] [--proof FILE]
  --heads  a log of the worker, with the heads it reported
  --proof  audit/chain-proof.json of a bundle of evidence
`;

/** Verifies the audit log of every workspace; exit code 1 if an entry does not fit or is missing. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { heads: { type: 'string' }, proof: { type: 'string' } } });
  const known = values.heads === undefined ? [] : readHeads(await readFile(values.heads, 'utf8'));
  const proof = values.proof === undefined ? null : readProof(await readFile(values.proof, 'utf8'));
  const target = await readTarget(process.env);
  const chain = createAuditChain(readMasterKeys(target.encryptionKeys));
  const pool = createPool({ connectionString: target.databaseUrl, max: 1, onError: () => undefined });
  try {
    const report = await verifyAudit(pool, chain, known);
    process.stdout.write(`${toLines(report).join('\n')}\n`);
    const faults = proof === null ? [] : await listProofFaults(pool, chain, proof);
    if (proof !== null)
      process.stdout.write(
        `${faults.length > 0 ? faults.join('\n') : `All ${proof.entries.length} entries of the proof are as they were written.`}\n`,
      );
    return report.breaks.length + report.cut.length + faults.length === 0 ? 0 : 1;
  } finally {
    await pool.end();
  }
}

if (import.meta.main) await runCommand('verify-audit', main, USAGE);
