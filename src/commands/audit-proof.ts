import { z } from 'zod';
import { BEGINNING } from '../db/audit-chain.ts';
import type { AuditChain, AuditRow } from '../db/audit-chain.ts';
import { listAudit } from '../db/audit-log.ts';
import type { Sql } from '../db/pool.ts';

const link = z.hex().transform((text) => Buffer.from(text, 'hex'));
/** Not in bundles of earlier versions. */
const hidden = link.nullable().default(null);
const instant = z.iso.datetime().transform((text) => new Date(text));

/** `audit/chain-proof.json` of the evidence of a payment (`api/payments/evidence`). */
const PROOF = z.object({
  workspaceId: z.string(),
  head: z.object({ sequence: z.int(), link }).nullable(),
  entries: z.array(
    z.object({
      sequence: z.int(),
      at: instant,
      actor: z.string(),
      action: z.string(),
      reason: z.string().nullable(),
      subjectId: z.string().nullable(),
      detail: z.record(z.string(), z.unknown()),
      link,
      previousLink: link.nullable(),
      reasonHash: hidden,
      reasonSalt: hidden,
    }),
  ),
});
export type AuditProof = z.output<typeof PROOF>;

/** @throws Error with a sentence if it is no such file */
export function readProof(text: string): AuditProof {
  const read = PROOF.safeParse(JSON.parse(text));
  if (!read.success)
    throw new Error('the file of --proof is not audit/chain-proof.json of a bundle of evidence');
  return read.data;
}

/** Sentences about what does not fit: an entry changed after it was written, or one that the log does not hold. */
export async function listProofFaults(sql: Sql, chain: AuditChain, proof: AuditProof): Promise<string[]> {
  const { workspaceId } = proof;
  const log = await listAudit(sql, workspaceId);
  const isHeld = (sequence: number, of: Buffer): boolean => log[sequence - 1]?.link.equals(of) ?? false;
  const faults = proof.entries.flatMap(({ previousLink, ...entry }) => {
    const row: AuditRow = { workspaceId, ...entry };
    if (!chain.isLinked(previousLink ?? BEGINNING, row))
      return [`Entry ${row.sequence} of the proof was changed, or its key is missing.`];
    return isHeld(row.sequence, row.link)
      ? []
      : [`Entry ${row.sequence} of the proof is not in the audit log.`];
  });
  const { head } = proof;
  if (head !== null && !isHeld(head.sequence, head.link))
    faults.push(
      `The last entry when the proof was made, ${head.sequence}, is not in the audit log any more.`,
    );
  return faults;
}
