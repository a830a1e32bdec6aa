-- Up Migration

-- Whether the business says that it holds its customers' consents to computerised documents. Without one an original is not
-- mailed (Bookkeeping Directives 18ב; israel-tax.md §9).
ALTER TABLE workspaces ADD COLUMN e_document_consents_held boolean NOT NULL DEFAULT false;
