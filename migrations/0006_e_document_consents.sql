-- Up Migration

-- Whether the business says that it holds its customers' consents to computerised documents. Without one an original is not
-- mailed (Bookkeeping Directives 18ב; docs/reference/israel-tax.md, "Computerised documents").
ALTER TABLE workspaces ADD COLUMN e_document_consents_held boolean NOT NULL DEFAULT false;
