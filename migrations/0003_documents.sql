-- Up Migration

-- The last number given in a series. Taken only by the statement that inserts the document, in its transaction.
CREATE TABLE document_counters (
  workspace_id text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  series       text NOT NULL,
  last_number  bigint NOT NULL,
  PRIMARY KEY (workspace_id, series),
  CONSTRAINT document_counters_are_not_negative CHECK (last_number >= 0)
);
CALL isolate_by_workspace('document_counters');

CREATE FUNCTION refuse_lower_counter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.last_number < OLD.last_number OR (NEW.workspace_id, NEW.series) <> (OLD.workspace_id, OLD.series) THEN
    RAISE EXCEPTION 'series % cannot go back from % to %', OLD.series, OLD.last_number, NEW.last_number
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER document_counters_only_rise BEFORE UPDATE ON document_counters FOR EACH ROW EXECUTE FUNCTION refuse_lower_counter();
CREATE TRIGGER document_counters_are_never_deleted BEFORE DELETE ON document_counters FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_counters_are_not_truncated BEFORE TRUNCATE ON document_counters FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Whether the issuer that a document froze may issue tax invoices and charge VAT
-- (docs/reference/israel-tax.md, "Who issues what").
CREATE FUNCTION may_charge_vat(issuer jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce((issuer -> 'vatRegistered') = 'true' AND issuer ->> 'dealerType' IN ('osek_murshe', 'company', 'amuta'), false)
$$;

CREATE TABLE tax_documents (
  id                   text PRIMARY KEY,
  workspace_id         text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  payment_id           text NOT NULL REFERENCES payments ON DELETE RESTRICT,
  refund_id            text REFERENCES refunds ON DELETE RESTRICT,
  transaction_id       text REFERENCES provider_transactions ON DELETE RESTRICT,
  original_document_id text REFERENCES tax_documents ON DELETE RESTRICT,
  type                 text NOT NULL,
  series               text NOT NULL,
  number               bigint NOT NULL,
  fiscal_year          integer NOT NULL,
  document_date        date NOT NULL,
  currency             char(3) NOT NULL,
  net                  bigint NOT NULL,
  vat                  bigint NOT NULL,
  total                bigint NOT NULL,
  rate_bp              integer NOT NULL,
  status               text NOT NULL,
  allocation_number    text,
  content              jsonb NOT NULL,
  acknowledged_at      timestamptz,
  original_left_at     timestamptz,
  -- An answer that carries the original is on its way; one that breaks off lets go.
  original_held_until  timestamptz,
  created_at           timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT tax_documents_number_is_unique UNIQUE (workspace_id, series, number),
  CONSTRAINT tax_documents_amounts_add_up CHECK (net + vat = total),
  CONSTRAINT tax_documents_amounts_are_positive CHECK (net >= 0 AND vat >= 0 AND total > 0),
  CONSTRAINT tax_documents_type_is_known CHECK (type IN ('receipt', 'tax_invoice_receipt', 'payment_confirmation', 'credit_receipt', 'credit_invoice', 'refund_confirmation')),
  CONSTRAINT tax_documents_status_is_known CHECK (status IN ('issued', 'allocation_required', 'cancelled')),
  CONSTRAINT tax_documents_credit_has_refund CHECK ((type IN ('credit_receipt', 'credit_invoice', 'refund_confirmation')) = (refund_id IS NOT NULL)),
  CONSTRAINT tax_documents_credit_has_original CHECK ((refund_id IS NULL) = (original_document_id IS NULL)),
  CONSTRAINT tax_documents_credit_fits_original CHECK (
    (type, coalesce(content #>> '{credits,type}', '')) IN
      (('credit_receipt', 'receipt'), ('credit_invoice', 'tax_invoice_receipt'), ('refund_confirmation', 'payment_confirmation'))
    OR refund_id IS NULL),
  -- The type and the VAT that the issuer may not write cannot be stored.
  CONSTRAINT tax_documents_invoice_of_registered CHECK (type NOT IN ('tax_invoice_receipt', 'credit_invoice') OR may_charge_vat(content -> 'issuer')),
  CONSTRAINT tax_documents_receipt_bears_no_vat CHECK (type NOT IN ('receipt', 'credit_receipt') OR vat = 0),
  CONSTRAINT tax_documents_vat_of_registered CHECK (vat = 0 OR may_charge_vat(content -> 'issuer'))
);
CREATE UNIQUE INDEX tax_documents_one_a_payment ON tax_documents (payment_id) WHERE refund_id IS NULL;
CREATE UNIQUE INDEX tax_documents_one_a_refund ON tax_documents (refund_id) WHERE refund_id IS NOT NULL;
CREATE INDEX tax_documents_by_date ON tax_documents (workspace_id, document_date DESC, id DESC);
CREATE INDEX tax_documents_by_payment ON tax_documents (payment_id);
CALL isolate_by_workspace('tax_documents');

CREATE FUNCTION refuse_document_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.workspace_id, NEW.payment_id, NEW.refund_id, NEW.transaction_id, NEW.original_document_id, NEW.type, NEW.series, NEW.number,
      NEW.fiscal_year, NEW.document_date, NEW.currency, NEW.net, NEW.vat, NEW.total, NEW.rate_bp, NEW.content, NEW.created_at)
     IS DISTINCT FROM
     (OLD.id, OLD.workspace_id, OLD.payment_id, OLD.refund_id, OLD.transaction_id, OLD.original_document_id, OLD.type, OLD.series, OLD.number,
      OLD.fiscal_year, OLD.document_date, OLD.currency, OLD.net, OLD.vat, OLD.total, OLD.rate_bp, OLD.content, OLD.created_at)
  THEN
    RAISE EXCEPTION 'document % is issued: what it says cannot change, issue a credit document instead', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  -- What comes later comes once.
  IF NEW.allocation_number IS DISTINCT FROM coalesce(OLD.allocation_number, NEW.allocation_number)
    OR NEW.acknowledged_at IS DISTINCT FROM coalesce(OLD.acknowledged_at, NEW.acknowledged_at)
    OR NEW.original_left_at IS DISTINCT FROM coalesce(OLD.original_left_at, NEW.original_left_at)
    OR (NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (('allocation_required', 'issued'), ('issued', 'cancelled'), ('allocation_required', 'cancelled')))
  THEN
    RAISE EXCEPTION 'document % is issued: what was added to it stays', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tax_documents_keep_what_they_say BEFORE UPDATE ON tax_documents FOR EACH ROW EXECUTE FUNCTION refuse_document_rewrite();
CREATE TRIGGER tax_documents_are_never_deleted BEFORE DELETE ON tax_documents FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tax_documents_are_not_truncated BEFORE TRUNCATE ON tax_documents FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Printed bytes; the original is printed once and never again.
CREATE TABLE document_files (
  document_id  text NOT NULL REFERENCES tax_documents ON DELETE RESTRICT,
  variant      text NOT NULL,
  workspace_id text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  bytes        bytea NOT NULL,
  sha256       text NOT NULL,
  -- Whether the file carries the issuer's electronic signature.
  signed       boolean NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (document_id, variant),
  CONSTRAINT document_files_variant_is_known CHECK (variant IN ('original', 'copy', 'awaiting'))
);
CALL isolate_by_workspace('document_files');
CREATE TRIGGER document_files_are_kept BEFORE UPDATE OR DELETE ON document_files FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_files_are_not_truncated BEFORE TRUNCATE ON document_files FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Logos by what they are. Documents froze the hash of theirs and are printed from it for years, so none changes or goes.
CREATE TABLE workspace_logos (
  workspace_id text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  sha256       text NOT NULL,
  png          bytea NOT NULL,
  width        integer NOT NULL,
  height       integer NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, sha256),
  CONSTRAINT workspace_logos_hash_is_of_the_picture CHECK (sha256 = encode(sha256(png), 'hex'))
);
CALL isolate_by_workspace('workspace_logos');
CREATE TRIGGER workspace_logos_are_kept BEFORE UPDATE OR DELETE ON workspace_logos FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER workspace_logos_are_not_truncated BEFORE TRUNCATE ON workspace_logos FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- The one that new documents take.
ALTER TABLE workspaces ADD COLUMN logo_sha256 text,
  ADD CONSTRAINT workspaces_logo_is_stored FOREIGN KEY (id, logo_sha256) REFERENCES workspace_logos ON DELETE RESTRICT;

CREATE TABLE invoice_pushes (
  document_id       text PRIMARY KEY REFERENCES tax_documents ON DELETE RESTRICT,
  workspace_id      text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  account_id        text NOT NULL REFERENCES provider_accounts ON DELETE RESTRICT,
  service           text NOT NULL,
  status            text NOT NULL,
  external_id       text,
  external_number   text,
  external_url      text,
  allocation_number text,
  -- When to ask the service for a number that was not there at the push; null: none is expected, or it is there.
  allocation_due_at timestamptz,
  last_error        text,
  -- Whoever pushes holds the row; a try that dies lets go by itself.
  lease_until       timestamptz,
  created_at        timestamptz NOT NULL DEFAULT now(),
  pushed_at         timestamptz,
  CONSTRAINT invoice_pushes_status_is_known CHECK (status IN ('pending', 'pushed', 'failed')),
  CONSTRAINT invoice_pushes_pushed_says_where CHECK (status <> 'pushed' OR (external_id IS NOT NULL AND pushed_at IS NOT NULL)),
  CONSTRAINT invoice_pushes_external_is_unique UNIQUE (account_id, external_id)
);
CREATE INDEX invoice_pushes_waiting ON invoice_pushes (created_at) WHERE status <> 'pushed';
CREATE INDEX invoice_pushes_allocation_due ON invoice_pushes (allocation_due_at) WHERE allocation_due_at IS NOT NULL;
CALL isolate_by_workspace('invoice_pushes');

-- Asking a payer for a payment, one row a payment. What was done is noted here, so that timers may be started again at will.
CREATE TABLE payment_requests (
  payment_id          text PRIMARY KEY REFERENCES payments ON DELETE RESTRICT,
  workspace_id        text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  due_at              timestamptz,
  remind_after_days   integer,
  overdue_after_hours integer NOT NULL,
  asked_at            timestamptz,
  last_asked_at       timestamptz,
  reminders           integer NOT NULL DEFAULT 0,
  overdue_at          timestamptz,
  -- Since when its workflow is owed a start or a nudge; null: it knows.
  owed_since          timestamptz,
  created_at          timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT payment_requests_limits_are_positive CHECK (remind_after_days > 0 AND overdue_after_hours > 0)
);
CREATE INDEX payment_requests_owed ON payment_requests (owed_since) WHERE owed_since IS NOT NULL;
CALL isolate_by_workspace('payment_requests');

-- Mails to payers. A row is its own job: due until the mail server took it, or it was given up.
CREATE TABLE mails (
  id           text PRIMARY KEY,
  workspace_id text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  payment_id   text NOT NULL REFERENCES payments ON DELETE RESTRICT,
  kind         text NOT NULL,
  document_id  text REFERENCES tax_documents ON DELETE RESTRICT,
  variant      text,
  recipient    text NOT NULL,
  locale       text NOT NULL,
  status       text NOT NULL DEFAULT 'due',
  due_at       timestamptz NOT NULL DEFAULT now(),
  -- Whoever sends holds the row; a try that dies lets go by itself.
  lease_until  timestamptz,
  -- When the app asked for it by the API; null: it came by itself.
  asked_at     timestamptz,
  attempts     integer NOT NULL DEFAULT 0,
  -- Tries that may have reached the payer: the message was handed over and no answer came back.
  lost_answers integer NOT NULL DEFAULT 0,
  last_error   text,
  created_at   timestamptz NOT NULL DEFAULT now(),
  sent_at      timestamptz,
  CONSTRAINT mails_kind_is_known CHECK (kind IN ('document', 'request', 'reminder')),
  CONSTRAINT mails_status_is_known CHECK (status IN ('due', 'sending', 'sent', 'unconfirmed', 'failed', 'dropped')),
  CONSTRAINT mails_variant_is_known CHECK (variant IN ('original', 'copy')),
  CONSTRAINT mails_locale_is_known CHECK (locale IN ('he', 'en')),
  CONSTRAINT mails_of_documents_carry_one CHECK ((kind = 'document') = (document_id IS NOT NULL AND variant IS NOT NULL)),
  CONSTRAINT mails_sent_says_when CHECK (status <> 'sent' OR sent_at IS NOT NULL)
);
CREATE UNIQUE INDEX mails_once_by_itself ON mails (document_id, recipient) WHERE kind = 'document' AND asked_at IS NULL;
CREATE INDEX mails_waiting ON mails (due_at) WHERE status IN ('due', 'sending');
CREATE INDEX mails_by_payment ON mails (payment_id, created_at);
CALL isolate_by_workspace('mails');
