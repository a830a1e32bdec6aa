import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { listOtherCurrencies, sumRevenue, sumVat } from '../../src/db/report-sums.ts';
import { listAuditPage } from '../../src/db/audit-log.ts';
import { listAttempts, listEvents } from '../../src/db/events.ts';
import { listExports } from '../../src/db/exports.ts';
import { listEndpoints } from '../../src/db/webhook-endpoints.ts';
import { sumVatDays } from '../../src/db/vat-rows.ts';
import { listWorkspaces } from '../../src/db/workspaces.ts';
import { listPayments } from '../../src/db/payments.ts';
import type { PaymentFilter } from '../../src/db/payments.ts';
import type { Sql } from '../../src/db/pool.ts';
import { listInbox } from '../../src/db/inbox.ts';
import { listOpenAt } from '../../src/db/webhook-refusals.ts';
import { listDocuments } from '../../src/db/tax-documents.ts';
import type { DocumentFilter } from '../../src/db/tax-documents.ts';
import { createSeededDatabase } from './seeded-database.ts';
import type { SeededDatabase } from './seeded-database.ts';

let database: SeededDatabase;
let client: Client;
let workspaceId: string;
beforeAll(async () => {
  database = await createSeededDatabase('list_plans', 8_000);
  workspaceId = database.clinics[0]?.workspace.id ?? '';
  client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query('VACUUM ANALYZE');
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

interface Plan {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Plan Rows': number;
  readonly Plans?: readonly Plan[];
}

/**
 * The plan of what is run, as it is for large tables: whatever the size of these, reading a whole table or sorting costs
 * so much here that it is planned only where no index gives the rows in their order.
 */
async function stepsOf(run: (sql: Sql) => Promise<unknown>): Promise<readonly string[]> {
  const found: string[] = [];
  const walk = (plan: Plan): void => {
    found.push(`${plan['Node Type']} ${plan['Index Name'] ?? ''}`.trim());
    for (const child of plan.Plans ?? []) walk(child);
  };
  const explain: Sql = {
    query: async (text: string, values: readonly unknown[] = []) => {
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
        `EXPLAIN (FORMAT JSON) ${text}`,
        [...values],
      );
      for (const row of rows) walk(row['QUERY PLAN'][0].Plan);
      return { rows: [], rowCount: 0 };
    },
  };
  await client.query('BEGIN');
  await client.query(
    'SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off',
  );
  try {
    await run(explain);
  } finally {
    await client.query('ROLLBACK');
  }
  return found;
}

const isWhole = (step: string): boolean => /Seq Scan|^Sort|Incremental Sort/.test(step);
const AFTER = '2025-03-01T00:00:00Z';
const day = { paidFrom: new Date('2024-05-05T00:00:00Z'), paidTo: new Date('2024-05-06T00:00:00Z') };

describe('every list is read from an index in its own order', () => {
  it.each<[string, PaymentFilter, string]>([
    ['all', {}, 'payments_newest_first'],
    ['of a status', { status: 'failed' }, 'payments_by_status'],
    ['of a provider', { provider: 'stripe' }, 'payments_by_provider'],
    ['of a method', { method: 'paypal' }, 'payments_by_method'],
    ['paid on a day', day, 'payments_by_payment_time'],
    [
      'created in a month',
      { createdFrom: new Date('2024-05-01'), createdTo: new Date('2024-06-01') },
      'payments_newest_first',
    ],
    ['of a subject', { subject: 'visit 17' }, 'payments'],
    ['with a reference', { reference: 'visit 17' }, 'payments'],
    ['in review', { review: 'late_success' }, 'payments'],
  ])('payments %s', async (_what, filter, index) => {
    const after = { at: AFTER, id: 'pay_x' };
    for (const place of [null, after]) {
      const steps = await stepsOf((sql) =>
        listPayments(sql, { workspaceId, filter, after: place, limit: 50 }),
      );
      expect(steps.filter(isWhole)).toEqual([]);
      expect(steps.join()).toContain(index);
    }
  });

  it.each<[string, DocumentFilter, string]>([
    ['all', {}, 'tax_documents_by_date'],
    ['of a type', { type: 'refund_confirmation' }, 'tax_documents_by_type'],
    ['of a year', { fiscalYear: 2024 }, 'tax_documents_by_date'],
    ['of some days', { from: '2024-03-01', to: '2024-04-01' }, 'tax_documents_by_date'],
  ])('documents %s', async (_what, filter, index) => {
    const after = { documentDate: '2025-03-01', id: 'doc_x' };
    for (const place of [null, after]) {
      const steps = await stepsOf((sql) =>
        listDocuments(sql, { workspaceId, filter, after: place, limit: 50 }),
      );
      expect(steps.filter(isWhole)).toEqual([]);
      expect(steps.join()).toContain(index);
    }
  });

  it('events, all and of a type; those of a payment are found by the payment', async () => {
    const of = { workspaceId, type: null, paymentId: null, afterId: 'evt_z', limit: 50 };
    expect((await stepsOf((sql) => listEvents(sql, of))).filter(isWhole)).toEqual([]);
    const typed = await stepsOf((sql) => listEvents(sql, { ...of, type: 'dispute.opened' }));
    expect(typed).toEqual(['Limit', 'Index Scan events_by_type']);
    const paymentId = 'pay_1';
    const ofPayment = await stepsOf((sql) => listEvents(sql, { ...of, paymentId }));
    expect(ofPayment).toContain('Index Scan events_sequence_is_unique');
  });

  it.each(['pending', 'quarantined'] as const)('the inbox, %s', async (status) => {
    const after = { receivedAt: AFTER, id: 'in_x' };
    const steps = await stepsOf((sql) => listInbox(sql, { status, after, limit: 50 }));
    expect(steps).toEqual(['Limit', 'Index Scan provider_events_unhandled']);
  });

  it('the inbox, refused', async () => {
    const after = { receivedAt: AFTER, id: 'in_x' };
    const steps = await stepsOf((sql) => listInbox(sql, { status: 'refused', after, limit: 50 }));
    expect(steps).toEqual(['Limit', 'Index Scan provider_events_refused']);
  });

  it('the inbox, all and handled', async () => {
    const after = { receivedAt: AFTER, id: 'in_x' };
    for (const status of [null, 'handled'] as const) {
      const steps = await stepsOf((sql) => listInbox(sql, { status, after, limit: 50 }));
      expect(steps.filter(isWhole)).toEqual([]);
    }
  });

  it.each<[string, object]>([
    ['all', {}],
    ['of an actor', { actor: 'key_x' }],
    ['of an action', { action: 'payment.created' }],
    ['of a subject', { subjectId: 'pay_x' }],
    ['of some days', { from: new Date('2024-05-01'), to: new Date('2024-06-01') }],
  ])('audit entries %s', async (_what, filter) => {
    for (const after of [undefined, 1_000]) {
      const steps = await stepsOf((sql) => listAuditPage(sql, { workspaceId, ...filter, after, limit: 50 }));
      expect(steps.filter(isWhole)).toEqual([]);
    }
  });

  it.each<[string, (sql: Sql, afterId: string | null) => Promise<unknown>]>([
    ['exports', (sql, afterId) => listExports(sql, { workspaceId, afterId, limit: 50 })],
    ['endpoints', (sql, afterId) => listEndpoints(sql, { workspaceId, afterId, limit: 50 })],
    ['workspaces', (sql, afterId) => listWorkspaces(sql, { afterId, limit: 50 })],
    [
      'tries',
      (sql, afterId) => listAttempts(sql, { eventId: 'evt_x', endpointId: null, afterId, limit: 50 }),
    ],
  ])('%s', async (_what, list) => {
    for (const afterId of [null, 'x_1']) {
      const steps = await stepsOf((sql) => list(sql, afterId));
      expect(steps.filter(isWhole)).toEqual([]);
    }
  });

  it('open payments of an account', async () => {
    const page = { before: '2026-01-01', limit: 25 };
    const account = { workspaceId, accountId: 'acc_x' };
    const steps = await stepsOf((sql) => listOpenAt(sql, account, page));
    expect(steps).toEqual(['Limit', 'Index Scan payments_open']);
  });
});

describe('sums are read from an index alone', () => {
  const of = (currency = 'ILS') => ({ workspaceId, currency, from: '2024-01-01', to: '2026-01-01' });
  const scansOf = async (run: (sql: Sql) => Promise<unknown>): Promise<string[]> =>
    (await stepsOf(run)).filter((step) => step.includes('Scan tax_documents'));
  /** Documents in other currencies have their shekels in their content; no others are in these indexes. */
  const OTHERS = 'Index Scan tax_documents_in_other_currencies';

  it('revenue', async () => {
    expect(await scansOf((sql) => sumRevenue(sql, of()))).toEqual([
      'Index Only Scan tax_documents_sums',
      OTHERS,
    ]);
  });

  it('other currencies', async () => {
    expect(await scansOf((sql) => listOtherCurrencies(sql, of('USD')))).toEqual([
      'Index Only Scan tax_documents_sums',
    ]);
    const [scan] = await scansOf((sql) => listOtherCurrencies(sql, of()));
    expect(scan).toContain('tax_documents_without_shekels');
  });

  it('VAT, with the confirmed credits by an index of their own', async () => {
    expect(await scansOf((sql) => sumVat(sql, { ...of(), timeZone: 'Asia/Jerusalem' }))).toEqual([
      'Index Only Scan tax_documents_sums',
      OTHERS,
      'Index Scan tax_documents_confirmed',
      OTHERS,
    ]);
  });
});

describe('what a month needs is read, and little more', () => {
  interface Visited {
    readonly 'Actual Rows': number;
    readonly 'Actual Loops': number;
    readonly 'Rows Removed by Filter'?: number;
    readonly 'Relation Name'?: string;
    readonly Plans?: readonly Visited[];
  }

  /** Rows of `tax_documents` that the statements looked at. */
  async function visitedBy(run: (sql: Sql) => Promise<unknown>): Promise<number> {
    let visited = 0;
    const walk = (plan: Visited): void => {
      const { 'Actual Rows': rows, 'Actual Loops': loops, 'Rows Removed by Filter': removed = 0 } = plan;
      if (plan['Relation Name'] === 'tax_documents') visited += (rows + removed) * loops;
      for (const child of plan.Plans ?? []) walk(child);
    };
    await run({
      query: async (text: string, values: readonly unknown[] = []) => {
        const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Visited }] }>(
          `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`,
          [...values],
        );
        for (const row of rows) walk(row['QUERY PLAN'][0].Plan);
        return { rows: [], rowCount: 0 };
      },
    });
    return visited;
  }

  it('for the return of VAT, also where documents came late', async () => {
    const month = { from: '2024-05-01', to: '2024-06-01' };
    const { rows } = await client.query<{ all: number; ofMonth: number; confirmed: number }>(
      `SELECT count(*)::int AS all, count(*) FILTER (WHERE document_date >= $2 AND document_date < $3)::int AS "ofMonth",
         count(*) FILTER (WHERE type = 'credit_invoice' AND vat > 0 AND acknowledged_at IS NOT NULL)::int AS confirmed
       FROM tax_documents WHERE workspace_id = $1`,
      [workspaceId, month.from, month.to],
    );
    const { all = 0, ofMonth = 0, confirmed = 0 } = rows[0] ?? {};
    expect(all).toBeGreaterThan(5 * ofMonth);
    const of = {
      workspaceId,
      currency: 'ILS',
      ...month,
      timeZone: 'Asia/Jerusalem',
      months: 1,
      reportedFromDay: 15,
    } as const;
    // Its days, its days of late documents by creation, its days of documents with an earlier tax point; each once.
    expect(await visitedBy((sql) => sumVatDays(sql, of))).toBeLessThanOrEqual(3.2 * ofMonth + confirmed);
  });
});
