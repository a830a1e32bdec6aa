-- Up Migration

-- A refund of a part of a document that waits for its allocation number has its credit document once the number is there.
ALTER TABLE refunds
  ADD COLUMN credit_waits boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT refunds_credit_waits_after_the_money CHECK (NOT credit_waits OR (status = 'completed' AND is_documented));
CREATE INDEX refunds_credit_waits ON refunds (created_at) WHERE credit_waits;

-- "מבוטל" is for what never left: a document whose original has left, or that was credited, is not cancelled.
-- Source: docs/reference/israel-tax.md, "Corrections".
CREATE FUNCTION refuse_cancelling_what_left() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.original_left_at IS NOT NULL OR EXISTS (SELECT FROM tax_documents c WHERE c.original_document_id = NEW.id) THEN
    RAISE EXCEPTION 'document % has left or was credited: it cannot be cancelled', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tax_documents_cancel_before_leaving';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tax_documents_cancel_before_leaving BEFORE UPDATE ON tax_documents
  FOR EACH ROW WHEN (NEW.status = 'cancelled' AND OLD.status <> 'cancelled') EXECUTE FUNCTION refuse_cancelling_what_left();
ALTER TABLE tax_documents ENABLE ALWAYS TRIGGER tax_documents_cancel_before_leaving;
