import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { closeEverything } from '../e2e/support/breakers.ts';
import { openClinic } from '../e2e/support/clinic.ts';
import type { Clinic } from '../e2e/support/clinic.ts';
import { record } from '../e2e/support/manual.ts';
import { inParallel, list } from '../e2e/support/vendors.ts';
import type { VendorDocument } from '../e2e/support/vendors.ts';
import { arm, listFaults } from '../support/faults.ts';

/** A quarter of what is asked of it, since every run pays for it: `PUSH_LOAD=1000` is the whole. */
const PAYMENTS = Number(process.env['PUSH_LOAD'] ?? 250);
/** An account gets at most three requests a second, so one account alone would need a second for each document. */
const CLINICS = Math.ceil(PAYMENTS / 25);
const FAULT_EVERY = 10;
/** Whatever can become of the order to make a document: it may have been made or not, and who asked cannot tell. */
const FAULTS = [
  'status_500',
  'timeout_after_effect',
  'half_json',
  'connection_reset',
  'empty',
  'timeout_before_effect',
  'html',
  'status_429',
  'error_in_200',
] as const;
const PATIENCE_MS = PAYMENTS * 2_400;

interface Pushed {
  readonly paymentId: string;
  readonly status: string;
  readonly externalId: string | null;
  readonly review: string | null;
}

describe(`${PAYMENTS} payments, while every tenth order to the invoice service goes wrong`, () => {
  let books: Books;
  let clinics: readonly Clinic[];
  let paymentIds: readonly string[];
  beforeAll(async () => {
    books = openBooks();
    clinics = await inParallel(Array.from({ length: CLINICS }), 8, () => openClinic({ pushes: true }));
    paymentIds = await inParallel(
      Array.from({ length: PAYMENTS }, (_, place) => place),
      16,
      takePayment,
    );
    await untilAllPushed();
  });
  afterAll(async () => {
    await closeEverything();
    await books.close();
  });

  async function takePayment(place: number): Promise<string> {
    const clinic = clinics[place % CLINICS];
    if (clinic === undefined) throw new Error(`no clinic ${place % CLINICS}`);
    if (place % FAULT_EVERY === 0) {
      const fault = FAULTS[(place / FAULT_EVERY) % FAULTS.length] ?? 'status_500';
      await arm(clinic.serviceAccount, { operation: 'create_document', fault });
    }
    return (await record(clinic)).id;
  }

  const readPushes = (): Promise<Pushed[]> =>
    books.query<Pushed>(
      `SELECT p.id AS "paymentId", i.status, i.external_id AS "externalId", p.review FROM payments p
       JOIN tax_documents d ON d.payment_id = p.id JOIN invoice_pushes i ON i.document_id = d.id WHERE p.id = ANY($1)`,
      [paymentIds],
    );

  async function untilAllPushed(): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const left = (await readPushes()).filter(({ status }) => status !== 'pushed');
      if (left.length === 0) return;
      if (Date.now() > end) throw new Error(`${left.length} documents were not pushed in time`);
      // Ten failures in a row open a breaker for five minutes. Whoever sees that the service works closes it.
      await closeEverything();
      await delay(1_000);
    }
  }

  it('have each one document at the service, and none has two', async () => {
    const mine = new Set(paymentIds);
    expect(mine.size).toBe(PAYMENTS);
    const held = (await list<VendorDocument>('documents')).filter(({ reference }) =>
      mine.has(reference ?? ''),
    );
    expect(held).toHaveLength(PAYMENTS);
    expect(new Set(held.map(({ reference }) => reference)).size).toBe(PAYMENTS);
  });

  it('know where their document lies, and need nobody to look at them', async () => {
    const held = await list<VendorDocument>('documents');
    const idOf = new Map(held.map(({ reference, id }) => [reference, id]));
    const pushes = await readPushes();
    expect(pushes).toHaveLength(PAYMENTS);
    expect(pushes.filter(({ paymentId, externalId }) => idOf.get(paymentId) !== externalId)).toEqual([]);
    expect(pushes.filter(({ review }) => review !== null)).toEqual([]);
  });

  it('were told of once', async () => {
    const told = await books.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM events WHERE payment_id = ANY($1) AND type = 'invoice.pushed' GROUP BY payment_id`,
      [paymentIds],
    );
    expect(told.map(({ count }) => count)).toEqual(paymentIds.map(() => 1));
  });

  it('met every fault that was laid out for them', async () => {
    const left = await Promise.all(clinics.map(({ serviceAccount }) => listFaults(serviceAccount)));
    expect(left.flat()).toEqual([]);
  });
});
