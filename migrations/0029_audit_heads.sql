-- Up Migration

-- The last entry of each audit log that was reported, as event `audit.head` and in the log.
CREATE TABLE audit_heads (
  workspace_id text PRIMARY KEY REFERENCES workspaces ON DELETE RESTRICT,
  sequence     bigint NOT NULL,
  link         bytea NOT NULL,
  reported_at  timestamptz NOT NULL DEFAULT now()
);
CALL isolate_by_workspace('audit_heads');

-- The audit log is listed newest first, from a time on.
CREATE INDEX audit_log_by_time ON audit_log (workspace_id, at);
GRANT SELECT, INSERT, UPDATE ON audit_heads TO tashlum_app, tashlum_system;
