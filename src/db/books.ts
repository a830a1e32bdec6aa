import type { Books } from '../domain/standing.ts';
import type { Sql } from './pool.ts';

/** JSON has no type for dates. */
type Stored = Omit<Books, 'refunds' | 'underWay'> & {
  readonly refunds: readonly (Omit<Books['refunds'][number], 'nextCheckAt'> & {
    nextCheckAt: string | null;
  })[];
  readonly underWay: readonly { nextCheckAt: string | null }[];
};

/**
 * The books of a payment, in one statement. The caller has locked the payment in an earlier statement. A statement that
 * waits for a lock sees other rows as they were before it waited.
 */
export async function readBooks(tx: Sql, paymentId: string): Promise<Books> {
  const { rows } = await tx.query<Stored>(
    `SELECT p.status, json_build_object('amount', p.charge_amount, 'currency', p.currency) AS asked,
       (SELECT coalesce(json_agg(json_build_object('id', t.id, 'amount', t.amount, 'currency', t.currency)
           ORDER BY t.paid_at, t.id), '[]')
         FROM provider_transactions t
         WHERE t.payment_id = p.id AND t.kind = 'charge' AND t.status = 'succeeded') AS charges,
       (SELECT json_build_object('chargeId', d.transaction_id, 'total', d.total) FROM tax_documents d
         WHERE d.payment_id = p.id AND d.refund_id IS NULL AND d.reverses_document_id IS NULL AND d.counts_as <> 'sale') AS original,
       (SELECT coalesce(sum(c.total), 0)::bigint FROM tax_documents c
         WHERE c.payment_id = p.id AND c.counts_as <> 'sale' AND (c.status = 'cancelled' OR (c.refund_id IS NOT NULL
           AND NOT EXISTS (SELECT FROM tax_documents r WHERE r.reverses_document_id = c.id)))) AS credited,
       (SELECT coalesce(sum(r.amount), 0)::bigint FROM refunds r WHERE r.payment_id = p.id AND r.credit_waits) AS "creditWaits",
       (SELECT coalesce(json_agg(json_build_object('id', r.id, 'chargeId', r.charge_id, 'amount', r.amount,
           'status', r.status, 'isDocumented', r.is_documented AND NOT EXISTS (SELECT FROM tax_documents d WHERE d.payment_id = p.id
             AND d.refund_id IS NULL AND d.reverses_document_id IS NULL AND d.transaction_id <> r.charge_id), 'origin', r.origin, 'outcome', r.outcome,
           'nextCheckAt', r.next_check_at, 'isSent', r.sent_at IS NOT NULL, 'isAnswered', r.answered_at IS NOT NULL,
           'isOverdue', r.person_asked_at IS NOT NULL) ORDER BY r.created_at, r.id), '[]')
         FROM refunds r WHERE r.payment_id = p.id) AS refunds,
       (SELECT coalesce(json_agg(json_build_object('chargeId', x.charge_id, 'status', x.status,
           'resolution', x.resolution)), '[]')
         FROM disputes x WHERE x.payment_id = p.id) AS disputes,
       (SELECT coalesce(json_agg(json_build_object('reason', q.reason, 'subject', q.subject)
           ORDER BY q.asked_at, q.subject), '[]')
         FROM (SELECT reason, subject, asked_at FROM review_questions
             WHERE payment_id = p.id AND answered_at IS NULL
           UNION ALL SELECT 'reconciliation', row_id, held_at FROM unreadable_rows
             WHERE payment_id = p.id AND held_at IS NOT NULL AND seen_at IS NULL) AS q) AS questions,
       (SELECT count(*)::int FROM invoice_pushes i JOIN tax_documents d ON d.id = i.document_id
         WHERE d.payment_id = p.id AND i.status <> 'pushed' AND i.last_error IS NOT NULL AND i.kept_at IS NULL) AS "failedPushes",
       CASE WHEN p.charge_check_at IS NULL THEN '[]'::json
         ELSE json_build_array(json_build_object('nextCheckAt', p.charge_check_at)) END AS "underWay"
     FROM payments p WHERE p.id = $1`,
    [paymentId],
  );
  const stored = rows[0];
  if (stored === undefined) throw new Error(`payment ${paymentId} is gone`);
  return {
    ...stored,
    refunds: stored.refunds.map((refund) => ({ ...refund, nextCheckAt: toDate(refund.nextCheckAt) })),
    underWay: stored.underWay.map(({ nextCheckAt }) => ({ nextCheckAt: toDate(nextCheckAt) })),
  };
}

function toDate(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
