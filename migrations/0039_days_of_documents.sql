-- Up Migration

-- Why a manual payment was recorded a year or more after the money came.
ALTER TABLE manual_payments ADD COLUMN late_reason text;

-- What the accountant should know about money that came (domain/payment-warnings.ts): it is recorded and never refused.
ALTER TABLE payments ADD COLUMN warnings text[] NOT NULL DEFAULT '{}';
CREATE INDEX payments_with_warnings ON payments (workspace_id, id) WHERE warnings <> '{}';

-- The VAT report lists documents whose tax point lies in an earlier period.
CREATE INDEX tax_documents_of_earlier_days ON tax_documents (workspace_id, document_date)
  WHERE refund_id IS NULL AND content ->> 'movedFromDay' IS NOT NULL;
