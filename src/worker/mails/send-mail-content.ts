import { toAmountText, toDayText } from '../../printing/page/figures.ts';
import { LABELS, titleOf } from '../../printing/page/labels.ts';
import { findFile } from '../../db/document-files.ts';
import { whyNotMailed } from '../../db/mailed-originals.ts';
import { carryCopy } from '../../db/mails.ts';
import type { MailRow, PayerMail } from '../../db/mails.ts';
import { findPayment } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { findDocument } from '../../db/tax-documents.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import { dayInZone } from '../../domain/calendar.ts';
import { readinessOf } from '../../domain/payment-request.ts';
import type { CopyReason } from '../../domain/payer.ts';
import { displayNumber, fileNameOf, isConfirmation } from '../../domain/tax-document.ts';
import type { Workspace } from '../../domain/workspace.ts';
import type { Secrets } from '../../secrets.ts';
import { readMonthMail } from './month-mail.ts';
import { toMailText } from './send-mail-text.ts';
import type { MailTheme } from './send-mail-words.ts';
import type { Letter, MailServer } from '../mails/send-mail.ts';
import { placeIn } from '../../sealed-places.ts';

/** The result of writing a mail. */
export type MailContent =
  | { readonly kind: 'ready'; readonly letter: Letter }
  /** The document is not printed yet, and no print is ordered: order one. */
  | { readonly kind: 'not_printed' }
  /** It is not printed yet, but the workflow of its payment has ordered the print. */
  | { readonly kind: 'printing' }
  /** The provider has made no page yet. */
  | { readonly kind: 'no_page' }
  /** The file of the month is being made. */
  | { readonly kind: 'not_made' }
  /** The file of the month will never be there. */
  | { readonly kind: 'no_file' }
  /** Nothing to ask for now, or nobody wants the mail any more. */
  | { readonly kind: 'pointless' };

/** How long to wait for the automatic print. */
const PRINTING_MS = 20_000;

/** What mails are written with. */
export interface ContentDeps {
  readonly secrets: Secrets;
  readonly publicUrl: string;
  readonly mailServer: Pick<MailServer, 'mostAttachedBytes'>;
}

/** Writes a mail from the present books. @throws Error if they lack the subject of the mail */
export function readMailContent(deps: ContentDeps, tx: Sql, mail: MailRow): Promise<MailContent> {
  if (mail.kind === 'accountant_month') return readMonthMail(deps, tx, mail);
  return mail.kind === 'document' ? readDocumentMail(tx, mail) : readRequestMail(deps, tx, mail);
}

/**
 * The mail with what it may carry: if the printed original may not leave by mail, or is cancelled, a copy. Nobody can tell before the print
 * whether the file is signed.
 */
export async function decideVariant(tx: Sql, mail: MailRow): Promise<MailRow> {
  if (mail.kind === 'accountant_month' || mail.documentId === null || mail.variant !== 'original')
    return mail;
  const document = await findDocument(tx, mail.documentId);
  if (document === null) return mail;
  const isCancelled = document.status === 'cancelled';
  if (!isCancelled && (await whyNotMailed(tx, document, mail.recipient)) === null) return mail;
  await carryCopy(tx, mail.id);
  return { ...mail, variant: 'copy' };
}

/** Why the mail carries a copy while the original is still with the business; null if it does not. */
export async function whyCopied(
  tx: Sql,
  { documentId, variant, recipient }: PayerMail,
): Promise<CopyReason | null> {
  const document = documentId === null || variant !== 'copy' ? null : await findDocument(tx, documentId);
  if (document === null || document.originalLeftAt !== null || document.status === 'cancelled') return null;
  return whyNotMailed(tx, document, recipient);
}

/** Contains only what is frozen in the document. */
async function readDocumentMail(tx: Sql, mail: PayerMail): Promise<MailContent> {
  const { documentId, variant } = mail;
  const document = documentId === null ? null : await findDocument(tx, documentId);
  if (document === null || variant === null) throw new Error(`mail ${mail.id} has lost its document`);
  // Nobody asked for a paper that says it counts for nothing.
  if (document.status === 'cancelled' && mail.askedAt === null) return { kind: 'pointless' };
  const bytes = await findFile(tx, document.id, variant);
  if (bytes === null) return { kind: (await isPrintedAnyway(tx, mail)) ? 'printing' : 'not_printed' };
  const { issuer, mode } = document.content;
  const number = displayNumber(document.type, document.number);
  const facts = {
    theme: await themeOf(tx, mail, document),
    locale: mail.locale,
    isTest: mode === 'test',
    business: issuer.name[mail.locale],
    amount: toAmountText(document.total, document.currency),
    day: toDayText(document.documentDate, mail.locale),
    document: `${titleOf(LABELS[mail.locale], document)} ${number}`,
    link: null,
  };
  const attachment = { fileName: fileNameOf(document, variant), type: 'application/pdf', bytes } as const;
  return { kind: 'ready', letter: { ...frameOf(mail, facts.business), ...toMailText(facts), attachment } };
}

/** A confirmation is neither original nor copy. `kept`: a copy that says that the original is with the business. */
async function themeOf(tx: Sql, mail: PayerMail, { type }: DocumentRow): Promise<MailTheme> {
  if (isConfirmation(type) || mail.variant === 'original') return 'original';
  return (await whyCopied(tx, mail)) === null ? 'copy' : 'kept';
}

/** If documents are printed at issue, the print of a new original is on its way and is not ordered twice. */
async function isPrintedAnyway(tx: Sql, { workspaceId, variant, createdAt }: PayerMail): Promise<boolean> {
  const isFresh = variant === 'original' && Date.now() - createdAt.getTime() < PRINTING_MS;
  return isFresh && (await findWorkspace(tx, workspaceId))?.receipt.print === 'at_issue';
}

/** A payer who has paid, or can no longer pay, is not asked. */
async function readRequestMail(deps: ContentDeps, tx: Sql, mail: PayerMail): Promise<MailContent> {
  const payment = await findPayment(tx, mail.paymentId);
  const workspace = await findWorkspace(tx, mail.workspaceId);
  if (payment === null || workspace === null) throw new Error(`mail ${mail.id} has lost its payment`);
  if (readinessOf(payment, new Date()) !== 'open') return { kind: 'pointless' };
  if (payment.status === 'creating') return { kind: 'no_page' };
  const facts = {
    theme: mail.kind === 'reminder' ? 'reminder' : 'request',
    locale: mail.locale,
    isTest: workspace.mode === 'test',
    business: workspace.name,
    amount: toAmountText(payment.chargeAmount, payment.currency),
    day: lastDayOf(payment, workspace, mail),
    document: null,
    link: linkOf(deps, payment),
  } as const;
  return {
    kind: 'ready',
    letter: { ...frameOf(mail, facts.business), ...toMailText(facts), attachment: null },
  };
}

function frameOf(mail: MailRow, senderName: string) {
  return { id: mail.id, to: mail.recipient, createdAt: mail.createdAt, senderName };
}

function lastDayOf(
  { expiresAt }: PaymentRow,
  { timeZone }: Workspace,
  { locale, createdAt }: PayerMail,
): string {
  return toDayText(dayInZone(expiresAt ?? createdAt, timeZone), locale);
}

/** Our stable address for the payer. */
function linkOf({ secrets, publicUrl }: ContentDeps, payment: PaymentRow): string {
  if (payment.linkTokenSealed === null) throw new Error(`payment ${payment.id} has no link of ours`);
  const place = placeIn('payments.link_token', payment.id);
  return `${publicUrl}/pay/${secrets.open(place, payment.linkTokenSealed).toString()}`;
}
