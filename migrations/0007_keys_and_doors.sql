-- Up Migration

-- Keys that values are, or were until the last rotation, sealed with. A canary opens as long as the configured key is the one.
CREATE TABLE encryption_keys (
  id            text PRIMARY KEY,
  canary_sealed bytea NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT, DELETE ON encryption_keys TO tashlum_system;
GRANT SELECT ON encryption_keys TO tashlum_ops;

-- What has been migrated is the owner's word, and breakers belong to no workspace.
REVOKE INSERT, UPDATE ON migrations FROM tashlum_app, tashlum_system;
REVOKE INSERT, UPDATE ON circuit_breakers FROM tashlum_app;

-- By default a session that says it is a replica runs no triggers: kept rows could be rewritten. These always run.
DO $$
DECLARE
  kept record;
BEGIN
  FOR kept IN SELECT tgname, tgrelid::regclass AS of_table FROM pg_trigger
    JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace
  LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', kept.of_table, kept.tgname);
  END LOOP;
END $$;

-- What nobody signed and nobody expects is counted by account and hour before another is kept.
CREATE INDEX provider_events_quarantined ON provider_events (account_id, received_at) WHERE verdict = 'quarantined';

-- When a payer was asked last, whatever the payment.
CREATE INDEX mails_asking ON mails (workspace_id, lower(recipient)) WHERE kind <> 'document';
