-- What of a document bears no VAT, by its lines, so that reports need not read every document's content.
-- A generated column is filled for old documents too, and no trigger has to let them be changed.
CREATE FUNCTION untaxed_sum(content jsonb, treatment text) RETURNS bigint
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$
    SELECT coalesce(sum((line ->> 'total')::bigint), 0)::bigint
    FROM jsonb_array_elements(content -> 'lines') AS line WHERE line ->> 'vatTreatment' = treatment
  $$;

ALTER TABLE tax_documents
  ADD COLUMN zero_rated bigint NOT NULL GENERATED ALWAYS AS (untaxed_sum(content, 'zero_rated')) STORED,
  ADD COLUMN exempt bigint NOT NULL GENERATED ALWAYS AS (untaxed_sum(content, 'exempt')) STORED;

-- Sums by day are read from the index alone.
CREATE INDEX tax_documents_sums ON tax_documents (workspace_id, currency, document_date)
  INCLUDE (payment_id, refund_id, type, status, net, vat, total, rate_bp, zero_rated, exempt, acknowledged_at);

-- Open links.
CREATE INDEX payments_open ON payments (workspace_id, created_at) INCLUDE (currency, charge_amount)
  WHERE status IN ('creating', 'pending');
