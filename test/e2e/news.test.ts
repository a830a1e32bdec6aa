import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import {
  call,
  eventually,
  openClinic,
  openPayment,
  readPayment,
  theDocumentOf,
  untilPushed,
  untilReview,
  untilStatus,
} from './support/clinic.ts';
import type { Clinic, PaymentBody } from './support/clinic.ts';
import { openTemporal } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';
import { callsAbout, checkoutsOf, payAtVendor, scaleLags } from './support/vendors.ts';
import { readEnvironment } from '../support/environment.ts';

let books: Books;
let temporal: Temporal;
let clinic: Clinic;
beforeAll(async () => {
  books = openBooks();
  temporal = await openTemporal();
  clinic = await openClinic();
});
afterAll(() => Promise.all([books.close(), temporal.close()]));

type Asked = PaymentBody & { readonly nextCheckAt: string | null; readonly code?: string };

const untilOutcome = (of: Clinic, id: string, outcome: string): Promise<Asked> =>
  eventually(`${id} with outcome ${outcome}`, async () => {
    const payment = (await readPayment(of, id)) as Asked;
    return payment.outcome === outcome ? payment : null;
  });

const untilHandled = (id: string, count: number) =>
  eventually(`${count} webhooks of ${id} acted on`, async () => {
    const rows = await books.inboxOf(id);
    return rows.length === count && rows.every(({ handledAs }) => handledAs !== null) ? rows : null;
  });

const cancel = (of: Clinic, id: string) => call<Asked>('POST', `/v1/payments/${id}/cancel`, { key: of.key });

const reads = async (id: string): Promise<number> =>
  (await callsAbout(id)).filter(({ operation }) => operation === 'find_payment').length;

const untilDeadPage = (id: string) =>
  eventually('the dead page', async () => {
    const dead = await books.query(`SELECT 1 FROM provider_pages WHERE payment_id = $1 AND state = 'dead'`, [
      id,
    ]);
    return dead.length > 0 ? dead : null;
  });

const stripeUrl = (): string => `${readEnvironment().sandboxUrl}/stripe`;

/** Lets the live page be as old as one that may be replaced. */
const agePage = ({ id }: PaymentBody) =>
  books.query(`UPDATE provider_pages SET created_at = now() - interval '1 hour' WHERE payment_id = $1`, [id]);

describe('a charge that its provider signed and does not show yet', () => {
  it('is waited for: no cancel, no second page, and it is asked about until it is there', async () => {
    const payment = await openPayment(clinic);
    await payAtVendor(payment.id, { readBackDelayMs: 8_000 });
    const waiting = await untilOutcome(clinic, payment.id, 'unknown');
    expect(waiting).toMatchObject({ status: 'pending', nextCheckAt: expect.any(String) });

    expect(await cancel(clinic, payment.id)).toMatchObject({
      status: 409,
      json: { code: 'outcome_unknown' },
    });
    const visit = await call<undefined>('GET', payment.link?.url ?? '', {
      headers: { 'accept-language': 'en' },
    });
    expect([visit.status, visit.headers.get('location')]).toEqual([200, null]);
    expect(visit.bytes.toString()).toMatch(/Confirming your payment|מוודאים את התשלום/);
    expect(await checkoutsOf(payment.id)).toHaveLength(1);

    const paid = await untilStatus(clinic, payment.id, 'completed');
    expect(theDocumentOf(paid)).toMatch(/^doc_/);
    expect(paid).toMatchObject({ outcome: 'known', nextCheckAt: null, review: null });
    expect(await untilHandled(payment.id, 1)).toMatchObject([{ handledAs: 'settled' }]);
  });

  it('on a payment that is settled already is asked about until it is there', async () => {
    const payment = await openPayment(clinic);
    await payAtVendor(payment.id);
    await untilStatus(clinic, payment.id, 'completed');
    await temporal.untilEnded(payment);
    await payAtVendor(payment.id, { readBackDelayMs: 6_000 });
    await eventually('the second webhook', async () => (await books.inboxOf(payment.id))[1] ?? null);

    expect(await untilReview(clinic, payment.id, 'duplicate_payment')).toMatchObject({ status: 'completed' });
    await untilHandled(payment.id, 2);
  });
});

describe('a bank debit', () => {
  let stripe: Clinic;
  beforeAll(async () => {
    stripe = await openClinic({ provider: 'stripe' });
  });

  it('that failed leaves a dead page, which is replaced as soon as the payer comes', async () => {
    const payment = await openPayment(stripe);
    await payAtVendor(payment.id, { method: 'us_bank_account_fails' });
    await untilDeadPage(payment.id);
    await untilOutcome(stripe, payment.id, 'known');
    await agePage(payment);
    const visit = await call<undefined>('GET', payment.link?.url ?? '');
    const pages = await checkoutsOf(payment.id);
    expect(pages).toHaveLength(2);
    expect(visit.headers.get('location')).toBe(pages[1]?.url);
  });

  it('that is on its way is waited for past the expiry: no cancel, no second page, and it is settled', async () => {
    const slow = await openClinic({ provider: 'stripe' });
    await scaleLags(slow.account, 1_000);
    const { payment, expiresAt } = await underWay(slow);
    expect(await readPayment(slow, payment.id)).toMatchObject({
      status: 'pending',
      outcome: 'unknown',
      nextCheckAt: expect.any(String),
      review: null,
    });
    expect(await cancel(slow, payment.id)).toMatchObject({ status: 409, json: { code: 'outcome_unknown' } });
    await agePage(payment);
    const visit = await call<undefined>('GET', payment.link?.url ?? '', {
      headers: { 'accept-language': 'en' },
    });
    expect([visit.status, visit.headers.get('location')]).toEqual([200, null]);
    expect(visit.bytes.toString()).toMatch(/Confirming your payment|מוודאים את התשלום/);

    await eventually('a question after the expiry', async () => {
      const asked = (await callsAbout(payment.id)).filter(({ operation }) => operation === 'find_payment');
      return asked.some(({ at }) => Date.parse(at) > expiresAt) ? true : null;
    });
    expect(await readPayment(slow, payment.id)).toMatchObject({ status: 'pending', outcome: 'unknown' });
    expect(await cancel(slow, payment.id)).toMatchObject({ status: 409 });
    expect(await checkoutsOf(payment.id)).toHaveLength(1);

    await scaleLags(slow.account, 0);
    const paid = await untilStatus(slow, payment.id, 'completed');
    expect(paid).toMatchObject({ outcome: 'known', nextCheckAt: null, review: null });
    expect(theDocumentOf(paid)).toMatch(/^doc_/);
  });
});

/** A payment by bank debit that is seen to be on its way before it expires: soon, but no sooner than the machine is able to. */
async function underWay(of: Clinic): Promise<{ payment: PaymentBody; expiresAt: number }> {
  for (let lifeMs = 6_000; lifeMs < 200_000; lifeMs *= 2) {
    const expiresAt = Date.now() + lifeMs;
    const payment = await openPayment(of, { expiresAt: new Date(expiresAt).toISOString() });
    await payAtVendor(payment.id, { method: 'us_bank_account' });
    const seen = await eventually('what becomes of it', async () => {
      const now = await readPayment(of, payment.id);
      return now.outcome === 'unknown' || now.status === 'expired' ? now : null;
    });
    if (seen.status === 'pending' && Date.now() < expiresAt) return { payment, expiresAt };
  }
  throw new Error('a debit expires before it is seen to be on its way');
}

describe('a page of Stripe that expired in its dashboard', () => {
  it('is replaced as soon as the payer comes', async () => {
    const stripe = await openClinic({ provider: 'stripe' });
    const payment = await openPayment(stripe);
    const [page] = await checkoutsOf(payment.id);
    const { status } = await call('POST', `${stripeUrl()}/v1/checkout/sessions/${page?.id ?? ''}/expire`, {
      key: stripe.credentials['secretKey'] ?? '',
    });
    expect(status).toBe(200);
    await untilDeadPage(payment.id);
    await agePage(payment);
    const visit = await call<undefined>('GET', payment.link?.url ?? '');
    const pages = await checkoutsOf(payment.id);
    expect(pages.map((one) => one.status)).toEqual(['cancelled', 'open']);
    expect(visit.headers.get('location')).toBe(pages[1]?.url);
    await payAtVendor(payment.id);
    expect(await untilStatus(stripe, payment.id, 'completed')).toMatchObject({ review: null });
  });
});

describe('a page that is replaced', () => {
  it('is closed at its provider', async () => {
    const payment = await openPayment(clinic);
    await agePage(payment);
    await books.query(
      `UPDATE provider_pages SET expires_at = now() WHERE payment_id = $1 AND state = 'live'`,
      [payment.id],
    );
    await call<undefined>('GET', payment.link?.url ?? '');
    expect((await checkoutsOf(payment.id)).map(({ status }) => status)).toEqual(['cancelled', 'open']);
  });
});

describe('news of a charge that is documented already', () => {
  it.each([
    ['on_demand', 20],
    ['at_issue', 26],
  ] as const)(
    'asks nobody: a returning payer and a webhook, printed %s, are one read-back and at most %i events',
    async (print, most) => {
      const printing = await openClinic({ pushes: true, print });
      const payment = await openPayment(printing);
      await payAtVendor(payment.id, { webhook: 'late', delayMs: 2_000 });
      await call<undefined>('GET', `${payment.link?.url ?? ''}/return?outcome=success`);
      const paid = await untilStatus(printing, payment.id, 'completed');
      await untilPushed(printing, theDocumentOf(paid));
      expect(await untilHandled(payment.id, 1)).toMatchObject([{ handledAs: 'no_change' }]);
      await temporal.untilEnded(payment);

      expect(await reads(payment.id)).toBe(2);
      const { events } = await temporal.ofPayment(payment).fetchHistory();
      process.stdout.write(
        `history of a payment with return and webhook, ${print}: ${events?.length} events\n`,
      );
      expect(events?.length).toBeLessThanOrEqual(most);
    },
  );

  it('asks nobody: both webhooks of Stripe are one read-back of five calls', async () => {
    const stripe = await openClinic({ provider: 'stripe' });
    const { id } = await openPayment(stripe);
    await payAtVendor(id);
    await untilStatus(stripe, id, 'completed');
    await untilHandled(id, 2);
    expect(await reads(id)).toBeLessThanOrEqual(5);
  });
});
