-- Up Migration

-- A partial credit of a document with mixed VAT names its lines: with the refund, or in the decision of a person.
ALTER TABLE refunds ADD COLUMN items jsonb;
ALTER TABLE review_resolutions ADD COLUMN items jsonb;

ALTER TABLE review_questions DROP CONSTRAINT review_questions_reason_is_known;
ALTER TABLE review_questions ADD CONSTRAINT review_questions_reason_is_known CHECK (reason IN ('late_success', 'document_mismatch', 'foreign_document', 'reconciliation', 'refund_reversed', 'refund_lines_required'));
ALTER TABLE payments DROP CONSTRAINT payments_review_is_known;
ALTER TABLE payments ADD CONSTRAINT payments_review_is_known CHECK (review IN ('unknown_outcome', 'amount_mismatch', 'duplicate_payment', 'refund_reversed', 'refund_lines_required', 'provider_dispute', 'late_success', 'document_mismatch', 'foreign_document', 'push_failed', 'reconciliation'));
