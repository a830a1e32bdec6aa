-- Up Migration

-- A confirmation printed after its push names the legal document at the invoice service.
ALTER TABLE document_files DROP CONSTRAINT document_files_variant_is_known;
ALTER TABLE document_files ADD CONSTRAINT document_files_variant_is_known CHECK (variant IN ('original', 'copy', 'awaiting', 'pushed'));

-- Whether the legal documents of an invoice service show the lines as the app described them, or a neutral text on each.
ALTER TABLE workspaces ADD COLUMN invoice_service_text text NOT NULL DEFAULT 'neutral';
ALTER TABLE workspaces ADD CONSTRAINT workspaces_invoice_service_text_is_known CHECK (invoice_service_text IN ('neutral', 'lines'));

-- Whether a sale that is exempt from VAT altogether may bear the title of a tax invoice. Practice varies
-- (docs/reference/israel-tax.md, "Exempt-only sales"): the business's accountant decides.
ALTER TABLE workspaces ADD COLUMN exempt_sales text NOT NULL DEFAULT 'transaction_invoice';
ALTER TABLE workspaces ADD CONSTRAINT workspaces_exempt_sales_is_known CHECK (exempt_sales IN ('transaction_invoice', 'tax_invoice'));

-- Whether the file is a computerised document (Bookkeeping Directives 18ב): only then its original may leave by mail. Files
-- printed before are taken for none, so copies of them are mailed.
ALTER TABLE document_files ADD COLUMN computerised boolean NOT NULL DEFAULT false;
