-- Up Migration

-- Every list of the API is read from an index in its own order, and every sum from an index alone, however many payments
-- a workspace has. Figures stand in docs/performance.md, "Reports and lists at 1,000,000 payments".

-- Row-level security would otherwise keep every query from running in parallel. `current_setting` itself is safe.
ALTER FUNCTION current_workspace() PARALLEL SAFE;

CREATE INDEX payments_by_status ON payments (workspace_id, status, created_at DESC, id DESC);
CREATE INDEX payments_by_provider ON payments (workspace_id, provider, created_at DESC, id DESC);
CREATE INDEX payments_by_method ON payments (workspace_id, method, created_at DESC, id DESC);
CREATE INDEX payments_by_payment_time ON payments (workspace_id, paid_at DESC, id DESC);
CREATE INDEX tax_documents_by_type ON tax_documents (workspace_id, type, document_date DESC, id DESC);
CREATE INDEX events_by_type ON events (workspace_id, type, id DESC);
CREATE INDEX provider_events_unhandled ON provider_events (received_at DESC, id DESC) WHERE handled_at IS NULL;

-- The payment's provider and method, which never change after it was paid, so that a report by them joins no payments.
ALTER TABLE tax_documents ADD COLUMN payment_provider text, ADD COLUMN payment_method text;
UPDATE tax_documents d SET payment_provider = p.provider, payment_method = p.method FROM payments p WHERE p.id = d.payment_id;
ALTER TABLE tax_documents ALTER COLUMN payment_provider SET NOT NULL;

DROP INDEX tax_documents_sums;
CREATE INDEX tax_documents_sums ON tax_documents (workspace_id, currency, document_date)
  INCLUDE (refund_id, type, status, net, vat, total, rate_bp, zero_rated, exempt, acknowledged_at, payment_provider, payment_method);
-- Confirmed credits of VAT count on the day of their confirmation.
CREATE INDEX tax_documents_confirmed ON tax_documents (workspace_id, currency)
  WHERE type = 'credit_invoice' AND vat > 0 AND acknowledged_at IS NOT NULL;

-- Holes and falling dates are found in the index that keeps numbers unique.
ALTER TABLE tax_documents DROP CONSTRAINT tax_documents_number_is_unique;
ALTER TABLE tax_documents ADD CONSTRAINT tax_documents_number_is_unique
  UNIQUE (workspace_id, series, number) INCLUDE (document_date);

-- Money that may lack a document, and documents that lack a charge.
CREATE INDEX payments_with_money ON payments (workspace_id, id) WHERE captured_amount > refunded_amount;
CREATE INDEX tax_documents_without_charge ON tax_documents (workspace_id, id) WHERE refund_id IS NULL AND transaction_id IS NULL;
CREATE INDEX invoice_pushes_missing ON invoice_pushes (workspace_id, document_id) WHERE status <> 'pushed';
