-- Up Migration

-- Why a manual payment was recorded a year or more after the money came.
ALTER TABLE manual_payments ADD COLUMN late_reason text;

-- The VAT report lists documents whose tax point lies in an earlier period.
CREATE INDEX tax_documents_of_earlier_days ON tax_documents (workspace_id, document_date)
  WHERE refund_id IS NULL AND content ->> 'movedFromDay' IS NOT NULL;
