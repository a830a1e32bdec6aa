-- Up Migration

-- From when on a key works no more; null: until it is revoked.
ALTER TABLE api_keys ADD COLUMN expires_at timestamptz,
  ADD CONSTRAINT api_keys_expire_after_their_birth CHECK (expires_at > created_at);

-- What a caller may still ask, for all API processes together. Not logged: after a crash everybody begins with a full bucket.
CREATE UNLOGGED TABLE rate_limits (
  name   text PRIMARY KEY,
  tokens double precision NOT NULL,
  at     timestamptz NOT NULL
) WITH (fillfactor = 50);
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limits TO tashlum_system;
GRANT SELECT ON rate_limits TO tashlum_ops;
