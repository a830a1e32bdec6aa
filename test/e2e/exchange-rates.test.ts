import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { findExchangeRate, listConvertiblePayments } from '../../src/db/exchange-rates.ts';
import { admin, openWorkspace } from '../api/rig.ts';
import type { PageBody, ProblemBody } from '../api/rig.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { call, eventually } from './support/clinic.ts';
import type { PaymentBody, TestWorkspace } from './support/clinic.ts';
import { record } from './support/manual.ts';

// Rates are those of all workspaces, so each test has days of its own, long ago.

let books: Books;
beforeAll(() => {
  books = openBooks();
});
afterAll(() => books.close());

const openExporter = (): Promise<TestWorkspace> =>
  openWorkspace({
    workspace: {
      ...{ mode: 'live', receipt: { email: false, print: 'on_demand' }, dealerType: 'company' },
      ...{ currency: 'USD' },
    },
    provider: false,
  });

const sell = (exporter: TestWorkspace, paidOn: string): Promise<PaymentBody> =>
  record(exporter, {
    ...{ amount: 10_000, method: 'bank_transfer', paidOn },
    ...{ vatTreatment: 'zero_rated', vatReason: 'Section 30(a)(5)' },
  });

const put = (day: string, body: object) =>
  admin<ProblemBody & { readonly rate: string }>('PUT', `/v1/admin/exchange-rates/USD/${day}`, body);

async function enter(day: string, rate: string, more: object = {}): Promise<void> {
  const { status, json } = await put(day, { rate, ...more });
  expect([status, json]).toEqual([200, expect.objectContaining({ day, rate })]);
}

/** The days whose rates the documents have, in the order of issue; null for one without shekels. */
async function rateDaysOf({ id }: TestWorkspace): Promise<(string | null)[]> {
  const rows = await books.query<{ day: string | null }>(
    `SELECT coalesce(d.content -> 'ils', s.sums) ->> 'rateDay' AS day FROM tax_documents d
     LEFT JOIN document_shekels s ON s.document_id = d.id WHERE d.workspace_id = $1 ORDER BY d.id`,
    [id],
  );
  return rows.map(({ day }) => day);
}

const untilRated = (exporter: TestWorkspace, expected: (string | null)[]): Promise<unknown> =>
  eventually(`rates of ${expected.join(', ')}`, async () => {
    const found = await rateDaysOf(exporter);
    return JSON.stringify(found) === JSON.stringify(expected) ? found : null;
  });

describe('a document whose exchange rate comes late', () => {
  it('has the rate of its own day, also where that of the day before is entered first', async () => {
    const exporter = await openExporter();
    for (const day of ['2019-08-05', '2019-08-06']) await sell(exporter, day);
    await enter('2019-08-05', '3.51');
    await untilRated(exporter, ['2019-08-05', null]);
    await enter('2019-08-06', '3.52');
    await untilRated(exporter, ['2019-08-05', '2019-08-06']);
  });

  it('has that of an earlier day on the days between which no other is published', async () => {
    const exporter = await openExporter();
    for (const day of ['2019-08-10', '2019-08-12', '2019-08-09']) await sell(exporter, day);
    // A Friday whose rate is used until Monday, when the next one comes.
    await enter('2019-08-09', '3.48', { knownUntil: '2019-08-12' });
    await untilRated(exporter, ['2019-08-09', null, '2019-08-09']);
  });

  it('has the last known one if it is made on its tax point, before the next is published', async () => {
    const sql = await books.sql.connect();
    try {
      await sql.query('BEGIN');
      await sql.query(
        `INSERT INTO exchange_rates (currency, day, known_until, rate) VALUES ('USD', '2019-08-19', '2019-08-20', 3500000)`,
      );
      const taxPoint = '2019-08-20';
      const found = [];
      for (const today of [taxPoint, '2019-08-21'])
        found.push((await findExchangeRate(sql, 'USD', { taxPoint, today })) !== null);
      expect(found).toEqual([true, false]);
    } finally {
      await sql.query('ROLLBACK');
      sql.release();
    }
  });

  it('waits until whoever entered the rate had the time to correct it', async () => {
    const exporter = await openExporter();
    const payment = await sell(exporter, '2019-08-14');
    const sql = await books.sql.connect();
    try {
      await sql.query('BEGIN');
      await sql.query(
        `INSERT INTO exchange_rates (currency, day, known_until, rate) VALUES ('USD', '2019-08-14', '2019-08-15', 3500000)`,
      );
      const isListed = async (waitMinutes: number) =>
        (await listConvertiblePayments(sql, 10_000, waitMinutes)).some(
          ({ paymentId }) => paymentId === payment.id,
        );
      expect([await isListed(60), await isListed(0)]).toEqual([false, true]);
    } finally {
      await sql.query('ROLLBACK');
      sql.release();
    }
  });
});

describe('a rate that was entered wrong', () => {
  it('is corrected until a document has it, and then no more; it may still be known for longer', async () => {
    const exporter = await openExporter();
    await enter('2019-09-03', '3.5');
    await enter('2019-09-03', '3.55');
    await sell(exporter, '2019-09-03');
    await untilRated(exporter, ['2019-09-03']);
    const [document] = await books.query<{ id: string }>(
      'SELECT id FROM tax_documents WHERE workspace_id = $1',
      [exporter.id],
    );
    const refused = await put('2019-09-03', { rate: '3.56' });
    expect([refused.status, refused.json.code]).toEqual([409, 'conflict']);
    expect(refused.json.detail).toContain(document?.id ?? 'no document');
    await enter('2019-09-03', '3.55', { knownUntil: '2019-09-06' });
  });

  it('is asked about where it is far from that of a day nearby', async () => {
    await enter('2019-10-02', '3.48');
    for (const rate of ['34.8', '0.348', '2.78', '4.18']) {
      const { status, json } = await put('2019-10-03', { rate });
      expect([rate, status, json.errors?.[0]]).toEqual([
        rate,
        422,
        { pointer: '#/rate', detail: expect.stringContaining('3.48') },
      ]);
    }
    await enter('2019-10-03', '4.17');
    await enter('2019-10-04', '6', { confirm: true });
  });

  it('stands in the audit log of every workspace that is paid in its currency', async () => {
    const exporter = await openExporter();
    const israeli = await openWorkspace({ provider: false });
    await enter('2019-11-05', '3.5');
    await enter('2019-11-05', '3.49');
    const entriesOf = async ({ key }: TestWorkspace) => {
      const { json } = await call<PageBody<{ action: string; detail: object }>>('GET', '/v1/audit', { key });
      return json.data.filter(({ action }) => action === 'exchange_rate.entered').map(({ detail }) => detail);
    };
    const entered = { currency: 'USD', day: '2019-11-05', knownUntil: '2019-11-06' };
    const entries = (await entriesOf(exporter)).filter((one) => 'day' in one && one.day === entered.day);
    expect(entries).toEqual([
      { ...entered, rate: '3.49', before: '3.5' },
      { ...entered, rate: '3.5', before: null },
    ]);
    expect(await entriesOf(israeli)).toEqual([]);
  });
});
