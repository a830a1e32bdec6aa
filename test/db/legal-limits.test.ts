import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { Pool } from 'pg';
import { openWorkspace } from '../api/rig.ts';
import { theDocumentOf } from '../e2e/support/clinic.ts';
import type { TestWorkspace } from '../e2e/support/clinic.ts';
import { record } from '../e2e/support/manual.ts';
import { refund } from '../e2e/support/refunds.ts';
import { readEnvironment } from '../support/environment.ts';

/** The day in the time zone of the clinic: from 22:00 UTC on, or 21:00 in summer, another than PostgreSQL's. */
const TODAY = `(now() AT TIME ZONE 'Asia/Jerusalem')::date`;

let pool: Pool;
let clinic: TestWorkspace;
/** A tax invoice of 350.00 with a credit of 100.00. */
let original: string;
beforeAll(async () => {
  pool = new Pool({ connectionString: readEnvironment().databaseUrl, max: 3 });
  clinic = await openWorkspace({ provider: false });
  const payment = await record(clinic);
  original = theDocumentOf(payment);
  await refund(clinic, payment.id, { amount: 10_000 });
});
afterAll(() => pool.end());

/** What the superuser of the database is told, in a transaction that is rolled back. */
async function attempt(...statements: readonly string[]): Promise<string | null> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    for (const statement of statements) await client.query(statement);
    return null;
  } catch (error) {
    return (error as { constraint?: string }).constraint ?? (error as Error).message;
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

/** A further credit of the original, as if its refund existed. */
function credit(net: number, vat: number, day = TODAY): string[] {
  return [
    `INSERT INTO refunds (id, workspace_id, payment_id, charge_id, amount, currency, method, origin, is_documented, status, reason)
     SELECT 'ref_forged', workspace_id, payment_id, transaction_id, ${net + vat}, currency, 'cash', 'api', true, 'completed', 'x'
     FROM tax_documents WHERE id = '${original}'`,
    `INSERT INTO tax_documents (id, workspace_id, payment_id, refund_id, original_document_id, type, series, number,
       fiscal_year, document_date, currency, net, vat, total, rate_bp, status, content,
       payment_provider, payment_method)
     SELECT 'doc_forged', workspace_id, payment_id, 'ref_forged', id, 'credit_invoice', 'credit_invoice', 999999,
       2026, ${day}, currency, ${net}, ${vat}, ${net + vat}, rate_bp, 'issued',
       content || jsonb_build_object('credits', jsonb_build_object('type', type)), payment_provider, payment_method
     FROM tax_documents WHERE id = '${original}'`,
  ];
}

describe('the database refuses, whoever asks', () => {
  it.each([
    ['more VAT than the original has left', 0, 5_339],
    ['more net than the original has left', 29_661, 0],
    ['more than both', 29_661, 5_339],
  ])('a credit of %s', async (_what, net, vat) => {
    expect(await attempt(...credit(net, vat))).toBe('tax_documents_credits_fit_original');
  });

  it('a credit that is dated before its original', async () => {
    expect(await attempt(...credit(100, 18, `'2025-03-01'`))).toBe('tax_documents_credit_is_not_earlier');
  });

  it('no credit that fits', async () => {
    expect(await attempt(...credit(100, 18))).toBeNull();
  });

  it('a document that takes back another sum than the credit has, or is of another type', async () => {
    const reversal = (net: string, type: string) =>
      `INSERT INTO tax_documents (id, workspace_id, payment_id, reverses_document_id, type, series, number, fiscal_year,
         document_date, currency, net, vat, total, rate_bp, status, content, payment_provider, payment_method)
       SELECT 'doc_forged', workspace_id, payment_id, id, '${type}', '${type}', 999999, 2026, ${TODAY}, currency,
         ${net}, vat, ${net} + vat, rate_bp, 'issued', content, payment_provider, payment_method
       FROM tax_documents WHERE original_document_id = '${original}'`;
    expect(await attempt(reversal('net + 1', 'tax_invoice_receipt'))).toBe(
      'tax_documents_reversal_fits_credit',
    );
    expect(await attempt(reversal('net', 'payment_confirmation'))).toBe('tax_documents_reversal_fits_credit');
    expect(await attempt(reversal('net', 'tax_invoice_receipt'))).toBeNull();
  });

  it('a document in closed books, and closing a day that is not over', async () => {
    const close = (day: string) =>
      `UPDATE workspaces SET books_closed_through = ${day} WHERE id = '${clinic.id}'`;
    expect(await attempt(close(`${TODAY} - 2`), ...credit(100, 18, `${TODAY} - 2`))).toBe(
      'tax_documents_books_are_open',
    );
    expect(await attempt(close(`${TODAY} - 2`), ...credit(100, 18))).toBeNull();
    expect(await attempt(close(`${TODAY} + 1`))).toBe('workspaces_close_past_days_only');
  });
});

describe('a document that is being numbered', () => {
  it('holds the closing of the books until its number is written', async () => {
    const numbering = await pool.connect();
    const closing = await pool.connect();
    try {
      await numbering.query('BEGIN');
      for (const statement of credit(100, 18)) await numbering.query(statement);
      await closing.query('BEGIN');
      await closing.query(`SET LOCAL lock_timeout = '200ms'`);
      const change = `UPDATE workspaces SET books_closed_through = ${TODAY} - 1 WHERE id = '${clinic.id}'`;
      await expect(closing.query(change)).rejects.toThrow(/lock timeout/);
    } finally {
      await numbering.query('ROLLBACK');
      await closing.query('ROLLBACK');
      numbering.release();
      closing.release();
    }
  });

  it('is produced when its number is taken, not when its transaction began', async () => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query('SELECT now(), pg_sleep(0.05)');
      for (const statement of credit(100, 18)) await client.query(statement);
      const { rows } = await client.query<{ later: boolean }>(
        `SELECT created_at > now() + interval '40 ms' AS later FROM tax_documents WHERE id = 'doc_forged'`,
      );
      expect(rows).toEqual([{ later: true }]);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });
});
