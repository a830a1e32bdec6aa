-- Up Migration

-- An endpoint is enabled, paused by hand, disabled by us after long failure, or deleted. A deleted row stays: attempts name it.
ALTER TABLE webhook_endpoints
  DROP COLUMN is_enabled,
  ADD COLUMN status text NOT NULL DEFAULT 'enabled'
    CONSTRAINT webhook_endpoints_status_is_known CHECK (status IN ('enabled', 'paused', 'disabled', 'deleted')),
  -- Since when it has taken no event that it was sent; null if it took the last one.
  ADD COLUMN failing_since timestamptz,
  ADD COLUMN disabled_at timestamptz,
  ADD COLUMN disabled_reason text
    CONSTRAINT webhook_endpoints_disabled_reason_is_known CHECK (disabled_reason IN ('failing', 'gone')),
  ALTER COLUMN secret_sealed DROP NOT NULL,
  ADD CONSTRAINT webhook_endpoints_have_a_secret CHECK (status = 'deleted' OR secret_sealed IS NOT NULL),
  ADD CONSTRAINT webhook_endpoints_disabled_say_why CHECK ((status = 'disabled') = (disabled_at IS NOT NULL AND disabled_reason IS NOT NULL));
DROP INDEX webhook_endpoints_by_workspace;
CREATE UNIQUE INDEX webhook_endpoints_by_workspace ON webhook_endpoints (workspace_id, id);
REVOKE DELETE ON webhook_endpoints FROM tashlum_app, tashlum_system;

-- The order of the ids is that of the events, so a list needs no other key.
DROP INDEX events_newest_first;
CREATE INDEX events_newest_first ON events (workspace_id, id DESC);

-- What an endpoint is owed: written with the event, for the endpoints that want its type.
CREATE TABLE event_deliveries (
  endpoint_id  text NOT NULL,
  event_id     text NOT NULL REFERENCES events ON DELETE RESTRICT,
  workspace_id text NOT NULL,
  -- The stream that the event belongs to: its payment, else its workspace; of a test event the event itself.
  subject      text NOT NULL,
  sequence     bigint NOT NULL,
  status       text NOT NULL DEFAULT 'waiting',
  PRIMARY KEY (event_id, endpoint_id),
  CONSTRAINT event_deliveries_endpoint_is_of_their_workspace FOREIGN KEY (workspace_id, endpoint_id)
    REFERENCES webhook_endpoints (workspace_id, id) ON DELETE RESTRICT,
  CONSTRAINT event_deliveries_status_is_known CHECK (status IN ('waiting', 'delivered', 'given_up'))
);
CREATE INDEX event_deliveries_waiting ON event_deliveries (endpoint_id, subject, sequence) WHERE status = 'waiting';
CREATE INDEX event_deliveries_given_up ON event_deliveries (endpoint_id) WHERE status = 'given_up';
CALL isolate_by_workspace('event_deliveries');

-- The events of one subject for one endpoint, sent one after the other. The row is its own job.
CREATE TABLE event_streams (
  endpoint_id  text NOT NULL,
  subject      text NOT NULL,
  workspace_id text NOT NULL,
  -- When the first waiting event is tried, or, while a worker has it, when that worker counts as dead. Null: nothing waits.
  due_at       timestamptz DEFAULT now(),
  -- Whether an event was added since a worker took the stream.
  has_news     boolean NOT NULL DEFAULT false,
  -- Counts the takings, so that a worker that was slow changes nothing any more.
  turn         bigint NOT NULL DEFAULT 0,
  -- Failed tries of the first waiting event, and since when it is the first.
  tries        integer NOT NULL DEFAULT 0,
  waits_since  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (endpoint_id, subject),
  CONSTRAINT event_streams_endpoint_is_of_their_workspace FOREIGN KEY (workspace_id, endpoint_id)
    REFERENCES webhook_endpoints (workspace_id, id) ON DELETE RESTRICT
);
CREATE INDEX event_streams_due ON event_streams (endpoint_id, due_at) WHERE due_at IS NOT NULL;
CALL isolate_by_workspace('event_streams');

DROP TABLE event_attempts;
CREATE TABLE event_attempts (
  id           text PRIMARY KEY,
  event_id     text NOT NULL REFERENCES events ON DELETE RESTRICT,
  endpoint_id  text NOT NULL,
  workspace_id text NOT NULL,
  at           timestamptz NOT NULL,
  duration_ms  integer NOT NULL,
  -- Null: the endpoint took the event.
  failure      text,
  status       integer,
  error        text,
  -- The beginning of the body of its answer.
  answer       text,
  CONSTRAINT event_attempts_endpoint_is_of_their_workspace FOREIGN KEY (workspace_id, endpoint_id)
    REFERENCES webhook_endpoints (workspace_id, id) ON DELETE RESTRICT,
  CONSTRAINT event_attempts_failure_is_known CHECK (failure IN ('not_sent', 'refused', 'unclear'))
);
CREATE INDEX event_attempts_by_event ON event_attempts (event_id, id);
CALL isolate_by_workspace('event_attempts');

GRANT SELECT ON event_deliveries, event_streams, event_attempts TO tashlum_app, tashlum_system, tashlum_ops;
GRANT INSERT, UPDATE ON event_deliveries, event_streams TO tashlum_app, tashlum_system;
GRANT INSERT ON event_attempts TO tashlum_app, tashlum_system;
