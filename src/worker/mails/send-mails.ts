import { claimDueMail, markSending, postponeMail, waitForTurn } from '../../db/mails.ts';
import type { MailRow } from '../../db/mails.ts';
import type { Pool, Sql } from '../../db/pool.ts';
import type { Queue } from '../../db/queue.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { ASKING_COOL_DOWN_MS } from '../../domain/payment-request.ts';
import type { Logger } from '../../logger.ts';
import { delayMail, endMail } from './mail-fates.ts';
import type { End } from './mail-fates.ts';
import { readMailContent, decideVariant } from './send-mail-content.ts';
import type { ContentDeps, MailContent } from './send-mail-content.ts';
import { MailError } from './send-mail.ts';
import type { Letter, MailServer } from './send-mail.ts';

interface Deps extends ContentDeps {
  readonly pool: Pool;
  readonly queue: Pick<Queue, 'enqueue'>;
  readonly mailServer: MailServer;
  readonly logger: Logger;
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
      await end(deps, mail, { status: 'unconfirmed' });
      return;
    }
    mail = await inWorkspace(deps.pool, due.workspaceId, (tx) => decideVariant(tx, due));
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

function end({ pool }: Deps, mail: MailRow, how: End): Promise<void> {
  return inWorkspace(pool, mail.workspaceId, (tx) => endMail(tx, mail, how));
}

/** Grows with the age of the mail: a browser that is missing for days is not asked for every second. */
async function putOff(deps: Deps, mail: MailRow, why: Exclude<MailContent['kind'], 'ready'>): Promise<void> {
  if (why === 'pointless' || why === 'no_file') {
    await end(
      deps,
      mail,
      why === 'pointless' ? { status: 'dropped' } : { status: 'failed', hasNoFile: true },
    );
    return;
  }
  if (why === 'not_printed' && mail.kind === 'document') {
    const { workspaceId, documentId, variant } = mail;
    if (documentId === null || variant === null) return;
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
    await inWorkspace(deps.pool, mail.workspaceId, (tx) => noteFailure(tx, mail, failure));
    return;
  }
  await insist(() => end(deps, mail, { status: 'sent', isAttached: letter.attachment !== null }));
}

/** False if the payer was asked too recently: then the mail waits. */
async function takeTurn(tx: Sql, mail: MailRow): Promise<boolean> {
  const isAsking = mail.kind === 'request' || mail.kind === 'reminder';
  const until = isAsking ? await waitForTurn(tx, mail, ASKING_COOL_DOWN_MS) : null;
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

async function noteFailure(tx: Sql, mail: MailRow, failure: MailError): Promise<void> {
  const { message: error, isAnswerLost } = failure;
  const pause = PAUSES[mail.attempts];
  if (failure.isFinal || pause === undefined) {
    await endMail(tx, mail, { status: 'failed', error });
    return;
  }
  if (isAnswerLost && mail.lostAnswers + 1 >= MOST_LOST_ANSWERS) {
    await endMail(tx, mail, { status: 'unconfirmed', error });
    return;
  }
  const dueAt = new Date(Date.now() + pause * SECOND);
  await delayMail(tx, mail, { dueAt, error, isAnswerLost });
}
