import { ERASED } from '../domain/erasure.ts';
import type { ErasedFields, Identifiers, NamesThem, PersonalFields } from '../domain/erasure.ts';
import type { Outcome, PaymentStatus, ReviewReason } from '../domain/payment.ts';
import { deletePieces } from './export-pieces.ts';
import { OWES_INVOICE } from './invariants/invariant.ts';
import type { PayerMail } from './mails.ts';
import { NO_INVOICE_POSSIBLE } from './manual-payments.ts';
import type { Sql } from './pool.ts';

/** A payment about a person, with what keeps it from being erased now. */
export interface PersonalRow extends PersonalFields {
  readonly id: string;
  readonly provider: string;
  readonly status: PaymentStatus;
  readonly outcome: Outcome;
  readonly review: ReviewReason | null;
  /** The tax years of its documents, one entry a document. */
  readonly fiscalYears: readonly number[];
  readonly documentIds: readonly string[];
  readonly refundIds: readonly string[];
  /** Its money, or its credit document, is still to come. */
  readonly hasPendingRefund: boolean;
  /** The tax invoice of its cheques is still to come, and will name the payer. */
  readonly owesInvoice: boolean;
  readonly hasOpenDispute: boolean;
}

/**
 * Every payment of the workspace that bears one of these identifiers, of the payer or the patient, locked until the transaction
 * ends. It reads all payments of the workspace: who erases is seldom, and an index on addresses would cost every payment.
 */
export async function lockPaymentsOf(tx: Sql, workspaceId: string, by: Identifiers): Promise<PersonalRow[]> {
  const values = [workspaceId, by.email, by.phone, by.taxId, by.subject].map((value) => value ?? null);
  const { rows: locked } = await tx.query<{ id: string }>(
    `SELECT id FROM payments WHERE workspace_id = $1
       AND (lower(customer ->> 'email') = lower($2) OR customer ->> 'phone' = $3 OR customer ->> 'taxId' = $4
         OR patient ->> 'taxId' = $4 OR subject = $5)
     ORDER BY id FOR NO KEY UPDATE`,
    values,
  );
  const { rows } = await tx.query<PersonalRow>(
    `SELECT id, provider, status, outcome, review, reference, subject, description, vat_reason AS "vatReason", items,
       customer, patient, metadata, success_url AS "successUrl", cancel_url AS "cancelUrl",
       ARRAY(SELECT fiscal_year FROM tax_documents d WHERE d.payment_id = p.id) AS "fiscalYears",
       ARRAY(SELECT d.id FROM tax_documents d WHERE d.payment_id = p.id) AS "documentIds",
       ARRAY(SELECT r.id FROM refunds r WHERE r.payment_id = p.id) AS "refundIds",
       EXISTS (SELECT FROM refunds r WHERE r.payment_id = p.id AND (r.status = 'pending' OR r.credit_waits)) AS "hasPendingRefund",
       EXISTS (SELECT FROM tax_documents d WHERE d.payment_id = p.id AND ${OWES_INVOICE}
         AND NOT EXISTS (SELECT FROM review_questions q WHERE q.payment_id = p.id AND q.subject = $2 AND q.answered_at IS NOT NULL)) AS "owesInvoice",
       EXISTS (SELECT FROM disputes d WHERE d.payment_id = p.id AND d.closed_at IS NULL) AS "hasOpenDispute"
     FROM payments p WHERE id = ANY($1) ORDER BY id`,
    [locked.map(({ id }) => id), NO_INVOICE_POSSIBLE],
  );
  return rows;
}

/**
 * Writes what is left of a payment. The caller has locked it. From then on triggers keep nothing of what the vendor tells of the
 * payer: contents of webhooks, and the name on transactions.
 */
export async function storeErased(tx: Sql, id: string, fields: ErasedFields): Promise<void> {
  const { items, customer, metadata } = fields;
  await tx.query(
    `UPDATE payments SET reference = $2, description = $3, vat_reason = $4, items = $5, customer = $6, metadata = $7,
       success_url = $8, cancel_url = $9, subject = NULL, patient = NULL, print_patient = false, session_dates = '{}',
       erased_at = now()
     WHERE id = $1`,
    [
      id,
      fields.reference,
      fields.description,
      fields.vatReason,
      items === null ? null : JSON.stringify(items),
      customer === null ? null : JSON.stringify(customer),
      JSON.stringify(metadata),
      fields.successUrl,
      fields.cancelUrl,
    ],
  );
}

/** What people wrote about these payments: reasons of refunds and decisions, notes on money taken by hand. */
export interface Remark {
  readonly table: 'refunds' | 'review_resolutions' | 'manual_payments' | 'late_reasons';
  readonly id: string;
  readonly text: string;
}

/** Every remark of these payments; a payment may have several. */
export async function listRemarks(tx: Sql, paymentIds: readonly string[]): Promise<Remark[]> {
  const { rows } = await tx.query<Remark>(
    `SELECT 'refunds' AS table, id, reason AS text FROM refunds WHERE payment_id = ANY($1)
     UNION ALL SELECT 'review_resolutions', id, reason FROM review_resolutions WHERE payment_id = ANY($1)
     UNION ALL SELECT 'manual_payments', payment_id, notes FROM manual_payments WHERE payment_id = ANY($1) AND notes IS NOT NULL
     UNION ALL SELECT 'late_reasons', payment_id, late_reason FROM manual_payments WHERE payment_id = ANY($1) AND late_reason IS NOT NULL`,
    [paymentIds],
  );
  return rows;
}

const REMARKS: Readonly<Record<Remark['table'], string>> = {
  refunds: 'UPDATE refunds SET reason = $2 WHERE id = ANY($1)',
  review_resolutions: 'UPDATE review_resolutions SET reason = $2 WHERE id = ANY($1)',
  manual_payments: 'UPDATE manual_payments SET notes = $2 WHERE payment_id = ANY($1)',
  late_reasons: 'UPDATE manual_payments SET late_reason = $2 WHERE payment_id = ANY($1)',
};

/** Replaces remarks by `text`. */
export async function replaceRemarks(tx: Sql, remarks: readonly Remark[], text: string): Promise<void> {
  for (const [table, list] of Map.groupBy(remarks, ({ table }) => table))
    await tx.query(REMARKS[table], [list.map(({ id }) => id), text]);
}

/** Body, headers and sender's address of the webhooks of these payments, and the payer's name as the vendor told it. */
export async function emptyWebhooks(tx: Sql, paymentIds: readonly string[]): Promise<number> {
  await tx.query(
    'UPDATE provider_transactions SET payer_name = NULL WHERE payment_id = ANY($1) AND payer_name IS NOT NULL',
    [paymentIds],
  );
  const { rowCount } = await tx.query(
    `UPDATE provider_events SET body_sealed = NULL, headers_sealed = NULL, remote_address = NULL
     WHERE payment_id = ANY($1) AND (body_sealed IS NOT NULL OR headers_sealed IS NOT NULL OR remote_address IS NOT NULL)`,
    [paymentIds],
  );
  return rowCount ?? 0;
}

/** What endpoints answered to events of these payments, and to events about no payment where `names` says so. */
export async function emptyEndpointAnswers(
  tx: Sql,
  workspaceId: string,
  { paymentIds, names }: { readonly paymentIds: readonly string[]; readonly names: NamesThem },
): Promise<number> {
  const { rows } = await tx.query<{ id: string; answer: string; isTheirs: boolean }>(
    `SELECT a.id, a.answer, e.payment_id IS NOT NULL AS "isTheirs" FROM events e JOIN event_attempts a ON a.event_id = e.id
     WHERE e.workspace_id = $1 AND (e.payment_id = ANY($2) OR e.payment_id IS NULL) AND a.answer IS NOT NULL`,
    [workspaceId, paymentIds],
  );
  const ids = rows.filter(({ answer, isTheirs }) => isTheirs || names(answer)).map(({ id }) => id);
  await tx.query('UPDATE event_attempts SET answer = NULL WHERE id = ANY($1)', [ids]);
  return ids.length;
}

/** Stored answers about these payments and refunds. Their keys stay used, so that nothing is made or paid back twice. */
export async function emptyStoredAnswers(
  tx: Sql,
  workspaceId: string,
  resourceIds: readonly string[],
): Promise<number> {
  const { rowCount } = await tx.query(
    `UPDATE idempotency_keys SET response_sealed = NULL
     WHERE workspace_id = $1 AND resource_id = ANY($2) AND response_sealed IS NOT NULL`,
    [workspaceId, resourceIds],
  );
  return rowCount ?? 0;
}

/** What is left of the bank's details of a cheque: the day on which it is due, and that it was a cheque. */
const ERASED_CHECK = { bank: ERASED, branch: ERASED, account: ERASED, number: ERASED };

/**
 * Bank, branch, account and number of the cheques of payments without a document: a document bears them by law. Of these
 * payments nothing was recorded, so no transaction has them either.
 */
export async function eraseChecks(tx: Sql, paymentIds: readonly string[]): Promise<void> {
  await tx.query(
    `UPDATE manual_payments m SET check_details = check_details || $2::jsonb,
       means = (SELECT jsonb_agg(CASE WHEN row ? 'check' THEN row || jsonb_build_object('check', row -> 'check' || $2::jsonb) ELSE row END
                  ORDER BY place)
                FROM jsonb_array_elements(means) WITH ORDINALITY AS rows(row, place))
     WHERE payment_id = ANY($1) AND NOT EXISTS (SELECT FROM tax_documents d WHERE d.payment_id = m.payment_id)`,
    [paymentIds, JSON.stringify(ERASED_CHECK)],
  );
}

/**
 * Files that are about these payments alone. One that waits or is being made is not made any more. A worker deletes the others
 * within seconds.
 */
export async function endStatements(
  tx: Sql,
  workspaceId: string,
  paymentIds: readonly string[],
): Promise<number> {
  // Waits for a piece that is just being stored, so that it is found below.
  const { rows } = await tx.query<{ id: string; isUnmade: boolean }>(
    `UPDATE exports SET expires_at = CASE WHEN status = 'completed' THEN now() END,
       status = CASE WHEN status IN ('queued', 'running') THEN 'cancelled' ELSE status END
     WHERE workspace_id = $1 AND options ->> 'paymentId' = ANY($2) AND (expires_at > now() OR status IN ('queued', 'running'))
     RETURNING id, status = 'cancelled' AS "isUnmade"`,
    [workspaceId, paymentIds],
  );
  for (const { id } of rows.filter(({ isUnmade }) => isUnmade)) await deletePieces(tx, id, null);
  return rows.length;
}

/** A mail to a payer. */
export interface PersonalMail extends Pick<
  PayerMail,
  'id' | 'paymentId' | 'kind' | 'documentId' | 'variant'
> {
  /** It has not ended. */
  readonly isWaiting: boolean;
  /** It is just being sent. */
  readonly isBusy: boolean;
}

/** A mail to a payer about these payments, or to this address, locked until the transaction ends. */
export async function lockMailsOf(
  tx: Sql,
  workspaceId: string,
  { paymentIds, email }: { readonly paymentIds: readonly string[]; readonly email: string | undefined },
): Promise<PersonalMail[]> {
  const { rows } = await tx.query<PersonalMail>(
    `SELECT id, payment_id AS "paymentId", kind, document_id AS "documentId", variant, status IN ('due', 'sending') AS "isWaiting",
       status IN ('due', 'sending') AND coalesce(lease_until > now(), false) AS "isBusy"
     FROM mails WHERE workspace_id = $1 AND payment_id IS NOT NULL AND (payment_id = ANY($2) OR lower(recipient) = lower($3))
       AND recipient NOT LIKE 'erased %' ORDER BY id FOR NO KEY UPDATE`,
    [workspaceId, paymentIds, email ?? null],
  );
  return rows;
}

/**
 * Takes the address out of these mails. One that waits is not sent. If the mail server may have taken it already, the
 * original of its document has left. A document's mails are told apart by their address.
 */
export async function eraseMails(tx: Sql, ids: readonly string[]): Promise<void> {
  await tx.query(
    `UPDATE tax_documents SET original_left_at = now() WHERE original_left_at IS NULL AND id IN (
       SELECT document_id FROM mails WHERE id = ANY($1) AND variant = 'original'
         AND (status = 'sending' OR (status = 'due' AND lost_answers > 0)))`,
    [ids],
  );
  await tx.query(
    `UPDATE mails SET recipient = 'erased ' || id, last_error = NULL, lease_until = NULL,
       status = CASE WHEN status IN ('due', 'sending') THEN 'dropped' ELSE status END
     WHERE id = ANY($1)`,
    [ids],
  );
}

/** Until when the last file of this workspace lies there that was made before; null if there is none. */
export async function lastFileExpiry(
  tx: Sql,
  workspaceId: string,
): Promise<{ count: number; until: Date | null }> {
  const { rows } = await tx.query<{ count: number; until: Date | null }>(
    'SELECT count(*)::int AS count, max(expires_at) AS until FROM exports WHERE workspace_id = $1 AND expires_at > now()',
    [workspaceId],
  );
  return rows[0] ?? { count: 0, until: null };
}

/** The invoice services that these documents were pushed to. */
export async function listServicesOf(tx: Sql, documentIds: readonly string[]): Promise<string[]> {
  const { rows } = await tx.query<{ service: string }>(
    `SELECT DISTINCT service FROM invoice_pushes WHERE document_id = ANY($1) AND status = 'pushed'`,
    [documentIds],
  );
  return rows.map(({ service }) => service);
}
