import { describe, expect, it } from '#jest';
import { toDispute } from './map.ts';
import { CHARGE, DISPUTE, REFUND, SESSION } from './wire.ts';

/** Words that Stripe may add. Beside the money they are ignored; about money they are never guessed. */
const DU = { id: 'du_1', livemode: false, amount: 10_000, currency: 'ils', charge: 'ch_1' };
const dispute = (status: unknown, ...changes: number[]) =>
  toDispute(DISPUTE.parse({ ...DU, status, balance_transactions: changes.map((amount) => ({ amount })) }))
    .status;

describe('a dispute of a status that is new', () => {
  it('is open where it took money from the balance', () => {
    expect(dispute('second_appeal', -10_000)).toBe('open');
    expect(dispute('second_appeal', -10_000, 10_000, -10_000)).toBe('open');
    expect(dispute(null, -10_000)).toBe('open');
  });

  it('is an inquiry where it took none, or gave it back: what ends it is a word that we know', () => {
    expect(dispute('second_appeal')).toBe('inquiry');
    expect(dispute('second_appeal', -10_000, 10_000)).toBe('inquiry');
  });

  it('is not believed where nothing says what became of the money', () => {
    expect(DISPUTE.safeParse({ ...DU, status: 'second_appeal' }).success).toBe(false);
    expect(DISPUTE.safeParse({ ...DU, status: 'second_appeal', balance_transactions: 'x' }).success).toBe(
      false,
    );
    expect(DISPUTE.safeParse({ ...DU, status: 'lost' }).success).toBe(true);
  });
});

describe('what is no money', () => {
  it('never makes a session unreadable', () => {
    const odd = {
      url: 'app://pay',
      client_reference_id: '',
      metadata: 'none',
      status: 'paused',
      expires_at: null,
    };
    expect(SESSION.parse({ id: 'cs_1', livemode: false, ...odd, payment_intent: 'pi_1' })).toMatchObject({
      intentId: 'pi_1',
      isDead: false,
      url: null,
      paymentId: null,
    });
  });

  it('never makes a charge or refund unreadable', () => {
    const money = { livemode: false, amount: 10, currency: 'ils', created: 1, status: 'succeeded' };
    const charge = {
      ...money,
      id: 'ch_1',
      captured: true,
      metadata: [],
      payment_intent: { id: 'pi_1', metadata: 7 },
    };
    expect(CHARGE.parse(charge)).toMatchObject({ intentId: 'pi_1', paymentId: null });
    expect(REFUND.parse({ ...money, id: 're_1', charge: 'ch_1', metadata: 'x' })).toMatchObject({
      paymentId: null,
      refundId: null,
    });
  });
});

it('a charge or refund of a new status is not believed: that is money', () => {
  const money = { livemode: false, amount: 10, currency: 'ils', created: 1, status: 'half' };
  expect(CHARGE.safeParse({ ...money, id: 'ch_1', captured: true }).success).toBe(false);
  expect(REFUND.safeParse({ ...money, id: 're_1' }).success).toBe(false);
});
