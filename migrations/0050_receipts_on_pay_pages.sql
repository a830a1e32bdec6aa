-- Up Migration

-- Whether payers find a copy of the document behind their link once they paid.
ALTER TABLE workspaces ADD COLUMN receipt_on_pay_page boolean NOT NULL DEFAULT false;
