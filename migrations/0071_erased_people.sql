-- Up Migration

-- An answer may be taken away before its key: what it says of a person is erased on request. The key stays used.
ALTER TABLE idempotency_keys
  DROP CONSTRAINT idempotency_keys_answer_is_whole,
  ADD CONSTRAINT idempotency_keys_answer_has_a_status CHECK (response_sealed IS NULL OR response_status IS NOT NULL);

-- What an endpoint answered may hold what it knows of a person.
GRANT UPDATE (answer) ON event_attempts TO tashlum_app;
