-- Up Migration

-- Keys that values are, or were until the last rotation, sealed with. A canary opens as long as the configured key is the one.
CREATE TABLE encryption_keys (
  id            text PRIMARY KEY,
  canary_sealed bytea NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT, DELETE ON encryption_keys TO tashlum_system;
GRANT SELECT ON encryption_keys TO tashlum_ops;
