-- Up Migration

-- The outbox: written in the transaction of what it tells. `sequence` has no hole per payment, nor per workspace for
-- events about no payment.
CREATE TABLE events (
  id           text PRIMARY KEY,
  workspace_id text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  payment_id   text REFERENCES payments ON DELETE RESTRICT,
  type         text NOT NULL,
  sequence     bigint NOT NULL,
  facts        jsonb NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT events_sequence_is_unique UNIQUE (payment_id, sequence)
);
CREATE UNIQUE INDEX events_workspace_sequence_is_unique ON events (workspace_id, sequence) WHERE payment_id IS NULL;
CREATE INDEX events_newest_first ON events (workspace_id, created_at DESC, id DESC);
CALL isolate_by_workspace('events');

CREATE TABLE webhook_endpoints (
  id                    text PRIMARY KEY,
  workspace_id          text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  url                   text NOT NULL,
  api_version           text NOT NULL,
  event_types           text[],
  secret_sealed         bytea NOT NULL,
  previous_sealed       bytea,
  previous_valid_until  timestamptz,
  is_enabled            boolean NOT NULL DEFAULT true,
  created_at            timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX webhook_endpoints_by_workspace ON webhook_endpoints (workspace_id);
CALL isolate_by_workspace('webhook_endpoints');

CREATE TABLE event_attempts (
  event_id     text NOT NULL REFERENCES events ON DELETE RESTRICT,
  endpoint_id  text NOT NULL REFERENCES webhook_endpoints ON DELETE RESTRICT,
  attempt      integer NOT NULL,
  workspace_id text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  at           timestamptz NOT NULL DEFAULT now(),
  status       integer,
  error        text,
  PRIMARY KEY (event_id, endpoint_id, attempt)
);
CALL isolate_by_workspace('event_attempts');

CREATE TABLE exports (
  id           text PRIMARY KEY,
  workspace_id text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  kind         text NOT NULL,
  format       text NOT NULL,
  from_day     date NOT NULL,
  to_day       date NOT NULL,
  locale       text NOT NULL,
  status       text NOT NULL,
  rows         bigint NOT NULL DEFAULT 0,
  percent      integer NOT NULL DEFAULT 0,
  file         bytea,
  created_at   timestamptz NOT NULL DEFAULT now(),
  completed_at timestamptz,
  CONSTRAINT exports_kind_is_known CHECK (kind IN ('transactions', 'documents', 'uniform-structure', 'bundle')),
  CONSTRAINT exports_status_is_known CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
  CONSTRAINT exports_range_is_not_empty CHECK (from_day < to_day)
);
CREATE INDEX exports_newest_first ON exports (workspace_id, created_at DESC, id DESC);
CALL isolate_by_workspace('exports');

-- What the comparison with providers and invoice services found: a difference is told once. `subject` names the thing at the
-- vendor, or our document, and what is said of it.
CREATE TABLE reconciliation_findings (
  account_id   text NOT NULL REFERENCES provider_accounts ON DELETE RESTRICT,
  kind         text NOT NULL,
  subject      text NOT NULL,
  workspace_id text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  payment_id   text NOT NULL REFERENCES payments ON DELETE RESTRICT,
  found_at     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account_id, kind, subject),
  CONSTRAINT reconciliation_findings_kind_is_known CHECK (kind IN ('unknown_transaction', 'missing_transaction', 'other_amount', 'other_status', 'unknown_document', 'doubled_document', 'missing_document', 'other_total'))
);
CREATE INDEX reconciliation_findings_by_payment ON reconciliation_findings (payment_id);
CALL isolate_by_workspace('reconciliation_findings');

-- What each role may do. The app role owns nothing and is held by row-level security.
GRANT USAGE ON SCHEMA public TO tashlum_app, tashlum_system, tashlum_ops;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO tashlum_app, tashlum_system, tashlum_ops;
GRANT INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO tashlum_app, tashlum_system;
REVOKE UPDATE ON audit_log, payment_log, document_files, tax_documents, workspace_logos FROM tashlum_app, tashlum_system;
GRANT UPDATE (status, allocation_number, acknowledged_at, original_left_at, original_held_until) ON tax_documents TO tashlum_app, tashlum_system;
GRANT DELETE ON idempotency_keys, webhook_endpoints, exports TO tashlum_system;
GRANT DELETE ON webhook_endpoints TO tashlum_app;
REVOKE ALL ON PROCEDURE isolate_by_workspace FROM PUBLIC;
