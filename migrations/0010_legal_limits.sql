-- Up Migration

ALTER TABLE tax_documents
  -- The production time is when the number is taken, not when the transaction began.
  ALTER COLUMN created_at SET DEFAULT clock_timestamp(),
  -- A refund that the vendor took back: this document takes back its credit document.
  ADD COLUMN reverses_document_id text REFERENCES tax_documents ON DELETE RESTRICT,
  ADD CONSTRAINT tax_documents_reversal_is_no_credit CHECK (reverses_document_id IS NULL OR refund_id IS NULL),
  ADD CONSTRAINT tax_documents_reversed_once UNIQUE (reverses_document_id);

DROP INDEX tax_documents_one_a_payment;
CREATE UNIQUE INDEX tax_documents_one_a_payment ON tax_documents (payment_id) WHERE refund_id IS NULL AND reverses_document_id IS NULL;
CREATE INDEX tax_documents_by_original ON tax_documents (original_document_id) WHERE original_document_id IS NOT NULL;

-- Credits of one document, less those that were taken back, never exceed it. Of confirmations only the total counts: the
-- invoice service issues the legal credit and takes VAT from each by itself.
CREATE FUNCTION refuse_excess_credit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  original record;
  credited record;
BEGIN
  SELECT * INTO original FROM tax_documents WHERE id = NEW.original_document_id FOR NO KEY UPDATE;
  SELECT coalesce(sum(c.net), 0) AS net, coalesce(sum(c.vat), 0) AS vat INTO credited FROM tax_documents c
    WHERE c.original_document_id = NEW.original_document_id
      AND NOT EXISTS (SELECT FROM tax_documents r WHERE r.reverses_document_id = c.id);
  IF credited.net + credited.vat + NEW.total > original.total
    OR (NEW.type <> 'refund_confirmation' AND (credited.net + NEW.net > original.net OR credited.vat + NEW.vat > original.vat))
  THEN
    RAISE EXCEPTION 'credits of % would exceed it', original.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tax_documents_credits_fit_original';
  END IF;
  IF NEW.document_date < original.document_date THEN
    RAISE EXCEPTION 'a credit of % cannot be dated before it', original.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tax_documents_credit_is_not_earlier';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tax_documents_credits_fit_original BEFORE INSERT ON tax_documents
  FOR EACH ROW WHEN (NEW.original_document_id IS NOT NULL) EXECUTE FUNCTION refuse_excess_credit();

-- What takes a credit back is exactly as large as the credit and of the original's type.
CREATE FUNCTION refuse_other_reversal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM tax_documents c JOIN tax_documents o ON o.id = c.original_document_id
    WHERE c.id = NEW.reverses_document_id AND c.payment_id = NEW.payment_id AND o.type = NEW.type
      AND (c.net, c.vat, c.currency) = (NEW.net, NEW.vat, NEW.currency) AND c.document_date <= NEW.document_date)
  THEN
    RAISE EXCEPTION 'document % does not take back the credit %', NEW.id, NEW.reverses_document_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tax_documents_reversal_fits_credit';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tax_documents_reversal_fits_credit BEFORE INSERT ON tax_documents
  FOR EACH ROW WHEN (NEW.reverses_document_id IS NOT NULL) EXECUTE FUNCTION refuse_other_reversal();

CREATE FUNCTION refuse_reversal_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'document % is issued: what it takes back cannot change', OLD.id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER tax_documents_keep_their_reversal BEFORE UPDATE ON tax_documents
  FOR EACH ROW WHEN (NEW.reverses_document_id IS DISTINCT FROM OLD.reverses_document_id) EXECUTE FUNCTION refuse_reversal_change();

-- No document is dated into closed books. The workspace is held, so that its books are not closed meanwhile.
CREATE FUNCTION refuse_closed_books() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  closed_through date;
BEGIN
  SELECT books_closed_through INTO closed_through FROM workspaces WHERE id = NEW.workspace_id FOR SHARE;
  IF NEW.document_date <= closed_through THEN
    RAISE EXCEPTION 'the books are closed through %', closed_through
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tax_documents_books_are_open';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tax_documents_books_are_open BEFORE INSERT ON tax_documents FOR EACH ROW EXECUTE FUNCTION refuse_closed_books();

-- Days that a document can bear; books are closed through yesterday at the latest.
ALTER TABLE tax_documents
  ADD CONSTRAINT tax_documents_date_is_plausible CHECK (document_date BETWEEN '1900-01-01' AND '2999-12-31');
CREATE FUNCTION refuse_early_closing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.books_closed_through >= (now() AT TIME ZONE NEW.time_zone)::date THEN
    RAISE EXCEPTION 'the books of % cannot be closed through a day that is not over', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'workspaces_close_past_days_only';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER workspaces_close_past_days_only BEFORE INSERT OR UPDATE OF books_closed_through ON workspaces
  FOR EACH ROW WHEN (NEW.books_closed_through IS NOT NULL) EXECUTE FUNCTION refuse_early_closing();

ALTER TABLE tax_documents
  ENABLE ALWAYS TRIGGER tax_documents_credits_fit_original,
  ENABLE ALWAYS TRIGGER tax_documents_reversal_fits_credit,
  ENABLE ALWAYS TRIGGER tax_documents_keep_their_reversal,
  ENABLE ALWAYS TRIGGER tax_documents_books_are_open;
ALTER TABLE workspaces ENABLE ALWAYS TRIGGER workspaces_close_past_days_only;
