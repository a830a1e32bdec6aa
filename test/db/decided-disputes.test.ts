import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createApplyResolution } from '../../src/activities/reviews/apply-resolution.ts';
import { insertResolution } from '../../src/db/review-resolutions.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import { newId } from '../../src/domain/ids.ts';
import type { DisputeStatus } from '../../src/domain/standing.ts';
import { openBooks } from '../e2e/support/books.ts';
import type { Books } from '../e2e/support/books.ts';
import { readPayment, readTimeline } from '../e2e/support/clinic.ts';
import { creditsOf, resolve } from '../e2e/support/paid-payments.ts';
import { listRefunds, refund } from '../e2e/support/refunds.ts';
import { disputeOf, openVendorWord, paidCharge, transaction } from './vendor-word.ts';
import type { VendorWord } from './vendor-word.ts';

let word: VendorWord;
let books: Books;
beforeAll(async () => {
  books = openBooks();
  word = await openVendorWord();
});
afterAll(() => Promise.all([word.close(), books.close()]));

interface Told {
  readonly disputeId: string;
  readonly status: DisputeStatus;
  readonly amount?: number;
  readonly currency?: string;
}

/** A paid payment of 350.00 ₪ whose payer disputes its charge, or that of the vendor's id. */
async function disputed(...told: readonly Told[]) {
  const { payment, chargeId } = await paidCharge(word.clinic, books);
  const { id } = payment;
  const name = (one: string): string => `${one}-of-${id}`;
  const say = (disputes: readonly Told[], of = chargeId) =>
    word.tell(id, {
      disputes: disputes.map(({ disputeId, status, ...change }) => ({
        ...disputeOf(of, status),
        ...change,
        disputeId: name(disputeId),
      })),
    });
  await say(told);
  return { id, name, say };
}

const decide = (id: string, body: object) =>
  resolve(word.clinic, id, body) as Promise<{
    status: number;
    json: { errors?: { pointer: string; detail: string }[]; review?: string | null };
  }>;

const refundsOf = async (id: string) =>
  (await listRefunds(word.clinic, id)).map((one) => [
    (one as unknown as { origin: string }).origin,
    one.amount,
  ]);

const statesOf = async (id: string) =>
  (
    await books.query<{ name: string; resolution: string | null }>(
      `SELECT split_part(provider_dispute_id, '-of-', 1) AS name, resolution FROM disputes WHERE payment_id = $1 ORDER BY 1`,
      [id],
    )
  ).map(({ name, resolution }) => [name, resolution]);

describe('a lost dispute in another currency than its charge', () => {
  const dollars = { disputeId: 'one', status: 'lost', amount: 10_000, currency: 'USD' } as const;

  it('is credited with what the person says that the bank took, never with its number', async () => {
    const { id, name } = await disputed(dollars);
    const { status, json } = await decide(id, { action: 'refund' });
    expect([status, json.errors?.[0]?.pointer]).toEqual([422, '#/disputes']);
    expect(json.errors?.[0]?.detail).toContain(`must name ${name('one')} with its takenAmount`);
    const disputes = [{ disputeId: name('one'), takenAmount: 34_000 }];
    expect(await decide(id, { action: 'refund', disputes })).toMatchObject({
      status: 200,
      json: { status: 'partially_refunded', review: null, refundedAmount: 34_000 },
    });
    expect(await creditsOf(word.clinic, id)).toMatchObject([{ total: 34_000 }]);
  });

  it('is not added to one in the currency of the charge', async () => {
    const { id, name } = await disputed(
      { ...dollars, amount: 100 },
      { disputeId: 'two', status: 'lost', amount: 5_000 },
    );
    const disputes = [{ disputeId: name('one'), takenAmount: 400 }, { disputeId: name('two') }];
    expect((await decide(id, { action: 'refund', disputes })).status).toBe(200);
    expect(await refundsOf(id)).toEqual([['dispute', 5_400]]);
  });

  it('can be written off without a sum; then the provider gives nothing of that charge back', async () => {
    const { id } = await disputed(dollars);
    expect((await decide(id, { action: 'dismiss' })).json.review).toBeNull();
    const { status, json } = await refund(word.clinic, id, { amount: 100 });
    expect([status, json.code]).toEqual([409, 'refund_exceeds_charge']);
  });

  it('of a second charge, leaves for the vendor what the bank did not take', async () => {
    const { id, name, say } = await disputed();
    const secondId = name('second');
    await word.tell(id, { transactions: [transaction(id, { transactionId: secondId })] });
    await say([dollars], secondId);
    expect((await decide(id, { action: 'refund' })).json.errors?.[0]?.pointer).toBe('#/disputes');
    expect(await refundsOf(id)).toEqual([]);
    const disputes = [{ disputeId: name('one'), takenAmount: 30_000 }];
    expect((await decide(id, { action: 'refund', disputes })).status).toBeLessThan(300);
    expect((await refundsOf(id)).sort()).toEqual([
      ['dispute', 30_000],
      ['review', 5_000],
    ]);
  });

  it.each([
    ['more than the charge', 'refund', 35_001, 'must not be more than its charge'],
    ['a sum where nothing is booked', 'dismiss', 100, 'nothing is booked'],
  ])('is not decided with %s', async (_what, action, takenAmount, says) => {
    const { id, name } = await disputed(dollars);
    const { json } = await decide(id, { action, disputes: [{ disputeId: name('one'), takenAmount }] });
    expect(json.errors).toMatchObject([{ pointer: '#/disputes', detail: expect.stringContaining(says) }]);
    expect(await statesOf(id)).toEqual([['one', null]]);
  });
});

describe('a decision about disputes', () => {
  it('settles those that it names, and the others stay open', async () => {
    const { id, name } = await disputed(
      { disputeId: 'one', status: 'open', amount: 20_000 },
      { disputeId: 'two', status: 'lost', amount: 5_000 },
    );
    const wrong = await decide(id, { action: 'refund', disputes: [{ disputeId: 'dp_other' }] });
    expect(wrong.json.errors).toMatchObject([{ pointer: '#/disputes/0/disputeId' }]);
    expect(wrong.json.errors?.[0]?.detail).toContain(`${name('one')} or ${name('two')}`);
    await decide(id, { action: 'refund', disputes: [{ disputeId: name('two') }] });
    expect(await statesOf(id)).toEqual([
      ['one', null],
      ['two', 'refund'],
    ]);
    expect(await refundsOf(id)).toEqual([['dispute', 5_000]]);
    expect(await readPayment(word.clinic, id)).toMatchObject({
      status: 'disputed',
      review: 'provider_dispute',
    });
  });

  it('of another review names none', async () => {
    const { id, name } = await disputed();
    await word.tell(id, { transactions: [transaction(id, { transactionId: name('second') })] });
    const { json } = await decide(id, { action: 'accept', disputes: [{ disputeId: 'dp_1' }] });
    expect(json.errors).toMatchObject([{ pointer: '#/disputes' }]);
  });

  /** A decision that the person made, and that no workflow has carried out yet. */
  async function pending(id: string, action: 'refund' | 'dismiss', status: DisputeStatus) {
    const { id: workspaceId } = word.clinic;
    const resolutionId = newId('resolution');
    const [seen] = await books.query<{ id: string }>('SELECT id FROM disputes WHERE payment_id = $1', [id]);
    const about = { paymentId: id, review: 'provider_dispute', action, reason: 'seen' } as const;
    const nothing = { paid: null, refundId: null, items: null, providerTransactionId: null };
    const disputes = [{ id: seen?.id ?? '', status, takenAmount: null }];
    await inWorkspace(word.pool, workspaceId, (tx) =>
      insertResolution(tx, { ...about, ...nothing, disputes, id: resolutionId, workspaceId }),
    );
    return () => createApplyResolution(word.context)({ workspaceId, resolutionId });
  }

  it.each(['refund', 'dismiss'] as const)(
    'to %s leaves a dispute that came after it to another decision',
    async (action) => {
      const { id, say } = await disputed({ disputeId: 'one', status: 'lost', amount: 5_000 });
      const carryOut = await pending(id, action, 'lost');
      await say([{ disputeId: 'two', status: 'lost', amount: 7_000 }]);
      expect(await carryOut()).toMatchObject({ review: 'provider_dispute' });
      expect(await statesOf(id)).toEqual([
        ['one', action],
        ['two', null],
      ]);
      expect(await refundsOf(id)).toEqual(action === 'refund' ? [['dispute', 5_000]] : []);
    },
  );

  it.each([
    ['dismiss', null],
    ['refund', 'refund'],
  ] as const)('to %s an undecided dispute that was lost meanwhile: it is %s', async (action, resolution) => {
    const { id, say } = await disputed({ disputeId: 'one', status: 'open' });
    const carryOut = await pending(id, action, 'open');
    await say([{ disputeId: 'one', status: 'lost' }]);
    await carryOut();
    expect(await statesOf(id)).toEqual([['one', resolution]]);
    const told = (await readTimeline(word.clinic, id)).filter(({ kind }) => kind === 'resolution_void');
    expect(told).toHaveLength(resolution === null ? 1 : 0);
  });
});
