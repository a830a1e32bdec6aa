import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { listBooksChecks } from '../../src/db/books-checks.ts';
import { INVARIANT_NAMES } from '../../src/db/invariants/index.ts';
import type { Logger } from '../../src/logger.ts';
import { addStoredFigures, createMetrics } from '../../src/metrics.ts';
import { checkBooks } from '../../src/worker/reconciliation/check-books.ts';
import { createSeededDatabase } from './seeded-database.ts';
import type { SeededDatabase } from './seeded-database.ts';

let database: SeededDatabase;
beforeAll(async () => {
  database = await createSeededDatabase('check_books', 6_000);
});
afterAll(() => database.drop());

interface Told {
  readonly workspace: string;
  readonly facts: { readonly rule: string; readonly count: number };
}

async function check() {
  const logged: object[] = [];
  const logger = { error: (what: object) => void logged.push(what) } as unknown as Logger;
  await checkBooks({ pool: database.pool, logger });
  const { rows: told } = await database.pool.query<Told>(
    `SELECT workspace_id AS workspace, facts FROM events WHERE type = 'books.rule_broken' ORDER BY id`,
  );
  return { logged, told };
}

async function scraped(): Promise<string> {
  const metrics = createMetrics();
  const none = () => Promise.resolve([]);
  addStoredFigures(metrics, {
    breakerStates: none,
    oldestUnknownSeconds: () => Promise.resolve(0),
    oldestWaitingEventSeconds: () => Promise.resolve({ enabled: 0, off: 0 }),
    booksChecks: () => listBooksChecks(database.pool),
  });
  return metrics.registry.metrics();
}

describe('the nightly check of the books', () => {
  it('says by metric when it last ran, and tells nobody while all is well', async () => {
    expect(await scraped()).not.toMatch(/^tashlum_books/m);
    const { logged, told } = await check();
    expect([logged, told]).toEqual([[], []]);
    const text = await scraped();
    for (const rule of INVARIANT_NAMES) expect(text).toContain(`tashlum_books_broken_rows{rule="${rule}"} 0`);
    const [, at = ''] = /^tashlum_books_checked_timestamp_seconds (\S+)$/m.exec(text) ?? [];
    expect(Math.abs(Date.now() / 1_000 - Number(at))).toBeLessThan(600);
  });

  it('tells the workspace whose rows break a rule, the operator by log and metric, and no other workspace', async () => {
    const [clinic] = database.clinics;
    const workspace = clinic?.workspace.id ?? '';
    await database.pool.query(
      `UPDATE payments SET refunded_amount = 1 WHERE id IN (SELECT id FROM payments WHERE workspace_id = $1 AND status = 'expired' LIMIT 2)`,
      [workspace],
    );
    const { logged, told } = await check();
    const rules = ['money_is_documented', 'payments_sum_their_rows'];
    expect(told.map((one) => [one.workspace, one.facts.rule, one.facts.count])).toEqual(
      rules.map((rule) => [workspace, rule, 2]),
    );
    expect(logged).toHaveLength(rules.length);
    expect(await scraped()).toContain('tashlum_books_broken_rows{rule="payments_sum_their_rows"} 2');
  });
});
