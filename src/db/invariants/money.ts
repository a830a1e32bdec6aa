import { EXPLAINED, isOriginal, isStandingCredit, PAID } from './invariant.ts';
import type { Invariant } from './invariant.ts';

/** Money that went back of documents that wait for their allocation number. */
const WAITING_CREDITS = `SELECT payment_id, sum(amount) AS waiting FROM refunds WHERE credit_waits GROUP BY payment_id`;

const MONEY_AGAINST_DOCUMENTS = `
  SELECT p.id, p.workspace_id, p.currency, p.captured_amount, p.refunded_amount,
    coalesce(d.documented, 0) AS documented, coalesce(d.credited, 0) + coalesce(w.waiting, 0) AS credited
  FROM payments p LEFT JOIN (
    SELECT payment_id, sum(total) FILTER (WHERE refund_id IS NULL AND status <> 'cancelled') AS documented,
      sum(total) FILTER (WHERE refund_id IS NOT NULL) AS credited
    FROM tax_documents WHERE counts_as <> 'sale' GROUP BY payment_id) d ON d.payment_id = p.id
  LEFT JOIN (${WAITING_CREDITS}) w ON w.payment_id = p.id
  WHERE p.captured_amount - p.refunded_amount <> coalesce(d.documented, 0) - coalesce(d.credited, 0) - coalesce(w.waiting, 0)`;

/** Money that is explained without a document: held in a review, or left as it is by a person's decision. */
export const HELD_MONEY = `
  SELECT currency, count(*)::int AS payments, sum(captured_amount - refunded_amount - documented + credited)::bigint AS amount
  FROM (${MONEY_AGAINST_DOCUMENTS}) AS different WHERE id IN (${EXPLAINED}) GROUP BY currency ORDER BY currency`;

/** Money that went back and has its credit document once a person has named the lines. */
const AWAITING_LINES = `SELECT payment_id FROM review_questions WHERE reason = 'refund_lines_required' AND answered_at IS NULL`;

/** A refund that the vendor took back stays `succeeded` in our row of it: a person decided what it means. */
const TAKEN_BACK = `SELECT payment_id FROM review_resolutions WHERE review = 'refund_reversed'`;

/**
 * What vendors say against what our books say that went through them, in the currency of the payment. Rows with an
 * account are the vendor's last word.
 */
const VENDOR_AGAINST_BOOKS = `
  SELECT p.id, p.workspace_id, p.account_id, p.captured_amount - coalesce(r.returned, 0) AS ours, coalesce(t.net, 0) AS theirs
  FROM payments p
  LEFT JOIN (
    SELECT t.payment_id, t.currency, sum(CASE t.kind WHEN 'charge' THEN t.amount ELSE -t.amount END) AS net
    FROM provider_transactions t WHERE t.status = 'succeeded' AND t.account_id IS NOT NULL GROUP BY t.payment_id, t.currency) t
    ON t.payment_id = p.id AND t.currency = p.currency
  LEFT JOIN (
    SELECT r.payment_id, r.currency, sum(r.amount) AS returned
    FROM refunds r JOIN provider_transactions m ON m.id = coalesce(r.recognised_id, r.transaction_id)
    WHERE r.status = 'completed' AND m.account_id IS NOT NULL GROUP BY r.payment_id, r.currency) r
    ON r.payment_id = p.id AND r.currency = p.currency
  WHERE p.account_id IS NOT NULL`;

/** Rules that payments and refunds obey, each with the query that finds what breaks it. */
export const MONEY_INVARIANTS = [
  {
    name: 'one_document_a_payment',
    sentence: 'Every completed payment has exactly one document of its own, and no other payment has one.',
    broken: `
      SELECT p.id, p.workspace_id, format('%s, %s documents', p.status, coalesce(d.count, 0)) AS detail
      FROM payments p LEFT JOIN (
        SELECT payment_id, count(*) AS count FROM tax_documents d WHERE ${isOriginal('d')} GROUP BY payment_id) d ON d.payment_id = p.id
      WHERE coalesce(d.count, 0) <> CASE WHEN p.status IN ${PAID} THEN 1 ELSE 0 END`,
  },
  {
    name: 'money_is_documented',
    sentence:
      'What was captured less what was refunded is what the documents say less their credits. Money in a review, or that a person left as it is, is counted apart.',
    broken: `
      SELECT id, workspace_id, format('captured %s, refunded %s; documents %s, credits %s', captured_amount, refunded_amount, documented, credited) AS detail
      FROM (${MONEY_AGAINST_DOCUMENTS}) AS different WHERE id NOT IN (${EXPLAINED})`,
  },
  {
    name: 'payments_sum_their_rows',
    sentence: 'The sums of a payment are those of its charges and refunds.',
    broken: `
      SELECT p.id, p.workspace_id, format('captured %s of charges %s, refunded %s of refunds %s', p.captured_amount, coalesce(t.charged, 0),
        p.refunded_amount, coalesce(r.returned, 0)) AS detail
      FROM payments p
      LEFT JOIN (SELECT payment_id, currency, sum(amount) AS charged FROM provider_transactions
        WHERE kind = 'charge' AND status = 'succeeded' GROUP BY payment_id, currency) t ON t.payment_id = p.id AND t.currency = p.currency
      LEFT JOIN (SELECT payment_id, currency, sum(amount) AS returned FROM refunds
        WHERE status = 'completed' GROUP BY payment_id, currency) r ON r.payment_id = p.id AND r.currency = p.currency
      WHERE p.captured_amount <> coalesce(t.charged, 0) OR p.refunded_amount <> coalesce(r.returned, 0)`,
  },
  {
    name: 'status_follows_credits',
    sentence:
      'A paid payment is refunded as far as its document is credited, or was cancelled. What waits for a person to name its lines is left out.',
    broken: `
      SELECT p.id, p.workspace_id, format('%s, credited %s of %s', p.status, coalesce(c.credited, 0) + coalesce(w.waiting, 0), d.total) AS detail
      FROM payments p JOIN tax_documents d ON d.payment_id = p.id AND ${isOriginal('d')}
      LEFT JOIN (SELECT c.original_document_id, sum(c.total) AS credited FROM tax_documents c
        WHERE ${isStandingCredit('c')} GROUP BY 1) c ON c.original_document_id = d.id
      LEFT JOIN (${WAITING_CREDITS}) w ON w.payment_id = p.id
      WHERE p.status <> CASE WHEN d.status = 'cancelled' OR coalesce(c.credited, 0) + coalesce(w.waiting, 0) >= d.total THEN 'refunded'
        WHEN p.status = 'disputed' THEN 'disputed' WHEN coalesce(c.credited, 0) + coalesce(w.waiting, 0) > 0 THEN 'partially_refunded' ELSE 'completed' END
        AND p.id NOT IN (${AWAITING_LINES})`,
  },
  {
    name: 'vendor_says_the_same',
    sentence: 'What came and went back through a vendor is what the vendor last said.',
    broken: `
      SELECT id, workspace_id, format('account %s: our books %s, the vendor %s', account_id, ours, theirs) AS detail
      FROM (${VENDOR_AGAINST_BOOKS}) AS compared WHERE ours <> theirs AND id NOT IN (${EXPLAINED}) AND id NOT IN (${TAKEN_BACK})`,
  },
  {
    name: 'vendor_differences_are_decided',
    sentence: 'A person has decided about every difference that the nightly comparison found.',
    broken: `
      SELECT f.payment_id AS id, f.workspace_id, format('account %s: %s %s', f.account_id, f.kind, f.subject) AS detail
      FROM reconciliation_findings f JOIN review_questions q ON q.payment_id = f.payment_id AND q.subject = f.kind || ' ' || f.subject
      WHERE q.answered_at IS NULL`,
  },
] as const satisfies readonly Invariant[];

/** How far the last words of vendors reach: active accounts at vendors, and those that were not compared for two days. */
export const COMPARED_ACCOUNTS = `
  SELECT count(*)::int AS accounts, count(*) FILTER (WHERE compared_until IS NULL OR compared_until < now() - interval '2 days')::int AS stale
  FROM provider_accounts WHERE is_active AND family = 'payment'`;
