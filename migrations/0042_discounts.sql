-- Up Migration

-- Taken off all items together; the items have discounts of their own. Shared by the lines of the document.
ALTER TABLE payments
  ADD COLUMN discount bigint NOT NULL DEFAULT 0,
  ADD CONSTRAINT payments_discount_is_of_items CHECK (discount = 0 OR (discount > 0 AND items IS NOT NULL));
