-- Up Migration

-- What the nightly check of the books found, a row a rule. Every API process shows it as a metric, whichever worker checked.
CREATE TABLE books_checks (
  rule       text PRIMARY KEY,
  broken     bigint NOT NULL,
  checked_at timestamptz NOT NULL,
  CONSTRAINT books_checks_count_is_not_negative CHECK (broken >= 0)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON books_checks TO tashlum_system;
GRANT SELECT ON books_checks TO tashlum_ops;
