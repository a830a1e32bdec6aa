-- Up Migration

-- The status that a signed event names, in our words: news of a known dispute or refund stays open until the books hold it.
ALTER TABLE provider_events ADD COLUMN names_status text
  CONSTRAINT provider_events_names_status_is_known
  CHECK (names_status IN ('pending', 'succeeded', 'declined', 'inquiry', 'open', 'lost', 'won'));
