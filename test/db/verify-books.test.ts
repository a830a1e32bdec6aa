import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { toLines } from '../../src/commands/verify-books.ts';
import { checkInvariants, listBroken, INVARIANT_NAMES } from '../../src/db/invariants/index.ts';
import type { InvariantName } from '../../src/db/invariants/index.ts';
import { createSeededDatabase } from './seeded-database.ts';
import type { SeededDatabase } from './seeded-database.ts';

let database: SeededDatabase;
let client: Client;
beforeAll(async () => {
  database = await createSeededDatabase('verify_books', 1_000);
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const one = async (text: string): Promise<string> => {
  const { rows } = await client.query<{ id: string }>(`${text} ORDER BY 1 LIMIT 1`);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error(`nothing was found by ${text}`);
  return id;
};

const paid = `SELECT id FROM payments WHERE status = 'completed' AND account_id IS NOT NULL`;
const original = 'SELECT id FROM tax_documents WHERE refund_id IS NULL';
const partly = `SELECT d.id FROM tax_documents d JOIN payments p ON p.id = d.payment_id WHERE d.refund_id IS NOT NULL AND p.status = 'partially_refunded'`;

/** The row that is broken, how, and the id that the check must name, where it is another one. */
const BREAKS: readonly [InvariantName, row: string, how: string, named?: string][] = [
  ['one_document_a_payment', paid, `DELETE FROM tax_documents WHERE payment_id = $1`],
  [
    'one_document_a_payment',
    `SELECT id FROM payments WHERE status = 'expired'`,
    `UPDATE payments SET status = 'completed', paid_at = now(), completed_at = now() WHERE id = $1`,
  ],
  [
    'money_is_documented',
    paid,
    `UPDATE tax_documents SET total = total - 1, net = net - 1 WHERE payment_id = $1`,
  ],
  [
    'payments_sum_their_rows',
    paid,
    `UPDATE provider_transactions SET amount = amount + 1 WHERE payment_id = $1`,
  ],
  ['payments_sum_their_rows', paid, `UPDATE payments SET refunded_amount = 1 WHERE id = $1`],
  ['status_follows_credits', paid, `UPDATE payments SET status = 'refunded' WHERE id = $1`],
  [
    'vendor_says_the_same',
    paid,
    `INSERT INTO provider_transactions SELECT (jsonb_populate_record(t, '{"id": "txn_x", "provider_transaction_id": "x", "kind": "refund"}')).* FROM provider_transactions t WHERE payment_id = $1`,
  ],
  [
    'vendor_differences_are_decided',
    paid,
    `WITH f AS (INSERT INTO reconciliation_findings (account_id, kind, subject, workspace_id, payment_id)
     SELECT account_id, 'other_amount', 'x 1 ILS', workspace_id, id FROM payments WHERE id = $1 RETURNING *)
     INSERT INTO review_questions (payment_id, reason, subject, workspace_id) SELECT payment_id, 'reconciliation', kind || ' ' || subject, workspace_id FROM f`,
  ],
  ['numbers_have_no_gap', `${original} AND number = 7`, `DELETE FROM tax_documents WHERE id = $1`, 'series'],
  ['numbers_have_no_gap', `${original} AND number = 1`, `DELETE FROM tax_documents WHERE id = $1`, 'series'],
  [
    'numbers_have_no_gap',
    `SELECT d.id FROM tax_documents d JOIN document_counters c ON c.last_number = d.number AND c.series = d.series`,
    `DELETE FROM tax_documents WHERE id = $1`,
    'series',
  ],
  ['documents_say_their_charge', original, `UPDATE tax_documents SET transaction_id = NULL WHERE id = $1`],
  [
    'credits_fit_their_document',
    original,
    `UPDATE tax_documents SET net = 1, vat = total - 1 WHERE original_document_id = $1`,
    'credited',
  ],
  [
    'shekels_fit_their_document',
    original,
    `UPDATE tax_documents SET currency = 'USD', content = content || '{"ils": {"net": 3, "vat": 0, "total": 2, "lines": [], "means": []}}' WHERE id = $1`,
  ],
  [
    'credits_fit_their_refund',
    partly,
    `UPDATE tax_documents SET total = total + 1, net = net + 1 WHERE id = $1`,
  ],
  [
    'credits_fit_their_refund',
    partly,
    `UPDATE refunds SET status = 'failed' WHERE id = (SELECT refund_id FROM tax_documents WHERE id = $1)`,
  ],
  [
    'due_cheques_have_their_invoice',
    `SELECT d.id FROM tax_documents d JOIN payments p ON p.id = d.payment_id
     WHERE d.refund_id IS NULL AND d.reverses_document_id IS NULL AND p.status = 'completed' AND p.review IS NULL`,
    `UPDATE tax_documents SET content = content || '{"invoiceDueOn": "2025-01-15"}' WHERE id = $1`,
  ],
  [
    'events_are_sent',
    'SELECT id FROM events',
    `WITH w AS (INSERT INTO webhook_endpoints (id, workspace_id, url, api_version, secret_sealed)
     SELECT 'whe_x', workspace_id, '', '', '' FROM events WHERE id = $1)
     INSERT INTO event_deliveries (endpoint_id, event_id, workspace_id, subject, sequence)
     SELECT 'whe_x', id, workspace_id, payment_id, sequence FROM events WHERE id = $1`,
  ],
  ['events_are_numbered', paid, `DELETE FROM events WHERE payment_id = $1 AND sequence = 2`],
  ['events_are_numbered', paid, `UPDATE payments SET event_sequence = event_sequence + 1 WHERE id = $1`],
  [
    'inbox_is_handled',
    'SELECT id FROM provider_events',
    `UPDATE provider_events SET handled_at = NULL WHERE id = $1`,
  ],
  ['unknown_is_pursued', paid, `UPDATE payments SET outcome = 'unknown' WHERE id = $1`],
];

/** What the check finds while a row is broken behind the engine's back, with every trigger off. */
async function foundAfter(how: string, id: string) {
  await client.query('BEGIN');
  try {
    await client.query('SET LOCAL session_replication_role = replica');
    await client.query('ALTER TABLE tax_documents DISABLE TRIGGER ALL');
    const { rowCount } = await client.query(how, [id]);
    expect(rowCount).toBeGreaterThan(0);
    return await listBroken(client);
  } finally {
    await client.query('ROLLBACK');
  }
}

const countOf = (name: InvariantName, findings: Awaited<ReturnType<typeof listBroken>>) =>
  findings.find((finding) => finding.name === name)?.count;

describe('the check of the books', () => {
  it('finds nothing wrong in a chain that was seeded, and tells what is held apart', async () => {
    const { findings, apart } = await checkInvariants(database.pool);
    expect(findings.filter(({ count }) => count > 0)).toEqual([]);
    expect(findings.map(({ name }) => name)).toEqual(INVARIANT_NAMES);
    const { rows } = await client.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM payments WHERE review IS NOT NULL',
    );
    expect(apart.held.map(({ payments }) => payments)).toEqual([rows[0]?.count]);
    expect(toLines(findings, apart)[0]).toBe(`The books are sound: ${INVARIANT_NAMES.length} rules hold.`);
  });

  it.each(BREAKS.map(([name, row, how, named]) => ({ name, row, how, named })))(
    'names the row that breaks $name: $how',
    async ({ name, row, how, named }) => {
      const id = await one(
        named === 'credited'
          ? `SELECT original_document_id AS id FROM tax_documents WHERE vat > 0 AND refund_id IS NOT NULL`
          : row,
      );
      const series = await client.query<{ id: string }>(
        `SELECT workspace_id || ' ' || series AS id FROM tax_documents WHERE id = $1`,
        [id],
      );
      const findings = await foundAfter(how, id);
      const found = findings.find((finding) => finding.name === name);
      expect(found?.rows.map((broken) => broken.id)).toContain(named === 'series' ? series.rows[0]?.id : id);
      expect([...(found?.byWorkspace.values() ?? [])].reduce((sum, count) => sum + count, 0)).toBe(
        found?.count,
      );
    },
  );

  it('breaks every rule in one of these cases', () => {
    expect(new Set(BREAKS.map(([name]) => name))).toEqual(new Set(INVARIANT_NAMES));
  });

  it('names twenty rows of many and counts all', async () => {
    const findings = await foundAfter(
      `UPDATE payments SET refunded_amount = 1 WHERE id <> $1 AND status = 'expired'`,
      'nobody',
    );
    const found = findings.find(({ name }) => name === 'payments_sum_their_rows');
    expect(found?.rows).toHaveLength(20);
    expect(found?.count).toBeGreaterThan(20);
    const lines = toLines(findings, { held: [], waitingWebhooks: 0, accounts: 0, staleAccounts: 0 });
    expect(lines[0]).toContain('NOT sound');
    expect(lines.join('\n')).toContain(`and ${(found?.count ?? 0) - 20} more`);
  });

  it('takes a first number that the audit log knows for the beginning of a series', async () => {
    const id = await one(`${original} AND number = 1`);
    const findings = await foundAfter(
      `WITH gone AS (DELETE FROM tax_documents WHERE id = $1 RETURNING workspace_id, series)
       INSERT INTO audit_log (workspace_id, sequence, at, actor, action, detail, link)
       SELECT workspace_id, 1, now(), 'admin', 'workspace.created', jsonb_build_object('firstNumbers', jsonb_build_object(series, 2)), '' FROM gone`,
      id,
    );
    expect(countOf('numbers_have_no_gap', findings)).toBe(0);
  });

  it.each<[InvariantName, what: string, row: string, how: string]>([
    [
      'numbers_have_no_gap',
      'the next number, set again when the series has documents',
      original,
      `INSERT INTO audit_log (workspace_id, sequence, actor, action, detail, link)
       SELECT workspace_id, 1, 'admin', 'workspace.changed', jsonb_build_object('firstNumbers', jsonb_build_object(series, 9999)), ''
       FROM tax_documents WHERE id = $1`,
    ],
    [
      'status_follows_credits',
      'money that went back and waits for a person to name its lines',
      paid,
      `WITH asked AS (INSERT INTO review_questions (payment_id, reason, subject, workspace_id)
         SELECT id, 'refund_lines_required', 'ref_x', workspace_id FROM payments WHERE id = $1)
       UPDATE payments SET status = 'partially_refunded' WHERE id = $1`,
    ],
    [
      'vendor_says_the_same',
      'a second charge in another currency',
      paid,
      `INSERT INTO provider_transactions SELECT (jsonb_populate_record(t, '{"id": "txn_x", "provider_transaction_id": "x", "currency": "USD"}')).*
       FROM provider_transactions t WHERE payment_id = $1`,
    ],
  ])('%s holds for %s', async (name, _what, row, how) => {
    expect(countOf(name, await foundAfter(how, await one(row)))).toBe(0);
  });
});
