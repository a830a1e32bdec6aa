-- Up Migration

-- A run of the uniform structure is filed under its minute. Two runs in one minute would share a folder, so the second takes the next.
ALTER TABLE exports ADD COLUMN run_minute timestamptz;
CREATE UNIQUE INDEX exports_run_minutes ON exports (workspace_id, run_minute) WHERE run_minute IS NOT NULL;
