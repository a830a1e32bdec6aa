-- Up Migration

-- Every file of the accountants' list has its name here, also those that are not made yet: the table in `domain/export.ts` says
-- which can be asked for. `options` is what only some kinds can be told.
ALTER TABLE exports
  ADD COLUMN options jsonb NOT NULL DEFAULT '{}',
  ADD CONSTRAINT exports_options_are_an_object CHECK (jsonb_typeof(options) = 'object'),
  DROP CONSTRAINT exports_kind_is_known,
  ADD CONSTRAINT exports_kind_is_known CHECK (kind IN (
    'transactions', 'documents', 'vat', 'gaps', 'bundle', 'receipts', 'settlements', 'hashavshevet', 'uniform-structure',
    'pcn874-sales', 'withholding', 'credits', 'allocation', 'journal-appendix-vav', 'patient-statement', 'year', 'audit'));
