/**
 * A rule that the whole database must keep. `broken` selects every row that breaks it: `id` (of the payment, document or row),
 * `workspace_id`, and `detail`, a few words with the figures.
 */
export interface Invariant {
  readonly name: string;
  /** The rule as a sentence for the operator. */
  readonly sentence: string;
  readonly broken: string;
}

/** A payment that was paid at some time. */
export const PAID = `('completed', 'partially_refunded', 'refunded', 'disputed')`;

/** The document of the payment's money: no credit, nothing that takes one back, and no invoice that followed a receipt. */
export const isOriginal = (document: string): string =>
  `${document}.refund_id IS NULL AND ${document}.reverses_document_id IS NULL AND ${document}.counts_as <> 'sale'`;

/** Credits that nothing took back. */
export const isStandingCredit = (document: string): string =>
  `${document}.refund_id IS NOT NULL AND NOT EXISTS (SELECT FROM tax_documents took WHERE took.reverses_document_id = ${document}.id)`;

/**
 * Payments whose money a person holds, has decided about, or that is moving at this moment. Their difference is explained, and is
 * counted apart.
 */
export const EXPLAINED = `
  SELECT id AS payment_id FROM payments WHERE review IS NOT NULL
  UNION SELECT payment_id FROM review_resolutions
    WHERE review IN ('reconciliation', 'amount_mismatch') OR (review = 'refund_reversed' AND action = 'dismiss')
  UNION SELECT payment_id FROM refunds WHERE status = 'pending'`;

/** Of document `d`: it is the receipt of post-dated cheques, something of it is left, and it has no tax invoice. */
export const OWES_INVOICE = `d.counts_as = 'money' AND ${isOriginal('d')}
  AND NOT EXISTS (SELECT FROM tax_documents i WHERE i.payment_id = d.payment_id AND i.type = 'tax_invoice')
  AND d.total > (SELECT coalesce(sum(c.total), 0) FROM tax_documents c WHERE c.original_document_id = d.id AND ${isStandingCredit('c')})`;
