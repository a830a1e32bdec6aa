-- Up Migration

-- What a business allowed us at the tax authority: one connection a workspace. Each refresh token is good once.
CREATE TABLE tax_authority_connections (
  workspace_id         text PRIMARY KEY REFERENCES workspaces ON DELETE RESTRICT,
  -- Id of the person who connects; null: their name is told.
  user_id              text,
  -- Of a connection that was begun: what must come back with the code.
  state_hash           bytea UNIQUE,
  state_expires_at     timestamptz,
  refresh_token_sealed bytea,
  refresh_expires_at   timestamptz,
  access_token_sealed  bytea,
  access_expires_at    timestamptz,
  connected_at         timestamptz,
  -- The authority takes its tokens no more: a person must connect again.
  broken_at            timestamptz,
  -- While one process uses the refresh token, no other does.
  renewing_until       timestamptz,
  warned_at            timestamptz,
  created_at           timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT tax_authority_connections_state_is_whole CHECK ((state_hash IS NULL) = (state_expires_at IS NULL)),
  CONSTRAINT tax_authority_connections_tokens_are_whole CHECK (
    (refresh_token_sealed IS NULL) = (refresh_expires_at IS NULL)
    AND (refresh_token_sealed IS NULL) = (access_token_sealed IS NULL)
    AND (refresh_token_sealed IS NULL) = (access_expires_at IS NULL)
    AND (refresh_token_sealed IS NULL) = (connected_at IS NULL))
);
CALL isolate_by_workspace('tax_authority_connections');
GRANT SELECT ON tax_authority_connections TO tashlum_app, tashlum_system, tashlum_ops;
GRANT INSERT, UPDATE ON tax_authority_connections TO tashlum_app, tashlum_system;

-- A document for whose number the authority is asked, and what it said last.
CREATE TABLE allocation_requests (
  document_id  text PRIMARY KEY REFERENCES tax_documents ON DELETE RESTRICT,
  workspace_id text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  status       text NOT NULL DEFAULT 'waiting',
  tries        integer NOT NULL DEFAULT 0,
  due_at       timestamptz NOT NULL,
  refusal_code text,
  last_error   text,
  created_at   timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT allocation_requests_status_is_known CHECK (status IN ('waiting', 'approved', 'refused')),
  CONSTRAINT allocation_requests_refusal_has_a_code CHECK ((status = 'refused') = (refusal_code IS NOT NULL))
);
CREATE INDEX allocation_requests_of_workspace ON allocation_requests (workspace_id, document_id);
CALL isolate_by_workspace('allocation_requests');
GRANT SELECT ON allocation_requests TO tashlum_app, tashlum_system, tashlum_ops;
GRANT INSERT, UPDATE ON allocation_requests TO tashlum_app, tashlum_system;

CREATE INDEX tax_documents_await_allocation ON tax_documents (workspace_id, id) WHERE status = 'allocation_required';
