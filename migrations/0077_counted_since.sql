-- Up Migration

-- Since when a document counts in sums of a currency: its sums in shekels may have come after it was made, and then what they
-- enter may have been reported already, or lie in closed books.
CREATE OR REPLACE VIEW reported_documents WITH (security_invoker = true) AS
  SELECT id, workspace_id, payment_id, refund_id, transaction_id, original_document_id, reverses_document_id, type, series, number,
    fiscal_year, document_date, currency, net, vat, total, rate_bp, status, allocation_number, content, acknowledged_at,
    acknowledged_by, created_at, zero_rated, exempt, payment_provider, payment_method, counts_as, created_at AS counted_since
  FROM tax_documents
  UNION ALL
  SELECT d.id, d.workspace_id, d.payment_id, d.refund_id, d.transaction_id, d.original_document_id, d.reverses_document_id, d.type,
    d.series, d.number, d.fiscal_year, d.document_date, 'ILS'::char(3), (known.sums ->> 'net')::bigint,
    (known.sums ->> 'vat')::bigint, (known.sums ->> 'total')::bigint, d.rate_bp, d.status, d.allocation_number, ils.content,
    d.acknowledged_at, d.acknowledged_by, d.created_at, untaxed_sum(ils.content, 'zero_rated'), untaxed_sum(ils.content, 'exempt'),
    d.payment_provider, d.payment_method, d.counts_as, greatest(d.created_at, s.created_at)
  FROM tax_documents d
  LEFT JOIN document_shekels s ON s.document_id = d.id
  CROSS JOIN LATERAL (SELECT coalesce(d.content -> 'ils', s.sums) AS sums) AS known
  CROSS JOIN LATERAL (SELECT d.content || jsonb_build_object(
    'ils', known.sums, 'lines', known.sums -> 'lines', 'means', known.sums -> 'means') AS content) AS ils
  WHERE d.currency <> 'ILS' AND known.sums IS NOT NULL;
