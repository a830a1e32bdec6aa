-- Up Migration

-- Webhooks that did not prove their sender, by account: the last one, and how many since the last good one. `due_at`: when
-- the account's open payments are to be asked about; `asked_before`: up to which of the older ones this has come.
CREATE TABLE webhook_refusals (
  account_id   text PRIMARY KEY REFERENCES provider_accounts ON DELETE RESTRICT,
  workspace_id text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  at           timestamptz NOT NULL DEFAULT now(),
  reason       text NOT NULL,
  in_a_row     int NOT NULL DEFAULT 1,
  since        timestamptz NOT NULL DEFAULT now(),
  told_at      timestamptz,
  due_at       timestamptz DEFAULT now(),
  asked_at     timestamptz,
  asked_before timestamptz
);
CALL isolate_by_workspace('webhook_refusals');
GRANT SELECT ON webhook_refusals TO tashlum_app;
GRANT SELECT, INSERT, UPDATE ON webhook_refusals TO tashlum_system;
CREATE INDEX webhook_refusals_due ON webhook_refusals (due_at) WHERE due_at IS NOT NULL;

-- A refused webhook is in the inbox without its body, and is never acted on.
ALTER TABLE provider_events DROP CONSTRAINT provider_events_verdict_is_known;
ALTER TABLE provider_events
  ADD CONSTRAINT provider_events_verdict_is_known CHECK (verdict IN ('accepted', 'quarantined', 'refused')),
  ADD CONSTRAINT provider_events_refused_is_over
    CHECK (verdict <> 'refused' OR (handled_at IS NOT NULL AND payment_id IS NULL AND body_sealed IS NULL));
CREATE INDEX provider_events_refused ON provider_events (received_at DESC, id DESC) WHERE verdict = 'refused';
CREATE INDEX provider_events_refused_at_account ON provider_events (account_id, received_at) WHERE verdict = 'refused';
