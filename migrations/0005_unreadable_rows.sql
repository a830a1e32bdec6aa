-- Up Migration

-- What a provider's whole answer told of a payment and nobody could read. It hides nothing beside it; a person looks.
-- `held_at`: the review was opened for it; `seen_at`: a person has closed that review. A row that can be read again goes.
CREATE TABLE unreadable_rows (
  payment_id   text NOT NULL REFERENCES payments ON DELETE RESTRICT,
  row_id       text NOT NULL,
  workspace_id text NOT NULL REFERENCES workspaces ON DELETE RESTRICT,
  problem      text NOT NULL,
  found_at     timestamptz NOT NULL DEFAULT now(),
  held_at      timestamptz,
  seen_at      timestamptz,
  PRIMARY KEY (payment_id, row_id)
);
CALL isolate_by_workspace('unreadable_rows');
GRANT SELECT, INSERT, UPDATE, DELETE ON unreadable_rows TO tashlum_app, tashlum_system;
GRANT SELECT ON unreadable_rows TO tashlum_ops;

-- Of a charge that was paid by several means: how much of it the vendor can give back. Null: all of it.
ALTER TABLE provider_transactions ADD COLUMN refundable_amount bigint;
ALTER TABLE provider_transactions ADD CONSTRAINT provider_transactions_refundable_is_of_the_amount
  CHECK (refundable_amount BETWEEN 0 AND amount);
