-- Up Migration

-- The key of a request that makes a workspace stands under the workspace that it made, so it is looked for in all of them.
CREATE UNIQUE INDEX idempotency_keys_one_workspace_a_key ON idempotency_keys (key) WHERE scope = 'POST /v1/workspaces';
