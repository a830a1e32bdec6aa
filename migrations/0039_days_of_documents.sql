-- Up Migration

-- Why a manual payment was recorded a year or more after the money came.
ALTER TABLE manual_payments ADD COLUMN late_reason text;

-- What the accountant should know about money that came (domain/payment-warnings.ts): it is recorded and never refused.
ALTER TABLE payments ADD COLUMN warnings text[] NOT NULL DEFAULT '{}';
CREATE INDEX payments_with_warnings ON payments (workspace_id, id) WHERE warnings <> '{}';

-- The VAT report lists documents whose tax point lies in an earlier period.
CREATE INDEX tax_documents_of_earlier_days ON tax_documents (workspace_id, document_date)
  WHERE refund_id IS NULL AND content ->> 'movedFromDay' IS NOT NULL;

-- How the customer confirmed a credit document (Bookkeeping Directives 23א), and what the business noted about it.
ALTER TABLE tax_documents ADD COLUMN acknowledged_by text;
ALTER TABLE tax_documents ADD COLUMN acknowledgement_note text;
ALTER TABLE tax_documents ADD CONSTRAINT tax_documents_acknowledgement_has_a_day
  CHECK (acknowledged_at IS NOT NULL OR (acknowledged_by IS NULL AND acknowledgement_note IS NULL));
ALTER TABLE tax_documents ADD CONSTRAINT tax_documents_acknowledgement_is_known
  CHECK (acknowledged_by IN ('signature', 'registered_mail', 'fax', 'electronic', 'private_small'));
GRANT UPDATE (acknowledged_by, acknowledgement_note) ON tax_documents TO tashlum_app, tashlum_system;

CREATE FUNCTION refuse_other_acknowledgement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.acknowledged_at IS NOT NULL
    AND (NEW.acknowledged_by, NEW.acknowledgement_note) IS DISTINCT FROM (OLD.acknowledged_by, OLD.acknowledgement_note)
  THEN
    RAISE EXCEPTION 'document % is confirmed: how it was stays', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tax_documents_keep_their_acknowledgement BEFORE UPDATE ON tax_documents FOR EACH ROW
  EXECUTE FUNCTION refuse_other_acknowledgement();
ALTER TABLE tax_documents ENABLE ALWAYS TRIGGER tax_documents_keep_their_acknowledgement;
