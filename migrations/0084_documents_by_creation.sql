-- Up Migration

-- A return of VAT looks for documents that came late by the time at which they were made.
CREATE INDEX tax_documents_by_creation ON tax_documents (workspace_id, created_at);
