-- Up Migration

-- Some files are pages for people: the patient's statement, the month in pictures.
ALTER TABLE exports
  DROP CONSTRAINT exports_format_is_known,
  ADD CONSTRAINT exports_format_is_known CHECK (format IN ('xlsx', 'csv', 'zip', 'pdf')),
  DROP CONSTRAINT exports_kind_is_known,
  ADD CONSTRAINT exports_kind_is_known CHECK (kind IN (
    'transactions', 'documents', 'vat', 'gaps', 'bundle', 'receipts', 'settlements', 'hashavshevet', 'uniform-structure',
    'pcn874-sales', 'pcn874', 'withholding', 'credits', 'allocation', 'journal-appendix-vav', 'patient-statement', 'year',
    'audit', 'month'));
