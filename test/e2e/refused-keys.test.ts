import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { arm, clearFaults } from '../support/faults.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import {
  call,
  eventually,
  openClinic,
  openPayment,
  readPayment,
  readTimeline,
  untilReview,
} from './support/clinic.ts';
import type { Clinic, PaymentBody } from './support/clinic.ts';
import { checkoutsOf, payOnPage } from './support/vendors.ts';

let books: Books;
beforeAll(() => {
  books = openBooks();
});
afterAll(() => books.close());

/** A clinic whose provider has refused its keys for an hour; a webhook is waited for so many seconds. */
async function openRefused(
  webhookGraceSeconds: number,
  wishes: object = {},
): Promise<{
  clinic: Clinic;
  payment: PaymentBody;
  refuse: () => Promise<unknown>;
  mend: () => Promise<unknown>;
}> {
  const clinic = await openClinic({ options: { webhookGraceSeconds } });
  const payment = await openPayment(clinic, wishes);
  const [account] = await books.query<{ id: string }>(
    `SELECT id FROM provider_accounts WHERE workspace_id = $1 AND family = 'payment'`,
    [clinic.id],
  );
  // A process that has not seen the breaker yet, which takes a second at most, gets no answer either.
  await arm(clinic.account, { operation: 'find_payment', fault: 'status_500', times: 1_000 });
  await arm(clinic.account, { operation: 'cancel_link', fault: 'status_500', times: 1_000 });
  const name = `payplus:sandbox:${account?.id}`;
  // An answer that was under way when the vendor began to refuse would close the breaker again.
  const refuse = () =>
    books.query(
      `INSERT INTO circuit_breakers (name, state, failures, opens_until, refused_since)
       VALUES ($1, 'open', 20, now() + interval '1 hour', now() - interval '1 hour')
       ON CONFLICT (name) DO UPDATE SET state = 'open', opens_until = excluded.opens_until,
         refused_since = excluded.refused_since WHERE circuit_breakers.state <> 'open' OR circuit_breakers.refused_since IS NULL`,
      [name],
    );
  await refuse();
  const mend = async () => {
    await clearFaults(clinic.account);
    await books.query('DELETE FROM circuit_breakers WHERE name = $1', [name]);
  };
  return { clinic, payment, refuse, mend };
}

const cancel = (clinic: Clinic, id: string) =>
  call<PaymentBody>('POST', `/v1/payments/${id}/cancel`, { key: clinic.key });

const summaries = async (clinic: Clinic, id: string): Promise<string> =>
  (await readTimeline(clinic, id)).map(({ summary }) => summary).join('\n');

describe('where the provider has refused the keys for longer than a webhook is waited for', () => {
  it('a cancel ends the payment, and the timeline says that its page could not be closed', async () => {
    const { clinic, payment, mend } = await openRefused(60);
    expect(await cancel(clinic, payment.id)).toMatchObject({ status: 200, json: { status: 'cancelled' } });
    expect(await summaries(clinic, payment.id)).toMatch(/page could not be closed[^]*refuses our keys/);
    expect(await checkoutsOf(payment.id)).toMatchObject([{ status: 'open' }]);

    await mend();
    await payOnPage(payment.id, 0);
    expect(await untilReview(clinic, payment.id, 'late_success')).toMatchObject({ status: 'completed' });
  });

  it('a payment expires', async () => {
    const expiresAt = new Date(Date.now() + 6_000).toISOString();
    const { clinic, payment, refuse } = await openRefused(1, { expiresAt });
    await eventually(`the expiry of ${payment.id}`, async () => {
      await refuse();
      return (await readPayment(clinic, payment.id)).status === 'expired' ? true : null;
    });
    expect(await summaries(clinic, payment.id)).toMatch(/has expired[^]*refuses our keys/);
  });
});

describe('where the provider has refused the keys for less', () => {
  it('a cancel waits: the money may be there', async () => {
    const { clinic, payment, mend } = await openRefused(86_400);
    expect(await cancel(clinic, payment.id)).toMatchObject({ status: 202, json: { status: 'pending' } });
    await mend();
    await eventually(`the end of ${payment.id}`, async () =>
      (await readPayment(clinic, payment.id)).status === 'cancelled' ? true : null,
    );
  });
});
