-- Up Migration

-- A reference is free again once its payment ended without money. A payment that gave it away keeps it all the same: money
-- that comes late belongs to that payment, so two paid payments may have one reference. The time says that it was given away.
ALTER TABLE payments ADD COLUMN reference_freed_at timestamptz;
ALTER TABLE payments DROP CONSTRAINT payments_reference_is_unique;
ALTER TABLE payments ADD CONSTRAINT payments_reference_is_unique
  UNIQUE NULLS NOT DISTINCT (workspace_id, reference, reference_freed_at);
