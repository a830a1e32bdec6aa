-- Up Migration

-- How a manual payment came where it came in several ways: several cheques, money beside tax withheld at source.
ALTER TABLE manual_payments ADD COLUMN means jsonb;
ALTER TABLE manual_payments DROP CONSTRAINT manual_payments_only_a_check_has_details;
ALTER TABLE manual_payments ADD CONSTRAINT manual_payments_only_a_check_has_details
  CHECK (CASE WHEN means IS NULL THEN (method = 'check') = (check_details IS NOT NULL) ELSE check_details IS NULL END);
