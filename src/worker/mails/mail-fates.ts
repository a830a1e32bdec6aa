import { closeMail, retryMail } from '../../db/mails.ts';
import type { AccountantMail, MailRow, MailStatus, PayerMail } from '../../db/mails.ts';
import { lockPayment } from '../../db/payments.ts';
import type { Sql } from '../../db/pool.ts';
import { markOriginalLeft } from '../../db/tax-documents.ts';
import type { MonthFailure } from '../../domain/accountant-month.ts';
import type { CopyReason } from '../../domain/payer.ts';
import type { OutgoingEvent } from '../../history/event-facts.ts';
import { tell, tellWorkspaces } from '../../history/tell.ts';
import { whyCopied } from './send-mail-content.ts';

// What becomes of a mail, and who is told: the timeline of the payment, or the workspace where it is the accountant's.

/** How a mail ended. */
export interface End {
  readonly status: Exclude<MailStatus, 'due' | 'sending'>;
  readonly error?: string;
  /** To the accountant: whether the file was in it, and whether there is none. */
  readonly isAttached?: boolean;
  readonly hasNoFile?: boolean;
}

/** Ends a mail and everything that follows from it: the original has left, the app learns that the payer was asked. */
export function endMail(tx: Sql, mail: MailRow, end: End): Promise<void> {
  return mail.kind === 'accountant_month' ? endMonth(tx, mail, end) : endPayerMail(tx, mail, end);
}

/** The try failed; another one follows. The timeline reports trouble once, and then the end. */
export async function delayMail(
  tx: Sql,
  mail: MailRow,
  next: { readonly dueAt: Date; readonly error: string; readonly isAnswerLost: boolean },
): Promise<void> {
  if (mail.kind !== 'accountant_month') await lockPaymentOf(tx, mail);
  await retryMail(tx, mail.id, next);
  if (mail.kind !== 'accountant_month' && mail.attempts === 0)
    await tellFate(tx, mail, { fate: 'mail_delayed', error: next.error });
}

/** Before its mail, as the API does: another order could deadlock. */
async function lockPaymentOf(tx: Sql, mail: PayerMail) {
  const payment = await lockPayment(tx, mail.paymentId);
  if (payment === null) throw new Error(`the payment of mail ${mail.id} was not found`);
  return payment;
}

async function endPayerMail(tx: Sql, mail: PayerMail, { status, error }: End): Promise<void> {
  const payment = await lockPaymentOf(tx, mail);
  const mayHaveArrived = status === 'sent' || status === 'unconfirmed' || mail.lostAnswers > 0;
  await closeMail(tx, mail.id, status, error ?? null);
  if (mayHaveArrived && mail.variant === 'original' && mail.documentId !== null)
    await markOriginalLeft(tx, mail.documentId);
  const facts = { status: payment.status, isReminder: mail.kind === 'reminder' };
  const isAsked = status === 'sent' && mail.kind !== 'document';
  const events = isAsked ? [{ type: 'payment.request_sent' as const, facts }] : [];
  await tellFate(tx, mail, { fate: `mail_${status}`, error: error ?? null, events });
}

async function endMonth(
  tx: Sql,
  mail: AccountantMail,
  { status, error, isAttached = false, hasNoFile = false }: End,
): Promise<void> {
  const { workspaceId, month, exportId, lostAnswers } = mail;
  await closeMail(tx, mail.id, status, error ?? null);
  // Who switched it off knows.
  if (status === 'dropped') return;
  const mayHaveArrived = status === 'unconfirmed' || lostAnswers > 0;
  const reason: MonthFailure = hasNoFile ? 'no_file' : mayHaveArrived ? 'unconfirmed' : 'not_sent';
  const event: OutgoingEvent =
    status === 'sent'
      ? { type: 'accountant_month.sent', facts: { month, exportId, isAttached } }
      : { type: 'accountant_month.failed', facts: { month, exportId, reason } };
  await tellWorkspaces(tx, [workspaceId], event);
}

const WHY_COPY: Readonly<Record<CopyReason, string>> = {
  consent: 'the payer did not consent to computerised documents (consent)',
  unsigned: 'the file is not signed (unsigned)',
  means: 'the signature is not of the grade that the means of payment need (means)',
};

type Fate = 'mail_delayed' | `mail_${End['status']}`;

const CARGO: Readonly<Record<PayerMail['kind'], string>> = {
  document: 'The document',
  request: 'The payment request',
  reminder: 'The reminder',
};

const FATES: Readonly<Record<Fate, string>> = {
  mail_sent: 'was mailed to the payer',
  mail_delayed: 'could not be mailed yet and will be tried again',
  mail_failed: 'could not be mailed and is not tried again',
  mail_unconfirmed:
    'may have been mailed: the mail server confirmed neither of two tries. Send it again if it did not arrive',
  mail_dropped: 'was not mailed: there is nothing to pay now, or its document was cancelled',
};

async function tellFate(
  tx: Sql,
  mail: PayerMail,
  { fate, error, events }: { fate: Fate; error: string | null; events?: readonly OutgoingEvent[] },
): Promise<void> {
  const { documentId, variant } = mail;
  const why = await whyCopied(tx, mail);
  const because = why === null ? '' : `. The original was not mailed: ${WHY_COPY[why]}`;
  await tell(tx, mail, {
    kind: fate,
    summary: `${CARGO[mail.kind]} ${FATES[fate]}${error === null ? '' : ` (${error})`}${because}`,
    detail: {
      mailId: mail.id,
      ...(documentId === null ? {} : { documentId, variant }),
      ...(why === null ? {} : { why }),
    },
    ...(events === undefined ? {} : { events }),
  });
}
