import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { setFirstNumber } from '../../src/db/first-numbers.ts';
import { createPool } from '../../src/db/pool.ts';
import type { Pool, Sql } from '../../src/db/pool.ts';
import { insertDocument } from '../../src/db/tax-documents.ts';
import { listTaxProfiles } from '../../src/db/tax-profiles.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import { findWorkspace } from '../../src/db/workspaces.ts';
import { draftDocument } from '../../src/domain/document-content.ts';
import type { DraftDocument } from '../../src/domain/document-content.ts';
import { newId } from '../../src/domain/ids.ts';
import { plainMeans } from '../../src/domain/means.ts';
import { openWorkspace } from '../api/rig.ts';
import { inParallel } from '../e2e/support/vendors.ts';
import { readEnvironment } from '../support/environment.ts';

const SERIES = 'tax_invoice_receipt';

let pool: Pool;
beforeAll(() => {
  pool = createPool({ connectionString: readEnvironment().databaseUrl, max: 12, onError: () => undefined });
});
afterAll(() => pool.end());

/** A workspace whose payments are rows and nothing else: what numbers them is the test. */
async function openSeries() {
  const { id: workspaceId } = await openWorkspace({ provider: false });
  const inside = <T>(run: (tx: Sql) => Promise<T>): Promise<T> => inWorkspace(pool, workspaceId, run);
  const draft = await inside((tx) => draftIn(tx, workspaceId));
  return {
    inside,
    setFirst: (tx: Sql, first: number) => setFirstNumber(tx, workspaceId, SERIES, first),
    /** Inserts a payment's document, lets `then` happen before the commit, and returns the number. */
    issue: (paymentId: string, then: (tx: Sql) => Promise<void> = () => Promise.resolve()): Promise<number> =>
      inside(async (tx) => {
        const { number } = await insertDocument(tx, {
          ...draft,
          id: newId('document'),
          workspaceId,
          paymentId,
          refundId: null,
          originalDocumentId: null,
          transactionId: null,
        });
        await then(tx);
        return number;
      }),
    pay: async (): Promise<string> => {
      const id = newId('payment');
      await pool.query(
        `INSERT INTO payments (id, workspace_id, provider, status, reference, description, amount, charge_amount,
           currency, vat_included, vat_treatment, created_at)
         VALUES ($1, $2, 'manual', 'pending', $3, 'x', 100, 100, 'ILS', true, 'standard', now())`,
        [id, workspaceId, randomUUID()],
      );
      return id;
    },
    numbers: async (): Promise<number[]> => {
      const { rows } = await pool.query<{ number: number }>(
        'SELECT number FROM tax_documents WHERE workspace_id = $1 ORDER BY number',
        [workspaceId],
      );
      return rows.map(({ number }) => number);
    },
  };
}

async function draftIn(tx: Sql, workspaceId: string): Promise<DraftDocument> {
  const workspace = await findWorkspace(tx, workspaceId);
  if (workspace === null) throw new Error(`no workspace ${workspaceId}`);
  return draftDocument({
    workspace,
    profiles: await listTaxProfiles(tx, workspaceId),
    issuer: 'engine',
    payment: {
      reference: 'r',
      description: 'x',
      currency: 'ILS',
      items: null,
      vatIncluded: true,
      vatTreatment: 'standard',
      vatReason: null,
      serviceDate: null,
      customer: null,
    },
    amount: 100,
    means: [plainMeans('card', 100)],
    issuedAt: new Date(),
    paidAt: new Date(),
    payerName: null,
    logoSha256: null,
    rate: null,
  });
}

const upTo = (last: number): number[] => Array.from({ length: last }, (_, place) => place + 1);

describe('a series', () => {
  it('has no hole though every third of sixty that are numbered at once breaks off or loses its connection', async () => {
    const series = await openSeries();
    const ids = await inParallel(upTo(60), 6, () => series.pay());
    const breakOff = () => Promise.reject(new Error('the process died before the commit'));
    const loseConnection = async (tx: Sql): Promise<void> => {
      const { rows } = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
      await tx.query('SELECT 1');
    };
    const failures = await inParallel([...ids.entries()], 10, ([place, id]) =>
      series.issue(id, place % 6 === 0 ? breakOff : place % 6 === 3 ? loseConnection : undefined).then(
        () => null,
        () => id,
      ),
    );
    const left = failures.filter((id) => id !== null);
    expect(left).toHaveLength(20);
    expect(await series.numbers()).toEqual(upTo(40));
    await inParallel(left, 10, (id) => series.issue(id));
    expect(await series.numbers()).toEqual(upTo(60));
  });

  it('numbers a payment once, whoever tries', async () => {
    const series = await openSeries();
    const id = await series.pay();
    const tries = await Promise.allSettled(upTo(8).map(() => series.issue(id)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await series.issue(await series.pay())).toBe(2);
  });
});

describe('the first number of a series', () => {
  it('is raised until a document has one, and never lowered', async () => {
    const series = await openSeries();
    const set = (first: number) => series.inside((tx) => series.setFirst(tx, first));
    expect([await set(500), await set(400), await set(600), await set(600)]).toEqual([
      'set',
      'lower',
      'set',
      'set',
    ]);
    expect(await series.issue(await series.pay())).toBe(600);
    expect([await set(600), await set(601), await set(700)]).toEqual(['lower', 'set', 'started']);
    expect(await series.issue(await series.pay())).toBe(601);
  });

  it('waits for a document that is being numbered, and then leaves no hole after it', async () => {
    const series = await openSeries();
    const set = (first: number) => series.inside((tx) => series.setFirst(tx, first));
    await set(600);
    const verdicts: Promise<string>[] = [];
    const number = await series.issue(await series.pay(), async () => {
      verdicts.push(set(700));
      await waitingFor(pool);
    });
    expect([number, await verdicts[0]]).toEqual([600, 'started']);
    expect(await series.issue(await series.pay())).toBe(601);
  });
});

/** Waits until somebody stands before a counter that another transaction holds. */
async function waitingFor(db: Pool): Promise<void> {
  for (let tries = 0; tries < 4_000; tries += 1) {
    const { rows } = await db.query<{ count: number }>(
      `SELECT count(*) AS count FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%document_counters%'`,
    );
    if ((rows[0]?.count ?? 0) > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('nobody waits for the counter');
}
