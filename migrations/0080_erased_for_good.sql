-- Up Migration

-- Who was erased stays erased: what a vendor tells of the payment later is heard and not kept.
ALTER TABLE payments ADD COLUMN erased_at timestamptz;
UPDATE payments p SET erased_at = line.at
FROM (SELECT payment_id, max(at) AS at FROM payment_log WHERE kind = 'erased' GROUP BY payment_id) AS line
WHERE line.payment_id = p.id;

CREATE FUNCTION forget_contents_of_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM payments WHERE id = NEW.payment_id AND erased_at IS NOT NULL) THEN
    NEW.body_sealed := NULL;
    NEW.headers_sealed := NULL;
    NEW.remote_address := NULL;
  END IF;
  RETURN NEW;
END $$;
-- A webhook comes to its payment when it is stored, or out of quarantine.
CREATE TRIGGER provider_events_of_erased_are_empty BEFORE INSERT OR UPDATE OF payment_id ON provider_events
  FOR EACH ROW WHEN (NEW.payment_id IS NOT NULL) EXECUTE FUNCTION forget_contents_of_erased();

CREATE FUNCTION forget_name_of_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM payments WHERE id = NEW.payment_id AND erased_at IS NOT NULL) THEN
    NEW.payer_name := NULL;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER provider_transactions_of_erased_name_nobody BEFORE INSERT OR UPDATE OF payment_id, payer_name ON provider_transactions
  FOR EACH ROW WHEN (NEW.payer_name IS NOT NULL) EXECUTE FUNCTION forget_name_of_erased();

ALTER TABLE provider_events ENABLE ALWAYS TRIGGER provider_events_of_erased_are_empty;
ALTER TABLE provider_transactions ENABLE ALWAYS TRIGGER provider_transactions_of_erased_name_nobody;

-- The chain of the audit log holds the hash of a reason, so that the reason can go and the chain still fits. The salt goes with it:
-- without it nobody can try which reason it was. Entries of earlier versions have no hash.
ALTER TABLE audit_log ADD COLUMN reason_hash bytea, ADD COLUMN reason_salt bytea,
  ADD CONSTRAINT audit_log_hash_has_a_reason CHECK (reason_hash IS NULL OR reason IS NOT NULL),
  ADD CONSTRAINT audit_log_salt_has_a_hash CHECK (reason_salt IS NULL OR reason_hash IS NOT NULL);

CREATE FUNCTION refuse_all_but_erasing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.reason IS NOT NULL AND NEW.reason = '[erased]' AND NEW.reason_salt IS NULL
    AND to_jsonb(NEW) - 'reason' - 'reason_salt' = to_jsonb(OLD) - 'reason' - 'reason_salt' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% of % is refused: of an entry only its reason may be erased', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER audit_log_is_append_only ON audit_log;
CREATE TRIGGER audit_log_is_append_only BEFORE DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_log_loses_reasons_only BEFORE UPDATE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasing();
ALTER TABLE audit_log ENABLE ALWAYS TRIGGER audit_log_is_append_only, ENABLE ALWAYS TRIGGER audit_log_loses_reasons_only;
GRANT UPDATE (reason, reason_salt) ON audit_log TO tashlum_app;
