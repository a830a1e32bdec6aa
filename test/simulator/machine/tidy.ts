import type pg from 'pg';
import { NO_INVOICE_POSSIBLE } from '../../../src/db/manual-payments.ts';

/**
 * Sweepers look at all workspaces, so what an ended life has left to do must not be found by the next. Rows stay; only what
 * makes them due is taken away, and breakers of vendors' hosts, which all lives share.
 */
const LEAVINGS = [
  'UPDATE provider_events SET due_at = NULL WHERE due_at IS NOT NULL',
  "UPDATE provider_events SET names = NULL WHERE verdict = 'quarantined' AND names IS NOT NULL",
  "UPDATE mails SET status = 'dropped' WHERE status IN ('due', 'sending')",
  'UPDATE provider_transactions SET acknowledge_at = NULL WHERE acknowledge_at IS NOT NULL',
  "UPDATE refunds SET start_claimed_until = 'infinity' WHERE status = 'pending'",
  "UPDATE review_resolutions SET start_claimed_until = 'infinity' WHERE applied_at IS NULL",
  "UPDATE payments SET status = 'failed' WHERE status IN ('creating', 'pending')",
  'UPDATE payment_requests SET owed_since = NULL WHERE owed_since IS NOT NULL',
  'UPDATE invoice_pushes SET allocation_due_at = NULL WHERE allocation_due_at IS NOT NULL',
  // Documents stay as they are; about these a person was asked.
  `INSERT INTO review_questions (workspace_id, payment_id, reason, subject, answered_at)
   SELECT workspace_id, payment_id, 'reconciliation', '${NO_INVOICE_POSSIBLE}', now() FROM manual_payments WHERE invoice_due_on IS NOT NULL
   ON CONFLICT DO NOTHING`,
  'UPDATE manual_payments SET invoice_due_on = NULL WHERE invoice_due_on IS NOT NULL',
  'DELETE FROM circuit_breakers',
];

export async function tidy(owner: pg.Client): Promise<void> {
  await owner.query(LEAVINGS.join('; '));
}

/** When the database itself has something for a sweeper; null: never. */
const NEXT_DUE = `
  SELECT min(at) AS at FROM (
    SELECT min(due_at) AS at FROM provider_events
    UNION ALL SELECT min(due_at) FROM mails WHERE status IN ('due', 'sending')
    UNION ALL SELECT min(acknowledge_at) FROM provider_transactions
    UNION ALL SELECT min(allocation_due_at) FROM invoice_pushes
    UNION ALL SELECT min(created_at) + interval '2 s' FROM refunds WHERE status = 'pending' AND started_at IS NULL
      AND start_claimed_until IS DISTINCT FROM 'infinity'
    UNION ALL SELECT min(created_at) + interval '2 s' FROM review_resolutions WHERE applied_at IS NULL
      AND start_claimed_until IS DISTINCT FROM 'infinity'
    UNION ALL SELECT min(created_at) + interval '60 s' FROM payments WHERE status = 'creating'
    UNION ALL SELECT min(expires_at) + interval '2 h 1 min' FROM payments
      WHERE status IN ('creating', 'pending') AND review IS NULL AND outcome = 'known'
    UNION ALL SELECT min(owed_since) + interval '5 s' FROM payment_requests
  ) AS due WHERE at <> 'infinity'`;

export async function nextDue(owner: pg.Client): Promise<number | null> {
  const { rows } = await owner.query<{ at: Date | null }>({ name: 'next due', text: NEXT_DUE });
  return rows[0]?.at?.getTime() ?? null;
}

/** Which sweepers may find something now; said too often rather than too rarely. */
const WORK = `SELECT
  EXISTS (SELECT 1 FROM provider_events WHERE due_at <= $1 OR (verdict = 'quarantined' AND names IS NOT NULL)) AS "deliver-inbox",
  EXISTS (SELECT 1 FROM refunds WHERE status = 'pending' AND start_claimed_until IS DISTINCT FROM 'infinity'
    AND (started_at IS NULL OR greatest(next_check_at, started_at) < $1::timestamptz - interval '1 hour'))
    OR EXISTS (SELECT 1 FROM review_resolutions WHERE applied_at IS NULL
    AND start_claimed_until IS DISTINCT FROM 'infinity') AS "start-refunds",
  EXISTS (SELECT 1 FROM provider_transactions WHERE acknowledge_at <= $1) AS "acknowledge-charges",
  EXISTS (SELECT 1 FROM payments WHERE status = 'creating') AS "start-stuck-payments",
  EXISTS (SELECT 1 FROM payments WHERE status IN ('creating', 'pending') AND review IS NULL AND outcome = 'known'
    AND expires_at < $1::timestamptz - interval '2 h') AS "end-abandoned-payments",
  EXISTS (SELECT 1 FROM mails WHERE status IN ('due', 'sending') AND due_at <= $1) AS "send-mails",
  EXISTS (SELECT 1 FROM payment_requests WHERE owed_since IS NOT NULL) AS "pursue-owed-requests",
  EXISTS (SELECT 1 FROM manual_payments m WHERE invoice_due_on <= ($1::timestamptz AT TIME ZONE 'Asia/Jerusalem')::date
    AND NOT EXISTS (SELECT 1 FROM tax_documents d WHERE d.payment_id = m.payment_id AND d.type = 'tax_invoice')) AS "pursue-due-invoices",
  EXISTS (SELECT 1 FROM invoice_pushes WHERE allocation_due_at <= $1) AS "fetch-allocation-numbers"`;

export async function sweepersWithWork(owner: pg.Client, now: number): Promise<ReadonlySet<string>> {
  const { rows } = await owner.query<Record<string, boolean>>({
    name: 'work',
    text: WORK,
    values: [new Date(now)],
  });
  return new Set(Object.entries(rows[0] ?? {}).flatMap(([name, hasWork]) => (hasWork ? [name] : [])));
}
