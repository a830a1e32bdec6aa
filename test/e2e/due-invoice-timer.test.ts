import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '#jest';
import { listOverdueInvoices } from '../../src/db/manual-payments.ts';
import { dayInZone } from '../../src/domain/calendar.ts';
import { pursueDueInvoice } from '../../src/temporal/due-invoices.ts';
import { pursueDueInvoices } from '../../src/worker/sweepers/pursue-due-invoices.ts';
import { admin, openWorkspace } from '../api/rig.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import {
  bounce,
  cheque,
  cheques,
  COMPANY,
  dueDateToday,
  expectSoundBooks,
  papersOf,
  timerOf,
  untilInvoiced,
} from './support/cheques.ts';
import { eventually, readPayment } from './support/clinic.ts';
import { resolve } from './support/paid-payments.ts';
import { openTemporal } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';

let books: Books;
let temporal: Temporal;
beforeAll(async () => {
  books = openBooks();
  temporal = await openTemporal();
});
afterAll(() => Promise.all([books.close(), temporal.close()]));

const HOUR = 3_600_000;
/** A time zone in which it is between three and four at night. */
const atThree = (): string => {
  const ahead = ((3 - new Date().getUTCHours() + 36) % 24) - 12;
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
};
/** What the sweeper of the worker does each 15 s. */
const sweep = () =>
  pursueDueInvoices({
    pool: books.sql,
    temporal: {
      isReachable: () => Promise.resolve(true),
      pursueDueInvoice: (ids) => pursueDueInvoice(temporal, ids),
    },
  });
const { before, after, dueDate, paidOn } = dueDateToday();

it('the timer rings at 06:00 of the day and not before, also where it is told to look', async () => {
  const timeZone = atThree();
  const company = await openWorkspace({ workspace: { ...COMPANY, timeZone }, provider: false });
  const day = dayInZone(new Date(), timeZone);
  const given = dayInZone(new Date(Date.now() - 24 * HOUR), timeZone);
  const payment = await cheques(company, day, { paidOn: given });
  expect(await listOverdueInvoices(books.sql, 10_000)).not.toContainEqual(
    expect.objectContaining({ paymentId: payment.id }),
  );
  const timer = temporal.client.workflow.getHandle(timerOf(company, payment));
  await timer.signal('dueInvoiceChanged');
  await eventually('the second look', async () => {
    const { events } = await timer.fetchHistory();
    return (events ?? []).filter(({ timerStartedEventAttributes: started }) => started).length === 2 || null;
  });
  expect(await papersOf(company, payment)).toMatchObject([{ type: 'receipt' }]);
});

it('the timer is left in peace while a refund is under way, for days too: its history does not grow', async () => {
  const company = await openWorkspace({ workspace: { ...COMPANY, timeZone: before }, provider: false });
  const payment = await cheques(company, dueDate, { paidOn });
  const timer = temporal.client.workflow.getHandle(timerOf(company, payment));
  const eventsOf = async () => (await timer.fetchHistory()).events ?? [];
  const refund = randomUUID();
  await books.query(
    `INSERT INTO refunds (id, workspace_id, payment_id, charge_id, amount, currency, method, origin, is_documented, status, reason, started_at, sent_at)
     SELECT $2, workspace_id, payment_id, id, 100, currency, 'check', 'api', true, 'pending', 'test', now(), now()
     FROM provider_transactions WHERE payment_id = $1`,
    [payment.id, refund],
  );
  expect((await admin('PATCH', `/v1/workspaces/${company.id}`, { timeZone: after })).status).toBe(200);
  await timer.signal('dueInvoiceChanged');
  // It has heard of it, asks again by a regular activity, and has no task open.
  const known = await eventually('the wait for the refund', async () => {
    const events = await eventsOf();
    const rests =
      events.some((one) => one.workflowExecutionSignaledEventAttributes) &&
      events.some((one) => one.activityTaskScheduledEventAttributes) &&
      events.filter((one) => one.workflowTaskScheduledEventAttributes).length ===
        events.filter((one) => one.workflowTaskCompletedEventAttributes).length;
    return rests ? events.length : null;
  });
  await sweep();
  await sweep();
  expect(await eventsOf()).toHaveLength(known);
  await books.query(`UPDATE refunds SET status = 'failed', failure = 'test' WHERE id = $1`, [refund]);
  expect(await untilInvoiced(company, payment)).toMatchObject({ total: 11_800 });
});

/** Time is moved by moving the business to where it is later. */
it('the timer issues the invoice for what is left when the day comes, also where the books were closed meanwhile', async () => {
  const company = await openWorkspace({ workspace: { ...COMPANY, timeZone: before }, provider: false });
  const means = [4_000, 7_800].map((amount, at) => ({
    method: 'check',
    amount,
    check: cheque(`${at}`, dueDate),
  }));
  const payment = await cheques(company, '', { paidOn, method: undefined, check: undefined, means });
  await bounce(company, payment, 4_000);
  expect((await readPayment(company, payment.id)).taxInvoice).toEqual({
    dueOn: dueDate,
    status: 'due',
    documentId: null,
  });
  const moved = await admin('PATCH', `/v1/workspaces/${company.id}`, {
    timeZone: after,
    booksClosedThrough: paidOn,
  });
  expect(moved.status).toBe(200);
  expect(await untilInvoiced(company, payment)).toMatchObject({ total: 7_800, vat: 1_190, net: 6_610 });
  await expectSoundBooks(books, company);
});

it('the timer asks a person where the dealer may issue no tax invoice on the due date', async () => {
  const company = await openWorkspace({ workspace: { ...COMPANY, timeZone: before }, provider: false });
  const payment = await cheques(company, dueDate, { paidOn });
  const changes = { dealerType: 'osek_patur', vatRegistered: false, timeZone: after };
  const moved = await admin('PATCH', `/v1/workspaces/${company.id}`, changes);
  expect(moved.status).toBe(200);
  await eventually('the review', async () => (await readPayment(company, payment.id)).review);
  expect(await papersOf(company, payment)).toHaveLength(1);

  // Accepted too early it is asked again; once the profile is right, the same word issues the invoice.
  const accept = () => resolve(company, payment.id, { action: 'accept', reason: 'looked at' });
  await accept();
  await eventually('the review again', async () => (await readPayment(company, payment.id)).review);
  const back = { dealerType: COMPANY.dealerType, vatRegistered: true };
  expect((await admin('PATCH', `/v1/workspaces/${company.id}`, back)).status).toBe(200);
  await accept();
  expect(await untilInvoiced(company, payment)).toMatchObject({ type: 'tax_invoice' });
  await expectSoundBooks(books, company);
});
