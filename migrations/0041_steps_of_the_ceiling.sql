-- Up Migration

-- The steps of the yearly ceiling that an osek patur was told of. The insert is the lock: each is told once.
CREATE TABLE patur_steps (
  workspace_id text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  year         integer NOT NULL,
  step         integer NOT NULL CONSTRAINT patur_steps_step_is_known CHECK (step IN (80, 100)),
  told_at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, year, step)
);
CALL isolate_by_workspace('patur_steps');
GRANT SELECT, INSERT ON patur_steps TO tashlum_app, tashlum_system;
