import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { untilTaken, arm } from '../support/faults.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { eventually, openClinic, openPayment, untilStatus } from './support/clinic.ts';
import type { Clinic } from './support/clinic.ts';
import { isService, OBSERVE } from './support/fault-outcomes.ts';
import { readFaultTables } from './support/fault-table.ts';
import type { FaultRow, Vendor } from './support/fault-table.ts';
import { PAYER } from './support/providers.ts';
import { listRefunds, stopAsking } from './support/refunds.ts';
import { refundOrdersOf } from './support/vendor-refunds.ts';
import { callsAbout, payAtVendor } from './support/vendors.ts';

const ROWS = readFaultTables();
/** Told by a sweeper once the charge is known, so these have a table of their own. */
const ACKNOWLEDGED = ROWS.filter(({ operation }) => operation === 'acknowledge');
const ONE_BY_ONE = ROWS.filter(({ operation }) => operation !== 'acknowledge');

let clinics: Readonly<Record<Vendor, Clinic>>;
let books: Books;
/** What became of each row: a word of the table, or the error that ended it. */
const outcomes = new Map<FaultRow, unknown>();

beforeAll(async () => {
  books = openBooks();
  const open = async (vendor: Vendor) =>
    [vendor, await openClinic(isService(vendor) ? { pushes: vendor } : { provider: vendor })] as const;
  const vendors = [...new Set(ROWS.map(({ vendor }) => vendor))];
  clinics = Object.fromEntries(await Promise.all(vendors.map(open))) as Record<Vendor, Clinic>;
  // Vendors side by side, the rows of one after another: they share its account.
  await Promise.all([...Map.groupBy(ONE_BY_ONE, ({ vendor }) => vendor).values()].map(observeInTurn));
});
afterAll(async () => {
  await stopAsking(books, ...Object.values(clinics));
  await books.close();
});

async function observeInTurn(rows: readonly FaultRow[]): Promise<void> {
  for (const row of rows) {
    const observe = OBSERVE[row.operation];
    if (observe === undefined) throw new Error(`nobody knows how to see what becomes of ${row.operation}`);
    outcomes.set(row, await observe(row, clinics[row.vendor]).catch((error: unknown) => error));
  }
}

describe('a call to a vendor that goes wrong', () => {
  it.each(ONE_BY_ONE)('$operation at $vendor, $fault: $outcome', (row) => {
    const outcome = outcomes.get(row);
    if (outcome instanceof Error) throw outcome;
    expect(outcome).toBe(row.outcome);
  });
});

describe('a refund of which nobody knows what became', () => {
  it('was sent once, and is still not known', async () => {
    const unknown = ROWS.filter(({ outcome }) => outcome === 'unknown');
    for (const [vendor, rows] of Map.groupBy(unknown, (row) => row.vendor)) {
      const clinic = clinics[vendor];
      const pending = await books.query<{ paymentId: string }>(
        `SELECT payment_id AS "paymentId" FROM refunds WHERE workspace_id = $1 AND status = 'pending'`,
        [clinic.id],
      );
      expect([vendor, pending.length]).toEqual([vendor, rows.length]);
      for (const { paymentId } of pending) {
        expect(await refundOrdersOf(paymentId)).toHaveLength(1);
        expect(await listRefunds(clinic, paymentId)).toMatchObject([
          { outcome: 'unknown', documentId: null },
        ]);
      }
    }
  });
});

describe('the acknowledgement of a charge', () => {
  it(`meets each fault once: ${ACKNOWLEDGED.map(({ fault, outcome }) => `${fault} ${outcome}`).join(', ')}`, async () => {
    const told = await acknowledgeUnder(ACKNOWLEDGED);
    expect(told).toEqual(ACKNOWLEDGED.map(({ outcome }) => outcome));
  });
});

/** How often the charge of each row had to be told, when its first acknowledgement met the fault. */
async function acknowledgeUnder(rows: readonly FaultRow[]): Promise<string[]> {
  // What the clinic's other charges still owe would meet the faults that are meant for these.
  await untilNothingOwed();
  const told: string[] = [];
  // One after another: told again early, a charge would meet the fault that is meant for the next.
  for (const row of rows) told.push(await acknowledgeUnderOne(row));
  return told;
}

async function acknowledgeUnderOne({ fault }: FaultRow): Promise<string> {
  const clinic = clinics.grow;
  const { id } = await openPayment(clinic, { customer: PAYER });
  await arm(clinic.account, { operation: 'acknowledge', fault, delayMs: 300 });
  await payAtVendor(id);
  await untilStatus(clinic, id, 'completed');
  await untilTaken(clinic.account);
  await untilNothingOwed();
  const count = (await callsAbout(id)).filter(({ operation }) => operation === 'acknowledge').length;
  return count === 1 ? 'told' : count === 2 ? 'told again' : `told ${count} times`;
}

/**
 * Waits until the clinic owes no acknowledgement. A try that was postponed (by 5 seconds) is due at once; one that a sweeper
 * has taken lies further ahead and stays, or a second sweeper would tell the vendor beside it.
 */
async function untilNothingOwed(): Promise<void> {
  await eventually('no acknowledgement owed', async () => {
    await books.query(
      `UPDATE provider_transactions SET acknowledge_at = now()
       WHERE workspace_id = $1 AND acknowledge_at BETWEEN now() AND now() + interval '6 seconds'`,
      [clinics.grow.id],
    );
    const owed = await books.query(
      'SELECT 1 FROM provider_transactions WHERE workspace_id = $1 AND acknowledge_at IS NOT NULL',
      [clinics.grow.id],
    );
    return owed.length === 0 ? true : null;
  });
}
