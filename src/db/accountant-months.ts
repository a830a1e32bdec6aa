import type { AccountantMonth, Month } from '../domain/accountant-month.ts';
import type { AccountantMail } from './mails.ts';
import type { Sql } from './pool.ts';

/** A workspace whose accountant gets each month by mail. */
export interface MailingWorkspace {
  readonly workspaceId: string;
  readonly timeZone: string;
  readonly accountantMonth: AccountantMonth;
  /** The last month that was ordered. */
  readonly lastMonth: Month | null;
}

const LAST_MONTH = `(SELECT max(month) FROM mails WHERE workspace_id = w.id AND kind = 'accountant_month')`;

/** All of them. System role. */
export async function listMailingWorkspaces(sql: Sql): Promise<MailingWorkspace[]> {
  const { rows } = await sql.query<MailingWorkspace>(
    `SELECT id AS "workspaceId", time_zone AS "timeZone", accountant_month AS "accountantMonth", ${LAST_MONTH} AS "lastMonth"
     FROM workspaces w WHERE accountant_month IS NOT NULL ORDER BY id`,
  );
  return rows;
}

/** The last month that was ordered, for whoever holds the workspace locked. */
export async function findLastMonth(tx: Sql, workspaceId: string): Promise<Month | null> {
  const { rows } = await tx.query<{ lastMonth: Month | null }>(
    `SELECT ${LAST_MONTH} AS "lastMonth" FROM workspaces w WHERE id = $1`,
    [workspaceId],
  );
  return rows[0]?.lastMonth ?? null;
}

/** The setting was switched off: no mail that waits goes to anybody. One that a worker holds at this moment ends by itself. */
export async function dropAccountantMails(tx: Sql, workspaceId: string): Promise<void> {
  await tx.query(
    `UPDATE mails SET status = 'dropped' WHERE workspace_id = $1 AND kind = 'accountant_month' AND status = 'due'
       AND (lease_until IS NULL OR lease_until < now())`,
    [workspaceId],
  );
}

/** Queues the mail of a month. A second one of the same month breaks the unique index. */
export async function insertAccountantMail(
  tx: Sql,
  mail: Pick<AccountantMail, 'id' | 'workspaceId' | 'month' | 'exportId' | 'recipient' | 'locale'>,
): Promise<void> {
  await tx.query(
    `INSERT INTO mails (id, workspace_id, kind, month, export_id, recipient, locale)
     VALUES ($1, $2, 'accountant_month', $3, $4, $5, $6)`,
    [mail.id, mail.workspaceId, mail.month, mail.exportId, mail.recipient, mail.locale],
  );
}
