import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import { eventually, openClinic, openPayment, readPayment, untilStatus } from './support/clinic.ts';
import type { TestWorkspace } from './support/clinic.ts';
import { openTemporal } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';
import { answeredDeliveries, callsAbout, declineAtVendor, payAtVendor } from './support/vendors.ts';
import { arm, clearFaults } from '../support/faults.ts';

let clinic: TestWorkspace;
let books: Books;
let temporal: Temporal;
beforeAll(async () => {
  books = openBooks();
  temporal = await openTemporal();
  clinic = await openClinic();
});
afterEach(() => clearFaults(clinic.account));
afterAll(() => Promise.all([books.close(), temporal.close()]));

describe('whoever reaches Temporal and signals a payment', () => {
  it.each<[string, (rowOfAnother: string) => unknown]>([
    ['with an id that is no inbox row', () => 'in_bogus'],
    ['with the inbox row of another payment', (rowOfAnother) => rowOfAnother],
    ['with facts instead of an id', () => ({ status: 'completed', amount: 35_000 })],
  ])('%s changes nothing and asks no provider', async (_, forge) => {
    const other = await openPayment(clinic);
    await payAtVendor(other.id);
    await untilStatus(clinic, other.id, 'completed');
    const [row] = await books.inboxOf(other.id);

    const payment = await openPayment(clinic);
    // The money is there already: any question to the provider would find it.
    await payAtVendor(payment.id, { webhook: 'never' });
    const handle = temporal.ofPayment(payment);
    const before = (await handle.describe()).historyLength;
    await handle.signal('providerEvent', forge(row?.id ?? ''));
    for (let grown = before; grown < before + 4;) {
      await delay(50);
      grown = (await handle.describe()).historyLength;
    }

    expect((await callsAbout(payment.id)).map(({ operation }) => operation)).toEqual(['create_link']);
    expect(await readPayment(clinic, payment.id)).toMatchObject({ status: 'pending', documentIds: [] });
    expect((await books.inboxOf(other.id))[0]?.handledAs).toBe('settled');
    expect((await readPayment(clinic, other.id)).documentIds).toHaveLength(1);
  });

  it('together with a true webhook marks no row of another payment as handled', async () => {
    const other = await openPayment(clinic);
    const payment = await openPayment(clinic);
    // A row that waits to be acted on: what a forged signal must not take away.
    const [waiting] = await books.query<{ id: string }>(
      `INSERT INTO provider_events (id, workspace_id, account_id, provider, event_id, kind, payment_id, verdict, body_sha256, signalled_at)
       SELECT 'in_' || substr(id, 5), workspace_id, account_id, provider, 'waiting:' || id, 'charge', id, 'accepted', '\\x00', now()
       FROM payments WHERE id = $1 RETURNING id`,
      [other.id],
    );
    // While the workflow hears of a refused card, the forged signal and the true one lie together in its mailbox.
    await arm(clinic.account, { operation: 'find_payment', fault: 'slow', times: 2, delayMs: 2_500 });
    await declineAtVendor(payment.id);
    await eventually('the slow question', async () => {
      const calls = await callsAbout(payment.id);
      return calls.some(({ operation }) => operation === 'find_payment') ? calls : null;
    });
    await temporal.ofPayment(payment).signal('providerEvent', waiting?.id);
    await payAtVendor(payment.id);
    await answeredDeliveries(payment.id, 2);
    await untilStatus(clinic, payment.id, 'completed');
    expect((await books.inboxOf(other.id))[0]?.handledAs).toBeNull();
  });
});
