-- Up Migration

-- An answer that holds a secret is kept for a lost connection, not for a week.
ALTER TABLE idempotency_keys ADD COLUMN answer_until timestamptz;
CREATE INDEX idempotency_keys_answer_ends ON idempotency_keys (answer_until) WHERE answer_until IS NOT NULL;

UPDATE idempotency_keys SET answer_until = created_at + interval '15 minutes'
WHERE response_sealed IS NOT NULL
  AND (scope LIKE 'POST /v1/workspaces/%/api-keys' OR scope = 'POST /v1/webhook-endpoints'
    OR scope LIKE 'POST /v1/webhook-endpoints/%/rotate-secret');
