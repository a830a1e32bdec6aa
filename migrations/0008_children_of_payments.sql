-- Up Migration

-- A payment's children name it together with their workspace: no row of one tenant lies below another's payment.
ALTER TABLE payments ADD CONSTRAINT payments_are_named_with_their_workspace UNIQUE (workspace_id, id);
ALTER TABLE payments DROP CONSTRAINT payments_taken_from_fkey,
  ADD CONSTRAINT payments_are_taken_from_their_workspace FOREIGN KEY (workspace_id, taken_from)
    REFERENCES payments (workspace_id, id) ON DELETE RESTRICT;

DO $$
DECLARE
  child text;
BEGIN
  FOREACH child IN ARRAY ARRAY['manual_payments', 'provider_pages', 'provider_transactions', 'payment_log', 'provider_events',
    'refunds', 'disputes', 'review_resolutions', 'tax_documents', 'payment_requests', 'mails', 'events', 'reconciliation_findings',
    'unreadable_rows']
  LOOP
    EXECUTE format(
      'ALTER TABLE %I DROP CONSTRAINT %I, ADD CONSTRAINT %I FOREIGN KEY (workspace_id, payment_id) '
      'REFERENCES payments (workspace_id, id) ON DELETE RESTRICT',
      child, child || '_payment_id_fkey', child || '_payment_is_of_their_workspace');
  END LOOP;
  -- The payment's own check covers theirs. Events and webhooks may name no payment: they keep both.
  FOREACH child IN ARRAY ARRAY['manual_payments', 'provider_pages', 'provider_transactions', 'payment_log', 'refunds', 'disputes',
    'review_resolutions', 'tax_documents', 'payment_requests', 'mails', 'reconciliation_findings', 'unreadable_rows']
  LOOP
    EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', child, child || '_workspace_id_fkey');
  END LOOP;
END $$;
