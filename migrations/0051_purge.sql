-- Up Migration

-- What the nightly purge looks for, oldest first. Rows whose body is gone leave the second index.
CREATE INDEX events_by_age ON events (created_at, id);
CREATE INDEX provider_events_with_contents ON provider_events (received_at, id)
  WHERE body_sealed IS NOT NULL OR headers_sealed IS NOT NULL OR remote_address IS NOT NULL;

GRANT DELETE ON events, event_deliveries, event_attempts TO tashlum_system;
