-- An open payment whose workflow has ended: its money was held and went back. It is found by its expiry.
CREATE INDEX payments_open_by_expiry ON payments (expires_at, id) WHERE status IN ('creating', 'pending') AND review IS NULL;

-- Until when an account was compared with its vendor: the next comparison goes on from there, however long that was ago.
ALTER TABLE provider_accounts ADD COLUMN compared_until timestamptz;
