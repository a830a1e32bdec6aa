-- Up Migration

-- The file lies in pieces, in a table of its own. A piece belongs to one attempt, so that an export whose worker was killed
-- is made anew and nothing of two attempts is mixed.
ALTER TABLE exports
  DROP COLUMN file,
  DROP COLUMN percent,
  ADD COLUMN currency char(3) NOT NULL,
  ADD COLUMN total_rows bigint,
  ADD COLUMN attempt integer NOT NULL DEFAULT 0,
  ADD COLUMN failure text,
  ADD COLUMN file_name text,
  ADD COLUMN size_bytes bigint,
  ADD COLUMN sha256 text,
  ADD COLUMN started_at timestamptz,
  ADD COLUMN expires_at timestamptz,
  DROP CONSTRAINT exports_kind_is_known,
  ADD CONSTRAINT exports_kind_is_known CHECK (kind IN ('transactions', 'documents', 'vat', 'gaps', 'receipts', 'uniform-structure', 'hashavshevet', 'pcn874-sales', 'bundle')),
  ADD CONSTRAINT exports_format_is_known CHECK (format IN ('xlsx', 'csv', 'zip')),
  ADD CONSTRAINT exports_completed_have_a_file CHECK (status <> 'completed' OR
    (completed_at IS NOT NULL AND expires_at IS NOT NULL AND file_name IS NOT NULL AND size_bytes IS NOT NULL AND sha256 IS NOT NULL)),
  ADD CONSTRAINT exports_failed_say_why CHECK ((status = 'failed') = (failure IS NOT NULL));
DROP INDEX exports_newest_first;
CREATE UNIQUE INDEX exports_newest_first ON exports (workspace_id, id DESC);
CREATE INDEX exports_waiting ON exports (workspace_id, id) WHERE status IN ('queued', 'running');
CREATE INDEX exports_with_a_file ON exports (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE export_pieces (
  export_id    text NOT NULL,
  attempt      integer NOT NULL,
  number       integer NOT NULL,
  workspace_id text NOT NULL,
  bytes        bytea NOT NULL,
  PRIMARY KEY (export_id, attempt, number),
  CONSTRAINT export_pieces_are_of_their_workspace FOREIGN KEY (workspace_id, export_id)
    REFERENCES exports (workspace_id, id) ON DELETE RESTRICT
);
-- Most files are compressed already.
ALTER TABLE export_pieces ALTER COLUMN bytes SET STORAGE EXTERNAL;
CALL isolate_by_workspace('export_pieces');

REVOKE DELETE ON exports FROM tashlum_system;
GRANT SELECT ON export_pieces TO tashlum_app, tashlum_system, tashlum_ops;
GRANT INSERT, DELETE ON export_pieces TO tashlum_app, tashlum_system;
