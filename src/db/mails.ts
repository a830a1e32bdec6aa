import type { Month } from '../domain/accountant-month.ts';
import type { Locale } from '../domain/workspace.ts';
import type { FileVariant } from './document-files.ts';
import type { Sql } from './pool.ts';

/** How a mail stands. `unconfirmed`: it may have arrived. */
export type MailStatus = 'due' | 'sending' | 'sent' | 'unconfirmed' | 'failed' | 'dropped';

interface StoredMail {
  readonly id: string;
  readonly workspaceId: string;
  readonly recipient: string;
  readonly locale: Locale;
  readonly status: MailStatus;
  readonly dueAt: Date;
  readonly askedAt: Date | null;
  readonly attempts: number;
  readonly lostAnswers: number;
  readonly createdAt: Date;
}

/** A mail to a payer. `documentId` and `variant` belong to mails that carry a document. */
export interface PayerMail extends StoredMail {
  readonly kind: 'document' | 'request' | 'reminder';
  readonly paymentId: string;
  readonly documentId: string | null;
  readonly variant: Exclude<FileVariant, 'awaiting' | 'pushed'> | null;
}

/** The file of a month to the accountant of the workspace. */
export interface AccountantMail extends StoredMail {
  readonly kind: 'accountant_month';
  readonly month: Month;
  readonly exportId: string;
}

/** A mail as stored. */
export type MailRow = PayerMail | AccountantMail;

/** A mail to store. */
export type NewMail = Pick<
  PayerMail,
  'id' | 'workspaceId' | 'paymentId' | 'kind' | 'documentId' | 'variant' | 'recipient' | 'locale'
> & {
  /** Whether the app requested it through the API. */
  readonly isAsked: boolean;
};

const COLUMNS = `id, workspace_id AS "workspaceId", payment_id AS "paymentId", kind, document_id AS "documentId", variant, month, export_id AS "exportId",
  recipient, locale, status, due_at AS "dueAt", asked_at AS "askedAt", attempts, lost_answers AS "lostAnswers",
  created_at AS "createdAt"`;

/**
 * Queues a mail to a payer, in the transaction of what it reports. Without a request of the app, a document goes to
 * an address only once; false if it already has.
 */
export async function insertMail(tx: Sql, mail: NewMail): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO mails (id, workspace_id, payment_id, kind, document_id, variant, recipient, locale, asked_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, CASE WHEN $9 THEN now() END) ON CONFLICT DO NOTHING`,
    [
      mail.id,
      mail.workspaceId,
      mail.paymentId,
      mail.kind,
      mail.documentId,
      mail.variant,
      mail.recipient,
      mail.locale,
      mail.isAsked,
    ],
  );
  return rowCount === 1;
}

/** The original may not leave by mail after all: the mail has a copy. */
export async function carryCopy(tx: Sql, id: string): Promise<void> {
  await tx.query(`UPDATE mails SET variant = 'copy' WHERE id = $1`, [id]);
}

/** All mails of a document, newest first. */
export async function listDocumentMails(
  tx: Sql,
  paymentId: string,
  documentId: string,
): Promise<PayerMail[]> {
  const { rows } = await tx.query<PayerMail>(
    `SELECT ${COLUMNS} FROM mails WHERE payment_id = $1 AND document_id = $2 ORDER BY created_at DESC, id DESC`,
    [paymentId, documentId],
  );
  return rows;
}

/** The last mail that asked for a payment or reminded of it. */
export async function findLastRequestMail(tx: Sql, paymentId: string): Promise<PayerMail | null> {
  const { rows } = await tx.query<PayerMail>(
    `SELECT ${COLUMNS} FROM mails WHERE payment_id = $1 AND kind <> 'document' ORDER BY created_at DESC, id DESC LIMIT 1`,
    [paymentId],
  );
  return rows[0] ?? null;
}

/** When the reader of this address was last asked, for whichever payment, by the app or on its behalf. */
export async function findLastAsking(tx: Sql, workspaceId: string, recipient: string): Promise<Date | null> {
  const { rows } = await tx.query<{ at: Date | null }>(
    `SELECT max(coalesce(asked_at, created_at)) AS at FROM mails
     WHERE workspace_id = $1 AND lower(recipient) = lower($2) AND kind IN ('request', 'reminder')`,
    [workspaceId, recipient],
  );
  return rows[0]?.at ?? null;
}

/**
 * How long a payment request by mail must wait because another one to its address is out or being sent; null if it
 * may go. Mails to one address wait for each other here until the transaction ends.
 */
export async function waitForTurn(
  tx: Sql,
  mail: Pick<MailRow, 'id' | 'workspaceId' | 'recipient'>,
  coolDownMs: number,
): Promise<Date | null> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('asking/' || $1 || '/' || lower($2), 0))`, [
    mail.workspaceId,
    mail.recipient,
  ]);
  const { rows } = await tx.query<{ until: Date | null }>(
    `SELECT max(CASE status WHEN 'sending' THEN now() ELSE sent_at END) + make_interval(secs => $4) AS until FROM mails
     WHERE workspace_id = $2 AND lower(recipient) = lower($3) AND kind IN ('request', 'reminder') AND id <> $1
       AND (status = 'sending' OR sent_at > now() - make_interval(secs => $4))`,
    [mail.id, mail.workspaceId, mail.recipient, coolDownMs / 1_000],
  );
  return rows[0]?.until ?? null;
}

/**
 * Makes a waiting mail due now, because the app asked. A mail that is being sent is left alone. False if it is over.
 */
export async function hastenMail(tx: Sql, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE mails SET due_at = least(due_at, now()), asked_at = now() WHERE id = $1 AND status IN ('due', 'sending')`,
    [id],
  );
  return rowCount === 1;
}

/** How long one try may take. After that its worker counts as dead. */
const LEASE_SECONDS = 180;

/**
 * Takes the mail that has been due longest. A mail still marked `sending` belonged to a worker that died: it may have
 * gone out, and is counted so. System role.
 */
export async function claimDueMail(sql: Sql): Promise<MailRow | null> {
  const { rows } = await sql.query<MailRow>(
    `UPDATE mails SET lease_until = now() + make_interval(secs => $1), status = 'due',
       lost_answers = lost_answers + CASE status WHEN 'sending' THEN 1 ELSE 0 END
     WHERE id = (SELECT id FROM mails WHERE status IN ('due', 'sending') AND due_at <= now()
                   AND (lease_until IS NULL OR lease_until < now())
                 ORDER BY due_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
     RETURNING ${COLUMNS}`,
    [LEASE_SECONDS],
  );
  return rows[0] ?? null;
}

/** Delays a mail that cannot be written yet, without counting a try. */
export async function postponeMail(tx: Sql, id: string, dueAt: Date): Promise<void> {
  await tx.query(`UPDATE mails SET due_at = $2, lease_until = NULL WHERE id = $1 AND status = 'due'`, [
    id,
    dueAt,
  ]);
}

/** Recorded before the mail server is told anything: from here on the message may reach the payer. */
export async function markSending(tx: Sql, id: string): Promise<void> {
  await tx.query(`UPDATE mails SET status = 'sending', attempts = attempts + 1 WHERE id = $1`, [id]);
}

/** The try failed; another one follows. */
export async function retryMail(
  tx: Sql,
  id: string,
  next: { readonly dueAt: Date; readonly error: string; readonly isAnswerLost: boolean },
): Promise<void> {
  await tx.query(
    `UPDATE mails SET status = 'due', due_at = $2, lease_until = NULL, last_error = $3,
       lost_answers = lost_answers + CASE WHEN $4 THEN 1 ELSE 0 END WHERE id = $1`,
    [id, next.dueAt, next.error, next.isAnswerLost],
  );
}

/** The end of a mail. `error` is a code or sentence, of ours or of the mail server; null if there is none. */
export async function closeMail(
  tx: Sql,
  id: string,
  status: Exclude<MailStatus, 'due' | 'sending'>,
  error: string | null,
): Promise<void> {
  await tx.query(
    `UPDATE mails SET status = $2, lease_until = NULL, last_error = coalesce($3, last_error),
       sent_at = CASE WHEN $2 = 'sent' THEN now() END WHERE id = $1`,
    [id, status, error],
  );
}
