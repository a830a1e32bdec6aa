import { z } from 'zod';
import type { AuditRow } from '../../db/audit-chain.ts';
import type { AnswerOf } from '../http/answer.ts';
import { at, pageOf } from '../http/answer.ts';
import { instant, pageQuery } from '../http/read-input.ts';

/** Query of `GET /v1/audit`. */
export const auditQuery = z
  .strictObject({
    ...pageQuery,
    from: instant.optional(),
    to: instant.optional().describe('Entries before this instant.'),
    actor: z.string().min(1).max(300).optional().describe('A whole actor, as entries show it.'),
    action: z.string().min(1).max(100).optional(),
    subjectId: z.string().min(1).max(100).optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    path: ['to'],
    error: 'must be later than from',
  });

/** One entry of the audit log. */
const auditEntryAnswer = z
  .object({
    sequence: z.int().describe('Counts the entries of the workspace from 1, without gaps.'),
    at,
    actor: z
      .string()
      .describe('The person that the app named, with the id of the key in brackets; else the id alone.'),
    action: z.string(),
    reason: z
      .string()
      .nullable()
      .describe('`[erased]` where it named a person who was erased; the chain still fits.'),
    reasonHash: z
      .string()
      .nullable()
      .describe(
        'What the chain holds of the reason: the SHA-256 of salt and reason, hexadecimal. Null: there is no reason, or the chain holds the reason itself.',
      ),
    reasonSalt: z.string().nullable().describe('Hexadecimal. Null once the reason was erased.'),
    subjectId: z.string().nullable().describe('What it was done to.'),
    detail: z.record(z.string(), z.unknown()),
    link: z.string().describe('The link of the chain, hexadecimal. `audit.head` reports the last one.'),
  })
  .meta({ id: 'AuditEntry' });
/** A page of the audit log. */
export const auditAnswer = pageOf(auditEntryAnswer);

/** An entry as the API shows it. `link` is lower-case hex, so that a stored head can be compared with it. */
export function toAuditJson(row: AuditRow): AnswerOf<typeof auditEntryAnswer> {
  const { sequence, actor, action, reason, subjectId, detail } = row;
  return {
    sequence,
    at: row.at.toISOString(),
    actor,
    action,
    reason,
    reasonHash: row.reasonHash?.toString('hex') ?? null,
    reasonSalt: row.reasonSalt?.toString('hex') ?? null,
    subjectId,
    detail,
    link: row.link.toString('hex'),
  };
}
