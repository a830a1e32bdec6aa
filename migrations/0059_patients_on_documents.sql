-- Up Migration

-- Whether the document of a payment names the patient and the days of the sessions: only where the app asked for it.
ALTER TABLE payments
  ADD COLUMN print_patient boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT payments_print_a_patient CHECK (NOT print_patient OR patient IS NOT NULL);
