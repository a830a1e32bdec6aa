-- Up Migration

-- What was done to one thing: the evidence of a payment needs its entries among all of the workspace's.
CREATE INDEX audit_log_by_subject ON audit_log (workspace_id, subject_id, sequence);
