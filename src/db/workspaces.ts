import type { Currency } from '../domain/money.ts';
import type { Address, DocumentIssuer, Locale, Mode, PrintPolicy, Workspace } from '../domain/workspace.ts';
import type { Sql } from './pool.ts';

interface StoredWorkspace {
  readonly id: string;
  readonly name: string;
  readonly legalName: { he: string; en: string };
  readonly taxId: string;
  readonly address: Address;
  readonly timeZone: string;
  readonly currency: Currency;
  readonly locale: Locale;
  readonly mode: Mode;
  readonly documentIssuer: DocumentIssuer | null;
  readonly receiptEmail: boolean;
  readonly receiptPrint: PrintPolicy;
  readonly providerDescription: string | null;
  readonly booksClosedThrough: string | null;
}

const COLUMNS = `id, name, legal_name AS "legalName", tax_id AS "taxId", address, time_zone AS "timeZone", currency, locale,
  mode, document_issuer AS "documentIssuer", receipt_email AS "receiptEmail", receipt_print AS "receiptPrint",
  provider_description AS "providerDescription", books_closed_through AS "booksClosedThrough"`;

export async function findWorkspace(tx: Sql, id: string): Promise<Workspace | null> {
  const { rows } = await tx.query<StoredWorkspace>(`SELECT ${COLUMNS} FROM workspaces WHERE id = $1`, [id]);
  return rows[0] ? toWorkspace(rows[0]) : null;
}

/** The same, holding the row: whoever changes settings comes through here. */
export async function lockWorkspace(tx: Sql, id: string): Promise<Workspace | null> {
  const { rows } = await tx.query<StoredWorkspace>(
    `SELECT ${COLUMNS} FROM workspaces WHERE id = $1 FOR UPDATE`,
    [id],
  );
  return rows[0] ? toWorkspace(rows[0]) : null;
}

export async function insertWorkspace(tx: Sql, workspace: Workspace): Promise<void> {
  await tx.query(
    `INSERT INTO workspaces (id, name, legal_name, tax_id, address, time_zone, currency, locale, mode, document_issuer,
       receipt_email, receipt_print, provider_description, books_closed_through)
     VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)`,
    toValues(workspace),
  );
}

export async function updateWorkspace(tx: Sql, workspace: Workspace): Promise<void> {
  await tx.query(
    `UPDATE workspaces SET name = $2, legal_name = $3, tax_id = $4, address = $5, time_zone = $6, currency = $7,
       locale = $8, mode = $9, document_issuer = $10, receipt_email = $11, receipt_print = $12,
       provider_description = $13, books_closed_through = $14
     WHERE id = $1`,
    toValues(workspace),
  );
}

function toWorkspace({ receiptEmail, receiptPrint, ...row }: StoredWorkspace): Workspace {
  return { ...row, receipt: { email: receiptEmail, print: receiptPrint } };
}

function toValues(workspace: Workspace): unknown[] {
  return [
    workspace.id,
    workspace.name,
    JSON.stringify(workspace.legalName),
    workspace.taxId,
    JSON.stringify(workspace.address),
    workspace.timeZone,
    workspace.currency,
    workspace.locale,
    workspace.mode,
    workspace.documentIssuer,
    workspace.receipt.email,
    workspace.receipt.print,
    workspace.providerDescription,
    workspace.booksClosedThrough,
  ];
}
