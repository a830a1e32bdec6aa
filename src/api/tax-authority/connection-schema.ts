import { z } from 'zod';
import type { ConnectionRow } from '../../db/tax-authority.ts';
import { toIsraeliTaxId } from '../../domain/workspace.ts';
import { at } from '../http/answer.ts';
import type { AnswerOf } from '../http/answer.ts';

/** Body of `POST /v1/workspaces/{id}/tax-authority/connect`. */
export const connectBody = z
  .strictObject({
    userId: z
      .string({ error: 'must be text: the id number of a person' })
      .refine((text) => toIsraeliTaxId(text) !== null, 'must be an Israeli id number with its check digit')
      .optional()
      .describe('Id number of the person who connects. Without it the name of the business is told.'),
  })
  .meta({ id: 'TaxAuthorityConnect' });

/** Where a person connects the workspace to the tax authority. */
export const connectAnswer = z
  .object({
    authorizeUrl: z
      .url()
      .describe('Send the person there. They log in at the authority and come back to Tashlum.'),
    expiresAt: at.describe('Until then they must have come back.'),
  })
  .meta({ id: 'TaxAuthorityAuthorization' });

/** Whether the workspace is connected to the tax authority. */
export const connectionAnswer = z
  .object({
    status: z
      .enum(['connected', 'broken', 'not_connected'])
      .describe('`broken`: the authority takes the connection no more; connect again.'),
    connectedAt: at.nullable(),
    expiresAt: at
      .nullable()
      .describe('Tashlum renews it before. An event warns 14 days before where that does not work.'),
    waiting: z.int().describe('Documents that wait for an allocation number.'),
    refused: z.int().describe('Those of them for which the authority refused one.'),
  })
  .meta({ id: 'TaxAuthorityConnection' });

/**
 * The connection as the API shows it, without its tokens. Null: the business was never connected.
 * @param counts documents that wait for a number, and documents that were refused one
 */
export function toConnectionJson(
  row: ConnectionRow | null,
  counts: { readonly waiting: number; readonly refused: number },
): AnswerOf<typeof connectionAnswer> {
  return {
    status: statusOf(row),
    connectedAt: row?.connectedAt?.toISOString() ?? null,
    expiresAt: row?.refreshExpiresAt?.toISOString() ?? null,
    ...counts,
  };
}

function statusOf(row: ConnectionRow | null): 'connected' | 'broken' | 'not_connected' {
  if (row === null || row.refreshTokenSealed === null) return 'not_connected';
  return row.brokenAt === null ? 'connected' : 'broken';
}
