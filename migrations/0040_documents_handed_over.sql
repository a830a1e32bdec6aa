-- Up Migration

-- Accounts and codes of the bookkeeper's program, as `domain/hashavshevet.ts` has them; null where nobody set them.
ALTER TABLE workspaces ADD COLUMN hashavshevet jsonb;

-- Which documents an export hands over to a bookkeeper's program. A row counts once its export is completed, so that an export
-- that was cancelled or lost with its worker has handed over nothing.
CREATE TABLE export_documents (
  workspace_id text NOT NULL,
  export_id    text NOT NULL,
  document_id  text NOT NULL REFERENCES tax_documents ON DELETE RESTRICT,
  PRIMARY KEY (export_id, document_id),
  CONSTRAINT export_documents_are_of_their_workspace FOREIGN KEY (workspace_id, export_id)
    REFERENCES exports (workspace_id, id) ON DELETE RESTRICT
);
CREATE INDEX export_documents_by_document ON export_documents (document_id);
CALL isolate_by_workspace('export_documents');
GRANT SELECT ON export_documents TO tashlum_app, tashlum_system, tashlum_ops;
GRANT INSERT, DELETE ON export_documents TO tashlum_app, tashlum_system;
