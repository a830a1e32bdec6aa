import { findPiece } from '../../db/export-pieces.ts';
import { findExport } from '../../db/exports.ts';
import type { ExportRow } from '../../db/exports.ts';
import type { AccountantMail } from '../../db/mails.ts';
import type { Sql } from '../../db/pool.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import { dayInZone } from '../../domain/calendar.ts';
import { toDayText } from '../../printing/page/figures.ts';
import type { ContentDeps, MailContent } from './send-mail-content.ts';
import { toMailText } from './send-mail-text.ts';

/**
 * The mail with the file of a month. A file that mail servers would refuse for its size is not attached: the mail says where
 * it lies. That address asks for a key with `reports:read`, so whoever else reads the mail gets nothing by it.
 */
export async function readMonthMail(
  { publicUrl, mostAttachedBytes }: ContentDeps,
  tx: Sql,
  mail: AccountantMail,
): Promise<MailContent> {
  const workspace = await findWorkspace(tx, mail.workspaceId);
  const made = await findExport(tx, mail.exportId);
  if (workspace === null || made === null) throw new Error(`mail ${mail.id} has lost its export`);
  if (workspace.accountantMonth === null) return { kind: 'pointless' };
  if (made.status === 'queued' || made.status === 'running') return { kind: 'not_made' };
  const { fileName, sizeBytes, expiresAt } = made;
  if (made.status !== 'completed' || fileName === null || sizeBytes === null || expiresAt === null)
    return { kind: 'no_file' };
  if (expiresAt.getTime() <= Date.now()) return { kind: 'no_file' };
  const isAttached = sizeBytes <= mostAttachedBytes;
  const { locale, month } = mail;
  const business = workspace.legalName[locale];
  const facts = {
    theme: isAttached ? 'month' : 'month_apart',
    locale,
    isTest: workspace.mode === 'test',
    business,
    amount: null,
    day: toDayText(dayInZone(expiresAt, workspace.timeZone), locale),
    document: null,
    link: null,
    month: locale === 'he' ? month.split('-').reverse().join('/') : month,
    address: `${publicUrl}/v1/exports/${made.id}/file`,
  } as const;
  const attachment = isAttached
    ? ({ fileName, type: 'application/zip', bytes: await readFile(tx, made, sizeBytes) } as const)
    : null;
  const frame = { id: mail.id, to: mail.recipient, createdAt: mail.createdAt, senderName: business };
  return { kind: 'ready', letter: { ...frame, ...toMailText(facts), attachment } };
}

/** @throws Error if a piece is gone */
async function readFile(tx: Sql, made: ExportRow, sizeBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let read = 0; read < sizeBytes;) {
    const piece = await findPiece(tx, made, pieces.length);
    if (piece === null) throw new Error(`a piece of export ${made.id} is gone`);
    pieces.push(piece);
    read += piece.length;
  }
  return Buffer.concat(pieces);
}
