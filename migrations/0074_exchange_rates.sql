-- Up Migration

-- What other currencies are worth in shekels, for all workspaces: the representative rates of the Bank of Israel.
CREATE TABLE exchange_rates (
  currency    char(3) NOT NULL,
  -- The day for which it was published.
  day         date NOT NULL,
  -- The last day on which no newer one is known.
  known_until date NOT NULL,
  -- Millionths of a shekel for one whole unit.
  rate        bigint NOT NULL,
  entered_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (currency, day),
  CONSTRAINT exchange_rates_is_of_another_currency CHECK (currency <> 'ILS'),
  CONSTRAINT exchange_rates_is_known_for_days CHECK (known_until BETWEEN day AND day + 7),
  CONSTRAINT exchange_rates_rate_is_possible CHECK (rate BETWEEN 1 AND 1000000000)
);
GRANT SELECT ON exchange_rates TO tashlum_app, tashlum_system, tashlum_ops;
GRANT INSERT, UPDATE ON exchange_rates TO tashlum_system;

-- Sums in shekels of documents that were issued before their rate was known (the others have theirs in content.ils). What a
-- document says does not change: reports and files read them here.
CREATE TABLE document_shekels (
  document_id  text PRIMARY KEY REFERENCES tax_documents ON DELETE RESTRICT,
  workspace_id text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  sums         jsonb NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT document_shekels_add_up CHECK (
    (sums ->> 'net')::bigint >= 0 AND (sums ->> 'vat')::bigint >= 0
    AND (sums ->> 'net')::bigint + (sums ->> 'vat')::bigint = (sums ->> 'total')::bigint)
);
CREATE INDEX document_shekels_of_workspace ON document_shekels (workspace_id, document_id);
CALL isolate_by_workspace('document_shekels');
GRANT SELECT ON document_shekels TO tashlum_app, tashlum_system, tashlum_ops;
GRANT INSERT ON document_shekels TO tashlum_app, tashlum_system;
CREATE TRIGGER document_shekels_are_kept BEFORE UPDATE OR DELETE ON document_shekels FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE document_shekels ENABLE ALWAYS TRIGGER document_shekels_are_kept;
CREATE TRIGGER document_shekels_are_not_truncated BEFORE TRUNCATE ON document_shekels FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE document_shekels ENABLE ALWAYS TRIGGER document_shekels_are_not_truncated;

CREATE INDEX tax_documents_in_other_currencies ON tax_documents (workspace_id, document_date) WHERE currency <> 'ILS';
-- Those that were issued without sums in shekels, and of them those that need some.
CREATE INDEX tax_documents_without_shekels ON tax_documents (workspace_id, currency, document_date)
  WHERE currency <> 'ILS' AND NOT content ? 'ils';
CREATE INDEX tax_documents_that_lack_shekels ON tax_documents (workspace_id, document_date)
  WHERE currency <> 'ILS' AND NOT content ? 'ils' AND content #>> '{issuer,dealerType}' <> 'foreign';

-- Documents as reports count them: each in its own currency, and those of other currencies in shekels as well.
CREATE VIEW reported_documents WITH (security_invoker = true) AS
  SELECT id, workspace_id, payment_id, refund_id, transaction_id, original_document_id, reverses_document_id, type, series, number,
    fiscal_year, document_date, currency, net, vat, total, rate_bp, status, allocation_number, content, acknowledged_at,
    acknowledged_by, created_at, zero_rated, exempt, payment_provider, payment_method, counts_as
  FROM tax_documents
  UNION ALL
  SELECT d.id, d.workspace_id, d.payment_id, d.refund_id, d.transaction_id, d.original_document_id, d.reverses_document_id, d.type,
    d.series, d.number, d.fiscal_year, d.document_date, 'ILS'::char(3), (known.sums ->> 'net')::bigint,
    (known.sums ->> 'vat')::bigint, (known.sums ->> 'total')::bigint, d.rate_bp, d.status, d.allocation_number, ils.content,
    d.acknowledged_at, d.acknowledged_by, d.created_at, untaxed_sum(ils.content, 'zero_rated'), untaxed_sum(ils.content, 'exempt'),
    d.payment_provider, d.payment_method, d.counts_as
  FROM tax_documents d
  LEFT JOIN document_shekels s ON s.document_id = d.id
  CROSS JOIN LATERAL (SELECT coalesce(d.content -> 'ils', s.sums) AS sums) AS known
  CROSS JOIN LATERAL (SELECT d.content || jsonb_build_object(
    'ils', known.sums, 'lines', known.sums -> 'lines', 'means', known.sums -> 'means') AS content) AS ils
  WHERE d.currency <> 'ILS' AND known.sums IS NOT NULL;
GRANT SELECT ON reported_documents TO tashlum_app, tashlum_system, tashlum_ops;
