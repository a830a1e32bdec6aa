-- Up Migration

-- owner   runs migrations and nothing else
-- system  what API and worker log in as; sees every workspace for look-ups by secret, admin and jobs
-- app     what they become inside a transaction of one workspace; sees only its rows
-- ops     reads everything, changes nothing
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tashlum_app') THEN
    CREATE ROLE tashlum_app NOLOGIN NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tashlum_system') THEN
    CREATE ROLE tashlum_system LOGIN BYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tashlum_ops') THEN
    CREATE ROLE tashlum_ops NOLOGIN BYPASSRLS;
  END IF;
END $$;
GRANT tashlum_app TO tashlum_system;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: these rows are kept as they were written', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;

-- Row-level security by workspace. An unset workspace compares with NULL or '' and so sees no row.
CREATE FUNCTION current_workspace() RETURNS text LANGUAGE sql STABLE AS
  $$ SELECT current_setting('tashlum.workspace_id', true) $$;

CREATE PROCEDURE isolate_by_workspace(table_name regclass, key_column name DEFAULT 'workspace_id') LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', table_name);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', table_name);
  EXECUTE format(
    'CREATE POLICY own_workspace ON %s TO tashlum_app USING (%I = current_workspace()) WITH CHECK (%I = current_workspace())',
    table_name, key_column, key_column);
END $$;

CREATE TABLE workspaces (
  id                   text PRIMARY KEY,
  name                 text NOT NULL,
  legal_name           jsonb NOT NULL,
  tax_id               text NOT NULL,
  address              jsonb NOT NULL,
  time_zone            text NOT NULL,
  currency             char(3) NOT NULL,
  locale               text NOT NULL,
  mode                 text NOT NULL,
  document_issuer      text,
  receipt_email        boolean NOT NULL,
  receipt_print        text NOT NULL,
  provider_description text,
  books_closed_through date,
  payment_request      jsonb,
  -- Of the last event about the workspace itself.
  event_sequence       integer NOT NULL DEFAULT 0,
  created_at           timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT workspaces_locale_is_known CHECK (locale IN ('he', 'en')),
  CONSTRAINT workspaces_mode_is_known CHECK (mode IN ('live', 'test')),
  CONSTRAINT workspaces_issuer_is_known CHECK (document_issuer IN ('engine', 'invoice_service')),
  CONSTRAINT workspaces_print_is_known CHECK (receipt_print IN ('at_issue', 'on_demand')),
  CONSTRAINT workspaces_provider_description_is_short CHECK (length(provider_description) <= 50)
);
CALL isolate_by_workspace('workspaces', 'id');

CREATE TABLE tax_profiles (
  workspace_id   text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  valid_from     date NOT NULL,
  dealer_type    text NOT NULL,
  vat_registered boolean NOT NULL,
  PRIMARY KEY (workspace_id, valid_from),
  CONSTRAINT tax_profiles_dealer_is_known CHECK (dealer_type IN ('osek_murshe', 'osek_patur', 'company', 'amuta', 'foreign')),
  CONSTRAINT tax_profiles_patur_is_not_registered CHECK (NOT (dealer_type = 'osek_patur' AND vat_registered)),
  CONSTRAINT tax_profiles_foreign_is_not_registered CHECK (NOT (dealer_type = 'foreign' AND vat_registered))
);
CALL isolate_by_workspace('tax_profiles');

CREATE TABLE api_keys (
  id           text PRIMARY KEY,
  workspace_id text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  name         text NOT NULL,
  scopes       text[] NOT NULL,
  prefix       text NOT NULL,
  secret_hash  bytea NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz,
  revoked_at   timestamptz,
  CONSTRAINT api_keys_hash_is_unique UNIQUE (secret_hash)
);
CREATE INDEX api_keys_by_workspace ON api_keys (workspace_id);
CALL isolate_by_workspace('api_keys');

-- Accounts at payment providers and invoice services. A row outlives a switch: old links settle through it.
CREATE TABLE provider_accounts (
  id                       text PRIMARY KEY,
  workspace_id             text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  family                   text NOT NULL,
  provider                 text NOT NULL,
  account_key_hash         bytea NOT NULL,
  credentials_sealed       bytea NOT NULL,
  previous_sealed          bytea,
  previous_valid_until     timestamptz,
  options                  jsonb NOT NULL,
  webhook_token_hash       bytea NOT NULL,
  webhook_token_sealed     bytea NOT NULL,
  is_active                boolean NOT NULL,
  last_checked_at          timestamptz,
  last_success_at          timestamptz,
  created_at               timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT provider_accounts_family_is_known CHECK (family IN ('payment', 'invoice')),
  CONSTRAINT provider_accounts_token_is_unique UNIQUE (webhook_token_hash),
  CONSTRAINT provider_accounts_one_row_an_account UNIQUE (workspace_id, family, provider, account_key_hash)
);
CREATE UNIQUE INDEX provider_accounts_one_active_a_family ON provider_accounts (workspace_id, family) WHERE is_active;
CALL isolate_by_workspace('provider_accounts');

-- Each movement of money is guarded by one key. `lease_until` tells a running twin from one that died.
CREATE TABLE idempotency_keys (
  workspace_id    text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  scope           text NOT NULL,
  key             text NOT NULL,
  request_hash    bytea NOT NULL,
  resource_id     text,
  lease_until     timestamptz,
  response_status integer,
  response_sealed bytea,
  created_at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, scope, key),
  CONSTRAINT idempotency_keys_answer_is_whole CHECK ((response_status IS NULL) = (response_sealed IS NULL)),
  CONSTRAINT idempotency_keys_no_5xx_is_kept CHECK (response_status < 500)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
CALL isolate_by_workspace('idempotency_keys');

-- Breakers of vendors' hosts (`payplus:live`) and accounts (`payplus:live:acc_…`). `opens_until`: of one that is open, when
-- its trial may start; of one half-open, when its trial is given up, which also tells this trial from the next.
CREATE TABLE circuit_breakers (
  name        text PRIMARY KEY,
  state       text NOT NULL,
  failures    integer NOT NULL,
  opens_until timestamptz,
  CONSTRAINT circuit_breakers_state_is_known CHECK (state IN ('closed', 'open', 'half_open')),
  CONSTRAINT circuit_breakers_closed_waits_for_nothing CHECK ((state = 'closed') = (opens_until IS NULL))
);
CREATE INDEX circuit_breakers_in_trouble ON circuit_breakers (name) WHERE state <> 'closed' OR failures > 0;

-- Append-only and hash-chained per workspace; the chain's key lies outside the database.
CREATE TABLE audit_log (
  workspace_id text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  sequence     bigint NOT NULL,
  at           timestamptz NOT NULL DEFAULT now(),
  actor        text NOT NULL,
  action       text NOT NULL,
  reason       text,
  subject_id   text,
  detail       jsonb NOT NULL DEFAULT '{}',
  link         bytea NOT NULL,
  PRIMARY KEY (workspace_id, sequence)
);
CALL isolate_by_workspace('audit_log');
CREATE TRIGGER audit_log_is_append_only BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_log_is_not_truncated BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
