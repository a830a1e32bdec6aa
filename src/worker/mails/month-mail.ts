import { findPiece } from '../../db/export-pieces.ts';
import { findExport } from '../../db/exports.ts';
import type { ExportRow } from '../../db/exports.ts';
import type { AccountantMail } from '../../db/mails.ts';
import type { Sql } from '../../db/pool.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { WorkspaceRow } from '../../db/workspaces.ts';
import { dayInZone } from '../../domain/calendar.ts';
import { toDayText } from '../../printing/page/figures.ts';
import type { ContentDeps, MailContent } from './send-mail-content.ts';
import type { Letter } from './send-mail.ts';
import { toMailText } from './send-mail-text.ts';

/** A file that is there. */
interface MonthFile {
  readonly made: ExportRow;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly expiresAt: Date;
}

/** The mail with the file of a month, once the file is made. @throws Error if the books lack its export */
export async function readMonthMail(deps: ContentDeps, tx: Sql, mail: AccountantMail): Promise<MailContent> {
  const workspace = await findWorkspace(tx, mail.workspaceId);
  const made = await findExport(tx, mail.exportId);
  if (workspace === null || made === null) throw new Error(`mail ${mail.id} has lost its export`);
  if (workspace.accountantMonth === null) return { kind: 'pointless' };
  if (made.status === 'queued' || made.status === 'running') return { kind: 'not_made' };
  const file = toFile(made);
  if (file === null) return { kind: 'no_file' };
  return { kind: 'ready', letter: await writeLetter(deps, tx, mail, { workspace, file }) };
}

/** Null for one that failed, was cancelled, or has expired. */
function toFile(made: ExportRow): MonthFile | null {
  const { status, fileName, sizeBytes, expiresAt } = made;
  if (status !== 'completed' || fileName === null || sizeBytes === null || expiresAt === null) return null;
  return expiresAt.getTime() <= Date.now() ? null : { made, fileName, sizeBytes, expiresAt };
}

/**
 * A file that is too large for mail servers is not attached. The mail then names the address of the file. That address needs a
 * key with `reports:read`, so nobody without a key can download it.
 */
async function writeLetter(
  { publicUrl, mailServer }: ContentDeps,
  tx: Sql,
  { id, recipient: to, createdAt, locale, month }: AccountantMail,
  { workspace, file }: { readonly workspace: WorkspaceRow; readonly file: MonthFile },
): Promise<Letter> {
  const { made, fileName, sizeBytes, expiresAt } = file;
  const isAttached = sizeBytes <= mailServer.mostAttachedBytes;
  const business = workspace.legalName[locale];
  const words = toMailText({
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
  });
  const attachment = isAttached
    ? ({ fileName, type: 'application/zip', bytes: await readFile(tx, made, sizeBytes) } as const)
    : null;
  return { id, to, createdAt, senderName: business, ...words, attachment };
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
