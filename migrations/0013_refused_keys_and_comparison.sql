-- Up Migration

-- Of an account's breaker: since when its keys are refused, and when the workspace was told.
ALTER TABLE circuit_breakers ADD COLUMN refused_since timestamptz, ADD COLUMN refusal_told_at timestamptz;
