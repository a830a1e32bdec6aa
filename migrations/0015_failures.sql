-- Why a payment failed: { code, message, vendorCode }.
ALTER TABLE payments ADD COLUMN failure jsonb CONSTRAINT failure_is_an_object CHECK (jsonb_typeof(failure) = 'object');
