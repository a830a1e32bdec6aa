import { describe, expect, it } from '#jest';
import { ProviderError } from '../../../domain/provider-error.ts';
import { findPayment } from './find.ts';
import { CHARGE, DISPUTE, INTENT, REFUND, SESSION } from './wire.ts';

const OURS = 'pay_01kb2m7c0000000000000000aa';
const THEIRS = 'pay_01kb2m7c0000000000000000zz';

const session = (id: string, intent: string | null, paymentId: string | null = OURS) =>
  SESSION.parse({
    id,
    livemode: false,
    expires_at: 1,
    client_reference_id: paymentId,
    payment_intent: intent,
  });
const intent = (id: string, paymentId = OURS) =>
  INTENT.parse({ id, livemode: false, metadata: { paymentId } });
const money = { livemode: false, amount: 10, currency: 'ils', created: 1 };
const charge = (id: string, pi: string, change: object = {}) =>
  CHARGE.parse({ ...money, id, status: 'succeeded', captured: true, payment_intent: pi, ...change });
const refund = (id: string, chargeId: string, pi: string) =>
  REFUND.parse({ ...money, id, status: 'succeeded', charge: chargeId, payment_intent: pi });
const dispute = (id: string, chargeId: string, pi: string) =>
  DISPUTE.parse({ ...money, id, status: 'lost', charge: chargeId, payment_intent: pi });

interface Account {
  readonly sessions?: readonly ReturnType<typeof session>[];
  readonly intents?: readonly ReturnType<typeof intent>[];
  readonly charges?: readonly ReturnType<typeof charge>[];
  readonly refunds?: readonly ReturnType<typeof refund>[];
  /** Each with its intent. */
  readonly disputes?: readonly { readonly intentId: string; readonly dispute: ReturnType<typeof dispute> }[];
}

/** An account with these objects, and the questions that it got. */
function accountOf({ sessions = [], intents = [], charges = [], refunds = [], disputes = [] }: Account) {
  const asked: string[] = [];
  const byId =
    <T extends { readonly id: string }>(all: readonly T[]) =>
    (id: string) => {
      asked.push(id);
      const found = all.find((one) => one.id === id);
      if (found === undefined)
        return Promise.reject(new ProviderError('rejected', 'Stripe knows no such thing'));
      return Promise.resolve(found);
    };
  const listed = <T>(what: string, all: readonly T[], intentOf: (one: T) => string | null) =>
    async function* (search: { payment_intent?: string }) {
      asked.push(`${what} of ${search.payment_intent ?? '?'}`);
      await Promise.resolve();
      yield* all.filter((one) => intentOf(one) === search.payment_intent);
    };
  const client = {
    session: byId(sessions),
    intents: (paymentId: string) => {
      asked.push(`intents of ${paymentId}`);
      return Promise.resolve(intents);
    },
    charge: byId(charges),
    refund: byId(refunds),
    charges: listed('charges', charges, ({ intentId }) => intentId),
    refunds: listed('refunds', refunds, ({ intentId }) => intentId),
    disputes: async function* (search: { payment_intent?: string }) {
      const own = disputes.filter(({ intentId }) => intentId === search.payment_intent);
      yield* await Promise.resolve(own.map((one) => one.dispute));
    },
  };
  const find = (pageIds: string[], transactionIds: string[] = []) =>
    findPayment(client, {
      paymentId: OURS,
      pages: pageIds.map((pageId) => ({ pageId, secret: null })),
      transactions: transactionIds.map((transactionId) => ({ transactionId, secret: null })),
    });
  return { asked, find };
}

const idsOf = ({ transactions }: Awaited<ReturnType<typeof findPayment>>) =>
  transactions.map(({ transactionId }) => transactionId);

describe('looking for money', () => {
  it('asks no more than the page and our id while nobody started to pay', async () => {
    const { asked, find } = accountOf({ sessions: [session('cs_1', null)] });
    expect(await find(['cs_1'])).toEqual({ transactions: [], disputes: [], unreadable: [], deadPageIds: [] });
    expect(asked).toEqual(['cs_1', `intents of ${OURS}`]);
  });

  it.each([
    ['open', []],
    ['complete', ['cs_1']],
    ['expired', ['cs_1']],
    ['paused', []],
  ])('says of a page that is %s whether it can still be paid', async (status, dead) => {
    const page = SESSION.parse({ id: 'cs_1', livemode: false, client_reference_id: OURS, status });
    const { find } = accountOf({ sessions: [page] });
    expect((await find(['cs_1'])).deadPageIds).toEqual(dead);
  });

  it('tells refused attempts and the money, refunds and disputes of a page', async () => {
    const { find } = accountOf({
      sessions: [session('cs_1', 'pi_1')],
      charges: [charge('ch_no', 'pi_1', { status: 'failed', captured: false }), charge('ch_yes', 'pi_1')],
      refunds: [refund('re_1', 'ch_yes', 'pi_1')],
      disputes: [{ intentId: 'pi_1', dispute: dispute('du_1', 'ch_yes', 'pi_1') }],
    });
    const { transactions, disputes } = await find(['cs_1']);
    expect(transactions).toMatchObject([
      { transactionId: 'ch_no', status: 'declined', pageId: 'cs_1', reference: OURS },
      { transactionId: 'ch_yes', status: 'succeeded', pageId: 'cs_1', reference: OURS },
      { transactionId: 're_1', kind: 'refund', refundOf: 'ch_yes', pageId: 'cs_1', reference: OURS },
    ]);
    expect(disputes).toMatchObject([{ disputeId: 'du_1', transactionId: 'ch_yes', status: 'lost' }]);
  });

  it('looks for nothing given back where nothing was taken', async () => {
    const failed = charge('ch_no', 'pi_1', { status: 'failed', captured: false });
    const { asked, find } = accountOf({ sessions: [session('cs_1', 'pi_1')], charges: [failed] });
    expect(idsOf(await find(['cs_1']))).toEqual(['ch_no']);
    expect(asked).not.toContain('refunds of pi_1');
  });

  it('finds money by our id alone, and counts what both ways lead to once', async () => {
    const { asked, find } = accountOf({
      sessions: [session('cs_1', 'pi_1')],
      intents: [intent('pi_1'), intent('pi_2')],
      charges: [charge('ch_1', 'pi_1'), charge('ch_2', 'pi_2')],
    });
    const { transactions } = await find(['cs_1']);
    expect(transactions).toMatchObject([
      { transactionId: 'ch_1', pageId: 'cs_1', reference: OURS },
      { transactionId: 'ch_2', pageId: null, reference: OURS },
    ]);
    expect(asked.filter((question) => question === 'charges of pi_1')).toHaveLength(1);
  });

  it('asks by its own id for a charge or refund that was heard of and not found', async () => {
    const own = { id: 'pi_3', metadata: { paymentId: OURS } };
    const heard = CHARGE.parse({
      ...money,
      id: 'ch_3',
      status: 'succeeded',
      captured: true,
      payment_intent: own,
    });
    const { asked, find } = accountOf({ charges: [heard], refunds: [refund('re_3', 'ch_3', 'pi_3')] });
    expect(idsOf(await find([], ['re_3', 'ch_3']))).toEqual(['ch_3', 're_3']);
    expect(asked.filter((question) => question === 'charges of pi_3')).toHaveLength(1);
    expect(idsOf(await find([], ['ch_3']))).toEqual(['ch_3', 're_3']);
  });

  it('leaves out the money of another payment, however it was come by', async () => {
    const foreign = { id: 'pi_9', metadata: { paymentId: THEIRS } };
    const heard = CHARGE.parse({
      ...money,
      id: 'ch_9',
      status: 'succeeded',
      captured: true,
      payment_intent: foreign,
    });
    const { find } = accountOf({
      sessions: [session('cs_2', 'pi_2', THEIRS)],
      charges: [charge('ch_2', 'pi_2'), heard],
    });
    expect(idsOf(await find(['cs_2'], ['ch_9']))).toEqual([]);
  });

  it('never takes a page that this account does not have for one that nobody paid', async () => {
    const { find } = accountOf({ sessions: [session('cs_1', null)] });
    await expect(find(['cs_1', 'cs_gone'])).rejects.toMatchObject({ code: 'rejected' });
  });
});
