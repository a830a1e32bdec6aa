import type { AccountantMonth } from '../domain/accountant-month.ts';
import type { HashavshevetSettings } from '../domain/hashavshevet.ts';
import type { Currency } from '../domain/money.ts';
import type {
  Address,
  DocumentIssuer,
  ExemptSales,
  InvoiceServiceText,
  Locale,
  Mode,
  PrintPolicy,
  VatReturn,
  Workspace,
} from '../domain/workspace.ts';
import type { Sql } from './pool.ts';

/** When payers are asked, unless a payment says otherwise. */
export interface PaymentRequestSettings {
  readonly at: 'immediately' | 'end_of_day' | 'end_of_month' | 'manual';
  readonly remindAfterDays: number | null;
  readonly overdueAfterHours: number;
}

/** A workspace with what only its settings page needs. */
export interface WorkspaceRow extends Workspace {
  readonly paymentRequest: PaymentRequestSettings | null;
  /** Whether the business says that its customers consented to computerised documents. */
  readonly eDocumentConsentsHeld: boolean;
  readonly invoiceServiceText: InvoiceServiceText;
  readonly exemptSales: ExemptSales;
  readonly hashavshevet: HashavshevetSettings | null;
  /** null: the accountant gets no mail. */
  readonly accountantMonth: AccountantMonth | null;
  readonly vatReturn: VatReturn | null;
  /** The logo that new documents take (`workspace-logos.ts`). */
  readonly logoSha256: string | null;
  readonly createdAt: Date;
}

/** A workspace to be written. Without `paymentRequest` or `accountantMonth`, null is stored; consents default to not held, texts to neutral. */
export type WorkspaceToStore = Workspace & {
  readonly paymentRequest?: PaymentRequestSettings | null;
  readonly eDocumentConsentsHeld?: boolean;
  readonly invoiceServiceText?: InvoiceServiceText;
  readonly accountantMonth?: AccountantMonth | null;
};

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
  readonly receiptOnPayPage: boolean;
  readonly invoiceServiceText: InvoiceServiceText;
  readonly exemptSales: ExemptSales;
  readonly hashavshevet: HashavshevetSettings | null;
  readonly accountantMonth: AccountantMonth | null;
  readonly providerDescription: string | null;
  readonly booksClosedThrough: string | null;
  readonly vatReturn: VatReturn | null;
  readonly paymentRequest: PaymentRequestSettings | null;
  readonly eDocumentConsentsHeld: boolean;
  readonly logoSha256: string | null;
  readonly createdAt: Date;
}

const COLUMNS = `id, name, legal_name AS "legalName", tax_id AS "taxId", address, time_zone AS "timeZone", currency, locale,
  mode, document_issuer AS "documentIssuer", receipt_email AS "receiptEmail", receipt_print AS "receiptPrint", receipt_on_pay_page AS "receiptOnPayPage",
  invoice_service_text AS "invoiceServiceText", exempt_sales AS "exemptSales", hashavshevet, accountant_month AS "accountantMonth", provider_description AS "providerDescription", books_closed_through AS "booksClosedThrough", vat_return AS "vatReturn",
  payment_request AS "paymentRequest", e_document_consents_held AS "eDocumentConsentsHeld", logo_sha256 AS "logoSha256", created_at AS "createdAt"`;

/** A workspace with its settings. Null: `tx` sees none. It is not locked. */
export async function findWorkspace(tx: Sql, id: string): Promise<WorkspaceRow | null> {
  const { rows } = await tx.query<StoredWorkspace>(`SELECT ${COLUMNS} FROM workspaces WHERE id = $1`, [id]);
  return rows[0] ? toWorkspace(rows[0]) : null;
}

/** A workspace in the list of all. */
export type ListedWorkspace = Pick<WorkspaceRow, 'id' | 'name' | 'taxId' | 'mode' | 'currency' | 'createdAt'>;

/** Every workspace, newest first, one more than `limit`. For the system role: ids sort by their time. */
export async function listWorkspaces(
  sql: Sql,
  { afterId, limit }: { afterId: string | null; limit: number },
): Promise<readonly ListedWorkspace[]> {
  const { rows } = await sql.query<ListedWorkspace>(
    `SELECT id, name, tax_id AS "taxId", mode, currency, created_at AS "createdAt" FROM workspaces
     WHERE $1::text IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
    [afterId, limit + 1],
  );
  return rows;
}

/** The same as `findWorkspace`, and locks the row. Everything that changes settings calls this. */
export async function lockWorkspace(tx: Sql, id: string): Promise<WorkspaceRow | null> {
  const { rows } = await tx.query<StoredWorkspace>(
    `SELECT ${COLUMNS} FROM workspaces WHERE id = $1 FOR NO KEY UPDATE`,
    [id],
  );
  return rows[0] ? toWorkspace(rows[0]) : null;
}

/**
 * The same, and keeps its settings unchanged until the transaction ends. It is for the issue of a document, so that no
 * books are closed between the choice of its day and its number. Others may hold it at the same time.
 */
export async function shareWorkspace(tx: Sql, id: string): Promise<WorkspaceRow | null> {
  const { rows } = await tx.query<StoredWorkspace>(
    `SELECT ${COLUMNS} FROM workspaces WHERE id = $1 FOR SHARE`,
    [id],
  );
  return rows[0] ? toWorkspace(rows[0]) : null;
}

/** Stores a new workspace. Its settings were checked before. */
export async function insertWorkspace(tx: Sql, workspace: WorkspaceToStore): Promise<void> {
  await tx.query(
    `INSERT INTO workspaces (id, name, legal_name, tax_id, address, time_zone, currency, locale, mode, document_issuer,
       receipt_email, receipt_print, provider_description, books_closed_through, payment_request,
       e_document_consents_held, invoice_service_text, exempt_sales, hashavshevet, receipt_on_pay_page,
       accountant_month, vat_return)
     VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22)`,
    toValues(workspace),
  );
}

/** Replaces all settings of a workspace. The caller has locked it, or two changes would undo each other. */
export async function updateWorkspace(tx: Sql, workspace: WorkspaceToStore): Promise<void> {
  await tx.query(
    `UPDATE workspaces SET name = $2, legal_name = $3, tax_id = $4, address = $5, time_zone = $6, currency = $7,
       locale = $8, mode = $9, document_issuer = $10, receipt_email = $11, receipt_print = $12,
       provider_description = $13, books_closed_through = $14, payment_request = $15,
       e_document_consents_held = $16, invoice_service_text = $17, exempt_sales = $18, hashavshevet = $19, receipt_on_pay_page = $20,
       accountant_month = $21, vat_return = $22
     WHERE id = $1`,
    toValues(workspace),
  );
}

/** Sets the stored logo of new documents; null for none. */
export async function setLogo(tx: Sql, id: string, sha256: string | null): Promise<void> {
  await tx.query('UPDATE workspaces SET logo_sha256 = $2 WHERE id = $1', [id, sha256]);
}

function toWorkspace({
  receiptEmail,
  receiptPrint,
  receiptOnPayPage,
  ...row
}: StoredWorkspace): WorkspaceRow {
  return { ...row, receipt: { email: receiptEmail, print: receiptPrint, onPayPage: receiptOnPayPage } };
}

function toValues(workspace: WorkspaceToStore): unknown[] {
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
    toJsonb(workspace.paymentRequest ?? null),
    workspace.eDocumentConsentsHeld ?? false,
    workspace.invoiceServiceText ?? 'neutral',
    workspace.exemptSales ?? 'transaction_invoice',
    toJsonb(workspace.hashavshevet ?? null),
    workspace.receipt.onPayPage,
    toJsonb(workspace.accountantMonth ?? null),
    toJsonb(workspace.vatReturn ?? null),
  ];
}

/** SQL's null, not JSON's. */
function toJsonb(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}

/** Whether the workspace has any payment: from the first one on, its currency is fixed. */
export async function hasPayments(tx: Sql, workspaceId: string): Promise<boolean> {
  const { rows } = await tx.query<{ found: boolean }>(
    'SELECT EXISTS (SELECT FROM payments WHERE workspace_id = $1) AS found',
    [workspaceId],
  );
  return rows[0]?.found ?? false;
}
