-- Up Migration

-- Which disputes a person decided about, as they stood: [{ id, status, takenAmount }]. Those that came later are decided by themselves.
-- `takenAmount`: what the payer's bank took, in minor units of the charge's currency, where the dispute has another one.
ALTER TABLE review_resolutions ADD COLUMN disputes jsonb NOT NULL DEFAULT '[]';
