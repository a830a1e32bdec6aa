-- Up Migration

-- What a signed event is about, by the vendor's own id: a charge, a refund, a dispute. The row stays open until our books
-- hold that. `due_at`: when the workflow is told of the row again; none: it is handled.
ALTER TABLE provider_events ADD COLUMN names text, ADD COLUMN due_at timestamptz;
UPDATE provider_events SET due_at = received_at WHERE handled_at IS NULL AND verdict = 'accepted';
DROP INDEX provider_events_undelivered;
CREATE INDEX provider_events_due ON provider_events (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX provider_events_open ON provider_events (payment_id) WHERE handled_at IS NULL AND verdict = 'accepted';
ALTER TABLE provider_events ADD CONSTRAINT provider_events_due_is_open CHECK (due_at IS NULL OR (handled_at IS NULL AND verdict = 'accepted'));

-- A charge is on its way: pending at the vendor, or signed and not shown. When the vendor is asked about it next.
ALTER TABLE payments ADD COLUMN charge_check_at timestamptz;
