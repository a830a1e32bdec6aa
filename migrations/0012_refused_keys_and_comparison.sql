-- Up Migration

-- Of an account's breaker: since when its keys are refused, and when the workspace was told.
ALTER TABLE circuit_breakers ADD COLUMN refused_since timestamptz, ADD COLUMN refusal_told_at timestamptz;

-- The nightly comparison reads an account's rows by their time.
CREATE INDEX provider_transactions_by_time ON provider_transactions (account_id, paid_at);
CREATE INDEX provider_pages_by_end ON provider_pages (account_id, expires_at);
CREATE INDEX provider_pages_by_start ON provider_pages (account_id, created_at);
CREATE INDEX invoice_pushes_by_start ON invoice_pushes (account_id, created_at);
CREATE INDEX invoice_pushes_by_push ON invoice_pushes (account_id, pushed_at);
