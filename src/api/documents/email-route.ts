import type { Request, RequestHandler } from 'express';
import { whyNotMailed } from '../../db/mailed-originals.ts';
import { hastenMail, insertMail, listDocumentMails } from '../../db/mails.ts';
import { lockPayment } from '../../db/payments.ts';
import { findDocument } from '../../db/tax-documents.ts';
import { inWorkspace } from '../../db/transaction.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import type { PayerMail } from '../../db/mails.ts';
import type { Sql } from '../../db/pool.ts';
import type { DocumentRow } from '../../db/tax-documents.ts';
import { fieldProblem, Problem } from '../../domain/problems.ts';
import { isId, newId } from '../../domain/ids.ts';
import type { ApiContext } from '../context.ts';
import { actorOf, workspaceHolding } from '../http/authenticate.ts';
import { readBody } from '../http/read-input.ts';
import { answerGone, optionalUse } from '../http/idempotency.ts';
import { findSentBefore } from '../http/once.ts';
import { sendLater } from '../http/send-later.ts';
import { getDocument } from './document-access.ts';
import { emailBody } from './document-schema.ts';
import type { OwedMailJson } from './document-schema.ts';

/** A document is not mailed again within this time. The first, automatic mail does not count. */
const COOL_DOWN_MS = 60_000;

interface MailOrder {
  readonly document: DocumentRow;
  readonly recipient: string;
}

/**
 * `POST /v1/documents/{id}/email { email? }`: mails the document to the address of the customer, or to another one.
 * The mail waits for the print. It has a copy, unless the original has not left in any way yet, is to leave by mail,
 * and its recipient consented to that.
 */
export function createEmailRoute(context: ApiContext): RequestHandler<{ id: string }> {
  const { pool } = context;
  return async (request, response) => {
    const { id } = request.params;
    const workspaceId = await workspaceHolding(
      context,
      request,
      'documents:write',
      async (tx) => isId('document', id) && (await findDocument(tx, id)) !== null,
    );
    const { email } = readBody(request, emailBody);
    const owed = await inWorkspace(pool, workspaceId, async (tx) => {
      const { paymentId } = await getDocument(tx, id);
      const payment = await lockPayment(tx, paymentId);
      const recipient = email ?? payment?.customer?.email;
      if (recipient === undefined)
        throw fieldProblem(
          '#/email',
          'enter an address: the customer of this document has no e-mail address',
        );
      const order = { document: await getDocument(tx, id), recipient };
      const use = optionalUse(request, workspaceId, `POST /v1/documents/${id}/email`);
      if ((await findSentBefore(tx, use, id)) !== null) return lastMail(tx, order);
      return mail(context, tx, request, order);
    });
    sendLater(response, `/v1/documents/${id}`, owed);
  };
}

/**
 * Queues the mail, or makes a waiting one due now. The caller has locked the payment.
 * @throws Problem rate_limited
 */
async function mail(context: ApiContext, tx: Sql, request: Request, order: MailOrder): Promise<OwedMailJson> {
  const { document, recipient } = order;
  const { id: documentId, paymentId, workspaceId } = document;
  const earlier = await listDocumentMails(tx, paymentId, documentId);
  checkCoolDown(earlier);
  const entry = { workspaceId, action: 'document.email_asked', subjectId: documentId, detail: {} };
  await context.audit(tx, { ...actorOf(request), ...entry });
  for (const { id, variant } of earlier.filter((one) => one.recipient === recipient)) {
    if (await hastenMail(tx, id)) return { id, documentId, variant, status: 'due' };
  }
  const id = newId('mail');
  const variant = await chooseVariant(tx, order, earlier);
  await insertMail(tx, {
    id,
    workspaceId,
    paymentId,
    kind: 'document',
    documentId,
    variant,
    recipient,
    locale: document.content.locale,
    isAsked: true,
  });
  return { id, documentId, variant, status: 'due' };
}

/** How the mail stands that this document was last sent in to this address. */
async function lastMail(tx: Sql, { document, recipient }: MailOrder): Promise<OwedMailJson> {
  const { id: documentId, paymentId } = document;
  const mails = await listDocumentMails(tx, paymentId, documentId);
  const last = mails.find((one) => one.recipient === recipient);
  // Its address was erased.
  if (last === undefined) throw answerGone(documentId);
  return { id: last.id, documentId, variant: last.variant, status: last.status };
}

function checkCoolDown(earlier: readonly PayerMail[]): void {
  const lastAt = Math.max(...earlier.map(({ askedAt }) => askedAt?.getTime() ?? 0));
  const leftMs = lastAt + COOL_DOWN_MS - Date.now();
  if (leftMs <= 0) return;
  throw new Problem('rate_limited', 'this document was mailed a moment ago', {
    retryAfterSeconds: Math.ceil(leftMs / 1_000),
  });
}

/**
 * The original leaves once. It leaves by mail if the workspace mails receipts, its recipient consented, its file is a
 * computerised document, and no other mail has it or had it.
 */
async function chooseVariant(
  tx: Sql,
  { document, recipient }: MailOrder,
  earlier: readonly PayerMail[],
): Promise<'original' | 'copy'> {
  const workspace = await findWorkspace(tx, document.workspaceId);
  const isTaken = earlier.some(({ variant, status }) => variant === 'original' && status !== 'failed');
  const isStillHere = document.originalLeftAt === null && !isTaken;
  const isWanted =
    workspace?.receipt.email === true && (await whyNotMailed(tx, document, recipient)) === null;
  return isWanted && isStillHere ? 'original' : 'copy';
}
