-- Up Migration

-- What a person must look at and the books do not show by themselves. `subject` names the thing: each is asked about once.
CREATE TABLE review_questions (
  payment_id   text NOT NULL,
  reason       text NOT NULL,
  subject      text NOT NULL,
  workspace_id text NOT NULL,
  asked_at     timestamptz NOT NULL DEFAULT now(),
  answered_at  timestamptz,
  PRIMARY KEY (payment_id, reason, subject),
  CONSTRAINT review_questions_payment_is_of_their_workspace FOREIGN KEY (workspace_id, payment_id) REFERENCES payments (workspace_id, id) ON DELETE RESTRICT,
  CONSTRAINT review_questions_reason_is_known CHECK (reason IN ('late_success', 'document_mismatch', 'foreign_document', 'reconciliation', 'refund_reversed'))
);
CALL isolate_by_workspace('review_questions');
GRANT SELECT ON review_questions TO tashlum_app, tashlum_system, tashlum_ops;
GRANT INSERT, UPDATE ON review_questions TO tashlum_app, tashlum_system;

ALTER TABLE payments
  -- A vendor may give back more than came (once by hand, once in its dashboard): that is a fact, and a person's question.
  DROP CONSTRAINT payments_refunds_fit_the_capture,
  ADD CONSTRAINT payments_sums_are_not_negative CHECK (captured_amount >= 0 AND refunded_amount >= 0),
  DROP CONSTRAINT payments_review_is_known,
  ADD CONSTRAINT payments_review_is_known CHECK (review IN ('unknown_outcome', 'amount_mismatch', 'duplicate_payment', 'refund_reversed', 'provider_dispute', 'late_success', 'document_mismatch', 'foreign_document', 'push_failed', 'reconciliation'));

ALTER TABLE refunds
  -- The vendor answered the order, if only by "pending". Sent and not answered: no other refund of the payment leaves.
  ADD COLUMN answered_at timestamptz,
  -- A worker is starting its workflow; one that dies lets go by itself.
  ADD COLUMN start_claimed_until timestamptz,
  -- Nobody knows what became of it for so long that a person is asked.
  ADD COLUMN person_asked_at timestamptz,
  -- It was settled on a person's word; this is the vendor's own movement, which showed up later.
  ADD COLUMN recognised_id text REFERENCES provider_transactions ON DELETE RESTRICT,
  ADD CONSTRAINT refunds_one_a_recognised_movement UNIQUE (recognised_id);

ALTER TABLE review_resolutions
  ADD COLUMN refund_id text REFERENCES refunds ON DELETE RESTRICT;

-- The same for carrying out a decision.
ALTER TABLE review_resolutions ADD COLUMN start_claimed_until timestamptz;

ALTER TABLE disputes
  -- The vendor's id of the charge, which may come into the books later.
  ADD COLUMN provider_transaction_id text,
  -- What a person decided.
  ADD COLUMN resolution text,
  DROP CONSTRAINT disputes_status_is_known,
  ADD CONSTRAINT disputes_status_is_known CHECK (status IN ('inquiry', 'open', 'lost', 'won')),
  ADD CONSTRAINT disputes_resolution_is_known CHECK (resolution IN ('refund', 'dismiss')),
  ADD CONSTRAINT disputes_resolution_says_when CHECK ((resolution IS NULL) = (resolved_at IS NULL));

-- The vendor's transaction that a webhook names. One that came before its charge is taken out of quarantine with the charge.
ALTER TABLE provider_events ADD COLUMN provider_transaction_id text;
CREATE INDEX provider_events_before_their_charge ON provider_events (account_id, provider_transaction_id)
  WHERE verdict = 'quarantined' AND provider_transaction_id IS NOT NULL;

ALTER TABLE reconciliation_findings
  DROP CONSTRAINT reconciliation_findings_kind_is_known,
  ADD CONSTRAINT reconciliation_findings_kind_is_known CHECK (kind IN ('unknown_transaction', 'missing_transaction', 'other_amount', 'other_status', 'other_dispute', 'unknown_document', 'doubled_document', 'missing_document', 'other_total'));

-- A person said that a document which the invoice service refused stays as it is.
ALTER TABLE invoice_pushes
  ADD COLUMN kept_at timestamptz,
  ADD CONSTRAINT invoice_pushes_only_failed_are_kept CHECK (kept_at IS NULL OR status = 'failed');
