-- Up Migration

CREATE TABLE payments (
  id                 text PRIMARY KEY,
  workspace_id       text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  account_id         text REFERENCES provider_accounts ON DELETE RESTRICT,
  provider           text NOT NULL,
  status             text NOT NULL,
  outcome            text NOT NULL DEFAULT 'known',
  next_check_at      timestamptz,
  review             text,
  reference          text NOT NULL,
  subject            text,
  description        text NOT NULL,
  amount             bigint NOT NULL,
  -- What the payer is asked for: `amount`, plus VAT where `amount` is before VAT.
  charge_amount      bigint NOT NULL,
  currency           char(3) NOT NULL,
  vat_included       boolean NOT NULL,
  vat_treatment      text NOT NULL,
  vat_reason         text,
  service_date       date,
  items              jsonb,
  customer           jsonb,
  metadata           jsonb NOT NULL DEFAULT '{}',
  methods            text[],
  max_installments   integer,
  success_url        text,
  cancel_url         text,
  link_token_hash    bytea,
  link_token_sealed  bytea,
  method             text,
  captured_amount    bigint NOT NULL DEFAULT 0,
  refunded_amount    bigint NOT NULL DEFAULT 0,
  event_sequence     integer NOT NULL DEFAULT 0,
  -- A second charge on that payment became this one; the vendor knows it by that payment's id.
  taken_from         text REFERENCES payments ON DELETE RESTRICT,
  created_at         timestamptz NOT NULL DEFAULT now(),
  paid_at            timestamptz,
  completed_at       timestamptz,
  expires_at         timestamptz,
  CONSTRAINT payments_reference_is_unique UNIQUE (workspace_id, reference),
  CONSTRAINT payments_token_is_unique UNIQUE (link_token_hash),
  CONSTRAINT payments_status_is_known CHECK (status IN ('creating', 'pending', 'completed', 'partially_refunded', 'refunded', 'failed', 'expired', 'cancelled', 'disputed')),
  CONSTRAINT payments_outcome_is_known CHECK (outcome IN ('known', 'unknown')),
  CONSTRAINT payments_review_is_known CHECK (review IN ('amount_mismatch', 'duplicate_payment', 'late_success', 'unknown_outcome', 'provider_dispute', 'document_mismatch', 'foreign_document', 'push_failed', 'reconciliation')),
  CONSTRAINT payments_vat_treatment_is_known CHECK (vat_treatment IN ('standard', 'zero_rated', 'exempt')),
  CONSTRAINT payments_amount_is_positive CHECK (amount > 0 AND charge_amount >= amount),
  CONSTRAINT payments_refunds_fit_the_capture CHECK (refunded_amount >= 0 AND refunded_amount <= captured_amount),
  CONSTRAINT payments_completed_says_when CHECK (status NOT IN ('completed', 'partially_refunded', 'refunded', 'disputed') OR (completed_at IS NOT NULL AND paid_at IS NOT NULL)),
  CONSTRAINT payments_provider_has_account CHECK (provider = 'manual' OR account_id IS NOT NULL)
);
CREATE INDEX payments_newest_first ON payments (workspace_id, created_at DESC, id DESC);
CREATE INDEX payments_by_completion ON payments (workspace_id, completed_at DESC, status);
CREATE INDEX payments_by_subject ON payments (workspace_id, subject) WHERE subject IS NOT NULL;
CREATE INDEX payments_in_review ON payments (workspace_id, review) WHERE review IS NOT NULL;
CREATE INDEX payments_never_started ON payments (created_at) WHERE status = 'creating';
CREATE INDEX payments_outcome_unknown ON payments (next_check_at) WHERE outcome = 'unknown';
CALL isolate_by_workspace('payments');

-- Of a payment that passed no vendor: what the business says of it, as the API took it. Its charge is made of this.
CREATE TABLE manual_payments (
  payment_id    text PRIMARY KEY REFERENCES payments ON DELETE RESTRICT,
  workspace_id  text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  method        text NOT NULL,
  paid_on       date NOT NULL,
  -- An instant of that day in the workspace's time zone.
  paid_at       timestamptz NOT NULL,
  check_details jsonb,
  notes         text,
  CONSTRAINT manual_payments_method_is_known CHECK (method IN ('cash', 'bank_transfer', 'check', 'bit', 'paybox', 'card', 'other')),
  CONSTRAINT manual_payments_only_a_check_has_details CHECK ((method = 'check') = (check_details IS NOT NULL))
);
CALL isolate_by_workspace('manual_payments');

-- Hosted pages: one live page a payment, any number of dead ones.
CREATE TABLE provider_pages (
  id               text PRIMARY KEY,
  workspace_id     text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  payment_id       text NOT NULL REFERENCES payments ON DELETE RESTRICT,
  account_id       text NOT NULL REFERENCES provider_accounts ON DELETE RESTRICT,
  provider_page_id text NOT NULL,
  secret_sealed    bytea,
  url              text NOT NULL,
  state            text NOT NULL,
  expires_at       timestamptz NOT NULL,
  created_at       timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT provider_pages_id_is_unique UNIQUE (account_id, provider_page_id),
  CONSTRAINT provider_pages_state_is_known CHECK (state IN ('live', 'dead'))
);
CREATE UNIQUE INDEX provider_pages_one_live ON provider_pages (payment_id) WHERE state = 'live';
CREATE INDEX provider_pages_by_payment ON provider_pages (payment_id);
CALL isolate_by_workspace('provider_pages');

-- What the vendor says moved, refused attempts included. Documents and totals come from these rows.
CREATE TABLE provider_transactions (
  id                      text PRIMARY KEY,
  workspace_id            text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  payment_id              text NOT NULL REFERENCES payments ON DELETE RESTRICT,
  -- None: money that passed no vendor (cash, a transfer); its id is then our payment's or refund's.
  account_id              text REFERENCES provider_accounts ON DELETE RESTRICT,
  provider_transaction_id text NOT NULL,
  kind                    text NOT NULL,
  status                  text NOT NULL,
  amount                  bigint NOT NULL,
  currency                char(3) NOT NULL,
  paid_at                 timestamptz NOT NULL,
  paid_at_raw             text NOT NULL,
  means                   jsonb NOT NULL,
  payer_name              text,
  refund_of               text,
  refund_reference        text,
  secret_sealed           bytea,
  fee                     bigint,
  settled_on              date,
  raw_code                text NOT NULL,
  foreign_document        text,
  -- Where the vendor insists on being told that a charge was taken note of: when that is due, and when it was done.
  acknowledge_at          timestamptz,
  acknowledged_at         timestamptz,
  created_at              timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT provider_transactions_id_is_unique UNIQUE NULLS NOT DISTINCT (account_id, provider_transaction_id),
  CONSTRAINT provider_transactions_kind_is_known CHECK (kind IN ('charge', 'refund')),
  CONSTRAINT provider_transactions_status_is_known CHECK (status IN ('succeeded', 'declined', 'pending')),
  CONSTRAINT provider_transactions_amount_is_not_negative CHECK (amount >= 0)
);
CREATE INDEX provider_transactions_by_payment ON provider_transactions (payment_id);
CREATE INDEX provider_transactions_unacknowledged ON provider_transactions (acknowledge_at) WHERE acknowledge_at IS NOT NULL;
CALL isolate_by_workspace('provider_transactions');

-- Everything that happened to a payment, in order, with its cause.
CREATE TABLE payment_log (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace_id text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  payment_id   text NOT NULL REFERENCES payments ON DELETE RESTRICT,
  at           timestamptz NOT NULL DEFAULT clock_timestamp(),
  kind         text NOT NULL,
  summary      text NOT NULL,
  from_status  text,
  to_status    text,
  detail       jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX payment_log_by_payment ON payment_log (payment_id, id);
CALL isolate_by_workspace('payment_log');
CREATE TRIGGER payment_log_is_append_only BEFORE UPDATE OR DELETE ON payment_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payment_log_is_not_truncated BEFORE TRUNCATE ON payment_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The inbox. A row is its own job: signalled to the payment's workflow, handled when the workflow has acted on it.
CREATE TABLE provider_events (
  id             text PRIMARY KEY,
  workspace_id   text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  account_id     text NOT NULL REFERENCES provider_accounts ON DELETE RESTRICT,
  provider       text NOT NULL,
  event_id       text NOT NULL,
  kind           text,
  payment_id     text REFERENCES payments ON DELETE RESTRICT,
  verdict        text NOT NULL,
  reason         text,
  body_sealed    bytea,
  headers_sealed bytea,
  body_sha256    bytea NOT NULL,
  remote_address text,
  received_at    timestamptz NOT NULL DEFAULT now(),
  signalled_at   timestamptz,
  handled_at     timestamptz,
  handled_as     text,
  CONSTRAINT provider_events_event_is_unique UNIQUE (account_id, event_id),
  CONSTRAINT provider_events_verdict_is_known CHECK (verdict IN ('accepted', 'quarantined')),
  CONSTRAINT provider_events_accepted_names_a_payment CHECK (verdict <> 'accepted' OR payment_id IS NOT NULL)
);
CREATE INDEX provider_events_undelivered ON provider_events (received_at) WHERE handled_at IS NULL AND verdict = 'accepted';
CREATE INDEX provider_events_by_payment ON provider_events (payment_id);
CREATE INDEX provider_events_newest_first ON provider_events (received_at DESC, id DESC);
CALL isolate_by_workspace('provider_events');

-- Money given back. `charge_id` is what it reverses, `transaction_id` the movement that did it.
CREATE TABLE refunds (
  id             text PRIMARY KEY,
  workspace_id   text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  payment_id     text NOT NULL REFERENCES payments ON DELETE RESTRICT,
  charge_id      text NOT NULL REFERENCES provider_transactions ON DELETE RESTRICT,
  transaction_id text REFERENCES provider_transactions ON DELETE RESTRICT,
  amount         bigint NOT NULL,
  currency       char(3) NOT NULL,
  method         text NOT NULL,
  -- api: asked for; provider: made at the vendor and noticed; review: how a person resolved one; dispute: taken by the bank.
  origin         text NOT NULL,
  -- Money that no document of ours stands for is given back without a credit document.
  is_documented  boolean NOT NULL,
  status         text NOT NULL,
  outcome        text NOT NULL DEFAULT 'known',
  next_check_at  timestamptz,
  reason         text NOT NULL,
  failure        text,
  paid_on        date,
  created_at     timestamptz NOT NULL DEFAULT now(),
  -- Its workflow exists.
  started_at     timestamptz,
  -- The order has left, or may have: it is never sent again.
  sent_at        timestamptz,
  provider_refund_id text,
  completed_at   timestamptz,
  CONSTRAINT refunds_amount_is_positive CHECK (amount > 0),
  CONSTRAINT refunds_status_is_known CHECK (status IN ('pending', 'completed', 'failed')),
  CONSTRAINT refunds_outcome_is_known CHECK (outcome IN ('known', 'unknown')),
  CONSTRAINT refunds_method_is_known CHECK (method IN ('original', 'cash', 'bank_transfer', 'check')),
  CONSTRAINT refunds_origin_is_known CHECK (origin IN ('api', 'provider', 'review', 'dispute')),
  CONSTRAINT refunds_one_a_movement UNIQUE (transaction_id)
);
CREATE INDEX refunds_by_payment ON refunds (payment_id);
CREATE INDEX refunds_pending ON refunds (created_at) WHERE status = 'pending';
CREATE INDEX refunds_outcome_unknown ON refunds (next_check_at) WHERE outcome = 'unknown';
CALL isolate_by_workspace('refunds');

-- Chargebacks as the vendor tells them.
CREATE TABLE disputes (
  id                  text PRIMARY KEY,
  workspace_id        text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  payment_id          text NOT NULL REFERENCES payments ON DELETE RESTRICT,
  account_id          text NOT NULL REFERENCES provider_accounts ON DELETE RESTRICT,
  provider_dispute_id text NOT NULL,
  charge_id           text REFERENCES provider_transactions ON DELETE RESTRICT,
  status              text NOT NULL,
  amount              bigint NOT NULL,
  currency            char(3) NOT NULL,
  opened_at           timestamptz NOT NULL DEFAULT now(),
  closed_at           timestamptz,
  -- A person decided what becomes of it.
  resolved_at         timestamptz,
  CONSTRAINT disputes_id_is_unique UNIQUE (account_id, provider_dispute_id),
  CONSTRAINT disputes_status_is_known CHECK (status IN ('open', 'won', 'lost'))
);
CREATE INDEX disputes_by_payment ON disputes (payment_id);
CALL isolate_by_workspace('disputes');

-- How a person closed a review: written by the API with its audit entry, applied once by the engine.
CREATE TABLE review_resolutions (
  id             text PRIMARY KEY,
  workspace_id   text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  payment_id     text NOT NULL REFERENCES payments ON DELETE RESTRICT,
  review         text NOT NULL,
  action         text NOT NULL,
  reason         text NOT NULL,
  paid           boolean,
  provider_transaction_id text,
  created_at     timestamptz NOT NULL DEFAULT now(),
  applied_at     timestamptz,
  CONSTRAINT review_resolutions_action_is_known CHECK (action IN ('accept', 'refund', 'dismiss'))
);
CREATE UNIQUE INDEX review_resolutions_one_at_a_time ON review_resolutions (payment_id) WHERE applied_at IS NULL;
CALL isolate_by_workspace('review_resolutions');
