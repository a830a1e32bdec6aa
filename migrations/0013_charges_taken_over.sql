-- Charges that became payments of their own are found by the payment that they came from.
CREATE INDEX payments_taken_from ON payments (taken_from) WHERE taken_from IS NOT NULL;
