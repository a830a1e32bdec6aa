-- Up Migration

-- Post-dated cheques of a dealer of VAT: a receipt at once, the tax invoice on the day on which they fall due
-- (docs/reference/israel-tax.md, "What a document says"). The receipt is of money and no sale, the invoice of the sale and no
-- money; every other document is both.
ALTER TABLE tax_documents
  DROP CONSTRAINT tax_documents_type_is_known,
  ADD CONSTRAINT tax_documents_type_is_known CHECK (type IN ('receipt', 'tax_invoice', 'tax_invoice_receipt', 'payment_confirmation', 'credit_receipt', 'credit_invoice', 'refund_confirmation')),
  DROP CONSTRAINT tax_documents_credit_fits_original,
  ADD CONSTRAINT tax_documents_credit_fits_original CHECK (
    (type, coalesce(content #>> '{credits,type}', '')) IN
      (('credit_receipt', 'receipt'), ('credit_invoice', 'tax_invoice_receipt'), ('credit_invoice', 'tax_invoice'), ('refund_confirmation', 'payment_confirmation'))
    OR refund_id IS NULL),
  DROP CONSTRAINT tax_documents_invoice_of_registered,
  ADD CONSTRAINT tax_documents_invoice_of_registered CHECK (type NOT IN ('tax_invoice', 'tax_invoice_receipt', 'credit_invoice') OR may_charge_vat(content -> 'issuer')),
  -- A generated column is filled for old documents too, and follows what the document froze, which never changes.
  ADD COLUMN counts_as text NOT NULL GENERATED ALWAYS AS (
    CASE WHEN type = 'tax_invoice' OR coalesce(content #>> '{credits,type}', '') = 'tax_invoice' THEN 'sale'
      WHEN content ? 'invoiceDueOn' THEN 'money'
      ELSE 'both' END) STORED;

-- One document of the money and one of the sale at most, of a payment and of a refund.
DROP INDEX tax_documents_one_a_payment;
CREATE UNIQUE INDEX tax_documents_one_a_payment ON tax_documents (payment_id)
  WHERE refund_id IS NULL AND reverses_document_id IS NULL AND counts_as <> 'sale';
CREATE UNIQUE INDEX tax_documents_one_invoice_a_payment ON tax_documents (payment_id)
  WHERE refund_id IS NULL AND reverses_document_id IS NULL AND counts_as = 'sale';
DROP INDEX tax_documents_one_a_refund;
CREATE UNIQUE INDEX tax_documents_one_a_refund ON tax_documents (refund_id) WHERE refund_id IS NOT NULL AND counts_as <> 'sale';
CREATE UNIQUE INDEX tax_documents_one_invoice_credit_a_refund ON tax_documents (refund_id) WHERE refund_id IS NOT NULL AND counts_as = 'sale';

DROP INDEX tax_documents_sums;
CREATE INDEX tax_documents_sums ON tax_documents (workspace_id, currency, document_date)
  INCLUDE (refund_id, type, status, counts_as, net, vat, total, rate_bp, zero_rated, exempt, acknowledged_at, payment_provider, payment_method);
-- Receipts whose invoice may be owed.
CREATE INDEX tax_documents_of_money ON tax_documents (workspace_id, payment_id)
  WHERE counts_as = 'money' AND refund_id IS NULL AND reverses_document_id IS NULL;

ALTER TABLE manual_payments ADD COLUMN invoice_due_on date;
COMMENT ON COLUMN manual_payments.invoice_due_on IS 'On this day the tax invoice of its post-dated cheques is issued.';
