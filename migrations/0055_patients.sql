-- Up Migration

-- Whom a payment is for, and the days on which the sessions were: the therapist's own books. No vendor is told.
ALTER TABLE payments
  ADD COLUMN patient jsonb,
  ADD COLUMN session_dates date[] NOT NULL DEFAULT '{}';
