-- Up Migration

-- The accountant's month by mail, as `domain/accountant-month.ts` has it; null: it is not mailed.
ALTER TABLE workspaces ADD COLUMN accountant_month jsonb;

-- A mail to the accountant is about no payment: it carries the file of a month. The index is the lock: a month is mailed once.
ALTER TABLE mails
  ALTER COLUMN payment_id DROP NOT NULL,
  ADD COLUMN month text CONSTRAINT mails_month_is_one CHECK (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  ADD COLUMN export_id text,
  ADD CONSTRAINT mails_export_is_of_their_workspace FOREIGN KEY (workspace_id, export_id)
    REFERENCES exports (workspace_id, id) ON DELETE RESTRICT,
  DROP CONSTRAINT mails_kind_is_known,
  ADD CONSTRAINT mails_kind_is_known CHECK (kind IN ('document', 'request', 'reminder', 'accountant_month')),
  ADD CONSTRAINT mails_have_a_payment_or_a_month CHECK (
    (kind = 'accountant_month') = (payment_id IS NULL) AND (kind = 'accountant_month') = (month IS NOT NULL)
    AND (kind = 'accountant_month') = (export_id IS NOT NULL));
CREATE UNIQUE INDEX mails_one_a_month ON mails (workspace_id, month) WHERE kind = 'accountant_month';
