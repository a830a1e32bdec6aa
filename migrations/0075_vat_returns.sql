-- Up Migration

-- How the business reports its VAT: until when a document may still be dated in the last period
-- (docs/reference/israel-tax.md, "Days of documents"). NULL: nobody said, and the last calendar month stays open.
ALTER TABLE workspaces ADD COLUMN vat_return jsonb
  CONSTRAINT workspaces_vat_return_is_known CHECK (
    vat_return IS NULL OR (coalesce((vat_return ->> 'months')::int, 0) IN (1, 2)
      AND coalesce((vat_return ->> 'reportedFromDay')::int, 0) BETWEEN 1 AND 28));
