import {
  claimDueMail,
  closeMail,
  markSending,
  postponeMail,
  retryMail,
  waitForTurn,
} from '../../db/mails.ts';
import type { MailRow, MailStatus } from '../../db/mails.ts';
import { lockPayment } from '../../db/payments.ts';
import type { PaymentRow } from '../../db/payments.ts';
import type { Pool, Sql } from '../../db/pool.ts';
import type { Queue } from '../../db/queue.ts';
import { markOriginalLeft } from '../../db/tax-documents.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { CopyReason } from '../../domain/payer.ts';
import { ASKING_COOL_DOWN_MS } from '../../domain/payment-request.ts';
import type { OutgoingEvent } from '../../history/event-facts.ts';
import { tell } from '../../history/tell.ts';
import type { Logger } from '../../logger.ts';
import type { Secrets } from '../../secrets.ts';
import { readMailContent, settleVariant, whyCopied } from './send-mail-content.ts';
import type { MailContent } from './send-mail-content.ts';
import { MailError } from './send-mail.ts';
import type { Letter, MailServer } from './send-mail.ts';

interface Deps {
  readonly pool: Pool;
  readonly secrets: Secrets;
  readonly queue: Pick<Queue, 'enqueue'>;
  readonly mailServer: MailServer;
  readonly logger: Logger;
  readonly publicUrl: string;
}

/**
 * How many mails are sent at once, and how many one sweep takes, so that a backlog does not delay the end of a
 * process.
 */
const LANES = 4;
const MAILS_A_LANE = 25;

const SECOND = 1_000;
/** Seconds between tries: short at first, then longer, three days in all. */
const PAUSES = [5, 20, 60, 300, 900, 3_600, 10_800, 21_600, 43_200, 86_400, 86_400];
/**
 * Pauses between tries to record that a mail went out; together well within the time limit of its worker
 * (db/mails.ts).
 */
const NOTING_PAUSES_MS = [SECOND, 2 * SECOND, 4 * SECOND, 8 * SECOND];
/** Something failed on our side. */
const TROUBLE_MS = 30 * SECOND;

/**
 * A mail whose answer was lost may have arrived. It is sent once more, with the same Message-ID, by which mail
 * programs and servers recognise it. It is never sent a third time.
 */
const MOST_LOST_ANSWERS = 2;

/** Sends due mails. Several processes share the work; nothing else waits for it. */
export async function sendDueMails(deps: Deps): Promise<void> {
  const first = await claimDueMail(deps.pool);
  if (first === null) return;
  const lanes = Array.from({ length: LANES }, (_, index) => runLane(deps, index === 0 ? first : null));
  await Promise.all(lanes);
}

async function runLane(deps: Deps, first: MailRow | null): Promise<void> {
  for (let count = 0, mail = first; count < MAILS_A_LANE; count += 1, mail = null) {
    const due = mail ?? (await claimDueMail(deps.pool));
    if (due === null) return;
    await attend(deps, due);
  }
}

/** One mail. Its failure does not delay others. */
async function attend(deps: Deps, due: MailRow): Promise<void> {
  let mail = due;
  try {
    if (mail.lostAnswers >= MOST_LOST_ANSWERS) {
      await conclude(deps, mail, (tx, payment) => close(tx, mail, payment, { status: 'unconfirmed' }));
      return;
    }
    mail = await inWorkspace(deps.pool, due.workspaceId, (tx) => settleVariant(tx, due));
    const content = await inWorkspace(deps.pool, mail.workspaceId, (tx) => readMailContent(deps, tx, mail));
    if (content.kind === 'ready') await send(deps, mail, content.letter);
    else await putOff(deps, mail, content.kind);
  } catch (error) {
    deps.logger.warn({ err: error, mailId: mail.id }, 'a mail could not be processed; trying again');
    await postpone(deps, mail, TROUBLE_MS);
  }
}

function postpone({ pool }: Deps, mail: MailRow, delayMs: number): Promise<void> {
  const dueAt = new Date(Date.now() + delayMs);
  return inWorkspace(pool, mail.workspaceId, (tx) => postponeMail(tx, mail.id, dueAt));
}

/** A transaction that locks the payment before its mail, as the API does: another order could deadlock. */
function conclude(
  { pool }: Deps,
  mail: MailRow,
  run: (tx: Sql, payment: PaymentRow) => Promise<void>,
): Promise<void> {
  return inWorkspace(pool, mail.workspaceId, async (tx) => {
    const payment = await lockPayment(tx, mail.paymentId);
    if (payment === null) throw new Error(`the payment of mail ${mail.id} was not found`);
    await run(tx, payment);
  });
}

/** Grows with the age of the mail: a browser that is missing for days is not asked for every second. */
async function putOff(deps: Deps, mail: MailRow, why: Exclude<MailContent['kind'], 'ready'>): Promise<void> {
  const { workspaceId, documentId, variant } = mail;
  if (why === 'pointless') {
    await conclude(deps, mail, (tx, payment) => close(tx, mail, payment, { status: 'dropped' }));
    return;
  }
  if (why === 'not_printed' && documentId !== null && variant !== null) {
    const order = { workspaceId, documentId, variant };
    await deps.queue.enqueue('print_document', order, `${documentId}/${variant}`);
  }
  const ageMs = Date.now() - mail.createdAt.getTime();
  await postpone(deps, mail, Math.min(SECOND + ageMs / 10, 300 * SECOND));
}

/** `sending` is written before the server learns of the mail: a later reader knows that it may have gone out. */
async function send(deps: Deps, mail: MailRow, letter: Letter): Promise<void> {
  if (!(await inWorkspace(deps.pool, mail.workspaceId, (tx) => takeTurn(tx, mail)))) return;
  try {
    await deps.mailServer.send(letter);
  } catch (error) {
    const failure = error instanceof MailError ? error : new MailError('the mail could not be written');
    const facts = { mailId: mail.id, attempt: mail.attempts + 1, why: failure.message };
    deps.logger.warn(facts, 'the mail server did not take a mail');
    await conclude(deps, mail, (tx, payment) => noteFailure(tx, mail, payment, failure));
    return;
  }
  await insist(() => conclude(deps, mail, (tx, payment) => close(tx, mail, payment, { status: 'sent' })));
}

/** False if the payer was asked too recently: then the mail waits. */
async function takeTurn(tx: Sql, mail: MailRow): Promise<boolean> {
  const until = mail.kind === 'document' ? null : await waitForTurn(tx, mail, ASKING_COOL_DOWN_MS);
  await (until === null ? markSending(tx, mail.id) : postponeMail(tx, mail.id, until));
  return until === null;
}

/** A sent mail must be recorded, or it is sent again. So a database that is down for seconds is waited for. */
async function insist(note: () => Promise<void>): Promise<void> {
  for (const pauseMs of NOTING_PAUSES_MS) {
    try {
      await note();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  await note();
}

async function noteFailure(tx: Sql, mail: MailRow, payment: PaymentRow, failure: MailError): Promise<void> {
  const { message: error, isAnswerLost } = failure;
  const pause = PAUSES[mail.attempts];
  if (failure.isFinal || pause === undefined) {
    await close(tx, mail, payment, { status: 'failed', error });
    return;
  }
  if (isAnswerLost && mail.lostAnswers + 1 >= MOST_LOST_ANSWERS) {
    await close(tx, mail, payment, { status: 'unconfirmed', error });
    return;
  }
  const dueAt = new Date(Date.now() + pause * SECOND);
  await retryMail(tx, mail.id, { dueAt, error, isAnswerLost });
  // The timeline reports trouble once, and then the end.
  if (mail.attempts === 0) await tellFate(tx, mail, { fate: 'mail_delayed', error });
}

interface End {
  readonly status: Exclude<MailStatus, 'due' | 'sending'>;
  readonly error?: string;
}

/**
 * Ends a mail and everything that follows from it: the original has left, the app learns that the payer was asked.
 */
async function close(tx: Sql, mail: MailRow, payment: PaymentRow, { status, error }: End): Promise<void> {
  const mayHaveArrived = status === 'sent' || status === 'unconfirmed' || mail.lostAnswers > 0;
  await closeMail(tx, mail.id, status, error ?? null);
  if (mayHaveArrived && mail.variant === 'original' && mail.documentId !== null)
    await markOriginalLeft(tx, mail.documentId);
  const facts = { status: payment.status, isReminder: mail.kind === 'reminder' };
  const isAsked = status === 'sent' && mail.kind !== 'document';
  const events = isAsked ? [{ type: 'payment.request_sent' as const, facts }] : [];
  await tellFate(tx, mail, { fate: `mail_${status}`, error: error ?? null, events });
}

const WHY_COPY: Readonly<Record<CopyReason, string>> = {
  consent: 'the payer did not consent to computerised documents (consent)',
  unsigned: 'the file is not signed (unsigned)',
  means: 'the signature is not of the grade that the means of payment need (means)',
};

type Fate = 'mail_delayed' | `mail_${End['status']}`;

const CARGO: Readonly<Record<MailRow['kind'], string>> = {
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
  mail: MailRow,
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
