import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { Pool } from 'pg';
import { openWorkspace } from '../api/rig.ts';
import { eventually, readDocument, theDocumentOf } from '../e2e/support/clinic.ts';
import type { TestWorkspace } from '../e2e/support/clinic.ts';
import { record } from '../e2e/support/manual.ts';
import { refund } from '../e2e/support/refunds.ts';
import { readEnvironment } from '../support/environment.ts';

/** Who may try: a workspace's own work, what API and worker log in as, and who owns the whole cluster. */
const ROLES = ['tashlum_app', 'tashlum_system', 'the superuser'] as const;
type Role = (typeof ROLES)[number];

const REFUSED = /is refused|cannot change|what was added to it stays|cannot go back|permission denied/;

/** Every column that says something, and another value for it. */
const SAID: readonly (readonly [column: string, value: string])[] = [
  ['id', `'doc_00000000000000000000000000'`],
  ['payment_id', `(SELECT id FROM payments WHERE id <> payment_id LIMIT 1)`],
  ['refund_id', `CASE WHEN refund_id IS NULL THEN (SELECT id FROM refunds LIMIT 1) END`],
  ['original_document_id', `CASE WHEN original_document_id IS NULL THEN id END`],
  ['transaction_id', `NULL`],
  ['type', `'payment_confirmation'`],
  ['series', `'other'`],
  ['number', `number + 1`],
  ['fiscal_year', `fiscal_year + 1`],
  ['document_date', `document_date + 1`],
  ['currency', `'USD'`],
  ['net, vat', `(net + 1, vat - 1)`],
  ['total, net', `(total + 1, net + 1)`],
  ['rate_bp', `0`],
  ['content', `jsonb_set(content, '{customer,name}', '"somebody else"')`],
  ['created_at', `created_at - interval '1 day'`],
];

describe('an issued document and the credit that takes it back', () => {
  let pool: Pool;
  let clinic: TestWorkspace;
  let documents: { readonly original: string; readonly credit: string };
  const idOf = (which: 'original' | 'credit'): string => documents[which];

  beforeAll(async () => {
    pool = new Pool({ connectionString: readEnvironment().databaseUrl, max: 2 });
    clinic = await openWorkspace({ provider: false });
    const payment = await record(clinic);
    await record(clinic);
    const { json } = await refund(clinic, payment.id, { amount: 10_000 });
    documents = { original: theDocumentOf(payment), credit: json.documentId ?? '' };
    for (const id of Object.values(documents)) {
      await eventually(`the print of ${id}`, async () => (await readDocument(clinic, id)).sha256);
    }
  });
  afterAll(() => pool.end());

  /** What a statement does as this role, in a transaction that is rolled back: how many rows, or why it may not. */
  async function attempt(role: Role, sql: string): Promise<number | string> {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query(`SELECT set_config('tashlum.workspace_id', $1, true)`, [clinic.id]);
      if (role !== 'the superuser') await client.query(`SET LOCAL ROLE ${role}`);
      return (await client.query(sql)).rowCount ?? 0;
    } catch (error) {
      return (error as Error).message;
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  }

  const cases = ROLES.flatMap((role) =>
    (['original', 'credit'] as const).map((which) => [role, which] as const),
  );

  it.each(cases)('let %s change nothing that the %s says', async (role, which) => {
    for (const [columns, value] of SAID) {
      const target = columns.includes(',') ? `(${columns})` : columns;
      const change = `UPDATE tax_documents SET ${target} = ${value} WHERE id = '${idOf(which)}'`;
      expect([columns, await attempt(role, change)]).toEqual([columns, expect.stringMatching(REFUSED)]);
    }
  });

  it.each(cases)('do not let %s delete the %s or its file', async (role, which) => {
    const rows = [
      `DELETE FROM tax_documents WHERE id = '${idOf(which)}'`,
      `DELETE FROM document_files WHERE document_id = '${idOf(which)}'`,
      `UPDATE document_files SET bytes = '\\x00' WHERE document_id = '${idOf(which)}'`,
      `UPDATE document_files SET sha256 = 'other' WHERE document_id = '${idOf(which)}'`,
    ];
    for (const change of rows) expect(await attempt(role, change)).toMatch(REFUSED);
  });

  it.each(ROLES)('do not let %s empty the tables, not through another table either', async (role) => {
    const tables = [
      'tax_documents CASCADE',
      'document_files',
      'document_counters',
      'payments CASCADE',
      'workspaces CASCADE',
    ];
    for (const table of tables) expect(await attempt(role, `TRUNCATE ${table}`)).toMatch(REFUSED);
  });

  it.each(ROLES)('do not let %s lower, move or delete a counter', async (role) => {
    const mine = `WHERE workspace_id = '${clinic.id}'`;
    const changes = [
      `UPDATE document_counters SET last_number = last_number - 1 ${mine}`,
      `UPDATE document_counters SET series = series || '_' ${mine}`,
      `DELETE FROM document_counters ${mine}`,
    ];
    for (const change of changes) expect(await attempt(role, change)).toMatch(REFUSED);
  });

  it.each(ROLES)('take from %s what comes later once, and keep it', async (role) => {
    const credit = `id = '${idOf('credit')}'`;
    const once = `UPDATE tax_documents SET acknowledged_at = now(), original_left_at = now() WHERE ${credit}`;
    expect(await attempt(role, once)).toBe(1);
    for (const again of [
      'acknowledged_at = NULL',
      'original_left_at = NULL',
      `status = 'allocation_required'`,
    ]) {
      expect(await attempt(role, `${once}; UPDATE tax_documents SET ${again} WHERE ${credit}`)).toMatch(
        'what was added to it stays',
      );
    }
  });

  it('cannot be stored of a type, or with VAT, that its issuer may not write', async () => {
    const copied = `id || 'x', workspace_id, payment_id, refund_id, original_document_id`;
    const copy = (
      of: 'original' | 'credit',
      change: { type?: string; vat?: string; issuer?: object; credits?: string },
    ) =>
      `INSERT INTO tax_documents (id, workspace_id, payment_id, refund_id, original_document_id, type, series, number,
         fiscal_year, document_date, currency, net, vat, total, rate_bp, status, content, payment_provider, payment_method)
       SELECT ${copied}, ${change.type ?? 'type'}, 'x', 1, fiscal_year, document_date, currency, total - ${change.vat ?? 'vat'},
         ${change.vat ?? 'vat'}, total, rate_bp, status,
         jsonb_set(content || '${JSON.stringify(change.issuer ?? {})}', '{credits,type}', '"${change.credits ?? 'tax_invoice_receipt'}"'), payment_provider, payment_method
       FROM tax_documents WHERE id = '${idOf(of)}'`;
    const issuer = (dealerType: string, vatRegistered: boolean) => ({
      issuer: { dealerType, vatRegistered },
    });
    const wrong: [RegExp, string][] = [
      [/invoice_of_registered/, copy('original', { issuer: issuer('osek_patur', true) })],
      [/invoice_of_registered/, copy('original', { issuer: issuer('company', false) })],
      [/invoice_of_registered/, copy('original', { issuer: issuer('foreign', true), vat: '0' })],
      [/invoice_of_registered/, copy('original', { issuer: { issuer: null }, vat: '0' })],
      [/invoice_of_registered/, copy('credit', { issuer: issuer('amuta', false), vat: '0' })],
      [/receipt_bears_no_vat/, copy('original', { type: `'receipt'` })],
      [
        /vat_of_registered/,
        copy('original', { type: `'payment_confirmation'`, issuer: issuer('osek_patur', false) }),
      ],
      [/credit_fits_original/, copy('credit', { type: `'credit_receipt'`, vat: '0' })],
      [/credit_fits_original/, copy('credit', { credits: 'receipt' })],
      [/credit_has_refund/, copy('original', { type: `'credit_invoice'` })],
    ];
    for (const [why, insert] of wrong) expect(await attempt('the superuser', insert)).toMatch(why);
    // The same statement is right but for the number of documents a payment has.
    expect(await attempt('the superuser', copy('original', {}))).toMatch(/one_a_payment/);
    expect(await attempt('the superuser', copy('credit', {}))).toMatch(/one_a_refund/);
  });
});
