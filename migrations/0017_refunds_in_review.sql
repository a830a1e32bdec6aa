-- Up Migration

-- The refunds that the review which shows was told about, so that each of several is told once.
ALTER TABLE payments ADD COLUMN review_refund_ids text[] NOT NULL DEFAULT '{}';
