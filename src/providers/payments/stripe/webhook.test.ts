import { describe, expect, it } from '#jest';
import Stripe from 'stripe';
import type { WebhookDelivery } from '../payment-provider.ts';
import { EVENT_KINDS, readEvent } from './webhook.ts';

const PAYMENT = 'pay_01kb2m7c0000000000000000aa';
const SECRET = 'whsec_example';
const NOW = 1_767_607_872;

const signed = (payload: string, secret = SECRET, timestamp = NOW) =>
  Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });

const delivery = (text: string, header: string | null = signed(text), at = NOW): WebhookDelivery => ({
  body: Buffer.from(text),
  headers: header === null ? {} : { 'stripe-signature': header },
  query: {},
  receivedAt: new Date(at * 1000),
});

const event = (type: string, object: object, change: object = {}) =>
  JSON.stringify({
    id: 'evt_0001',
    type,
    livemode: false,
    api_version: '2026-10-28.endive',
    data: { object },
    ...change,
  });
const session = (change: object = {}) => ({
  id: 'cs_test_1',
  object: 'checkout.session',
  client_reference_id: PAYMENT,
  payment_status: 'paid',
  ...change,
});
const PAID = event('checkout.session.completed', session());

const read = (text: string, secrets = [SECRET], mode: 'live' | 'test' = 'test') =>
  readEvent(delivery(text), secrets, mode);

describe('a signature', () => {
  it('of the reference’s example verifies', () => {
    const text = '{"id":"evt_0001","type":"checkout.session.completed"}';
    const v1 = 'c87d4940b25bc9e408855911230f70ea6b72540eca85fc7788c0177339ca7e83';
    const reading = readEvent(delivery(text, `t=${NOW},v1=${v1}`), [SECRET], 'test');
    expect(reading).toMatchObject({ verdict: 'quarantined', reason: 'the body is not an event' });
    const other = readEvent(delivery(`${text} `, `t=${NOW},v1=${v1}`), [SECRET], 'test');
    expect(other.verdict).toBe('bad_signature');
  });

  it('whose header is odd proves nothing', () => {
    for (const header of [
      't',
      'v1',
      't=,v1=',
      `t=${NOW}`,
      `t=${NOW},v1`,
      `t=${NOW},v1=`,
      `t=${NOW},v0=00`,
      ',=,',
    ]) {
      expect(readEvent(delivery('{', header), [SECRET], 'test').verdict).toBe('bad_signature');
    }
  });

  it('of any secret that is still valid verifies, of another or none does not', () => {
    expect(read(PAID, ['whsec_new', SECRET]).verdict).toBe('accepted');
    expect(read(PAID, ['whsec_new', 'whsec_old']).verdict).toBe('bad_signature');
    expect(read(PAID, []).verdict).toBe('bad_signature');
    expect(readEvent(delivery(PAID, null), [SECRET], 'test').verdict).toBe('bad_signature');
    expect(readEvent(delivery(PAID, ''), [SECRET], 'test').verdict).toBe('bad_signature');
    expect(readEvent(delivery('', signed(PAID)), [SECRET], 'test').verdict).toBe('bad_signature');
  });

  it('among several in one header counts, as while a secret is rolled', () => {
    const header = signed(PAID).replace(',v1=', `,v1=${'0'.repeat(64)},v1=`);
    expect(readEvent(delivery(PAID, header), [SECRET], 'test').verdict).toBe('accepted');
  });

  it.each([
    [300, 'accepted'],
    [301, 'bad_signature'],
    [-300, 'accepted'],
    [-301, 'bad_signature'],
  ])('received %i seconds after its stamp is %s', (age, verdict) => {
    expect(readEvent(delivery(PAID, signed(PAID), NOW + age), [SECRET], 'test').verdict).toBe(verdict);
  });

  it('of a body that is no event is kept for a person', () => {
    for (const text of [PAID.slice(0, 40), '[]', '"text"', '']) {
      expect(read(text)).toEqual({
        verdict: 'quarantined',
        reason: 'the body is not an event',
        eventId: null,
      });
    }
  });
});

describe('an event', () => {
  it('of a paid session names the payment and its page', () => {
    expect(read(PAID)).toEqual({
      verdict: 'accepted',
      eventId: 'evt_0001',
      kind: 'charge',
      paymentId: PAYMENT,
      pageId: 'cs_test_1',
      pageSecret: null,
      transactionId: null,
      subjectId: 'cs_test_1',
    });
  });

  const metadata = { paymentId: PAYMENT };
  it.each([
    ['checkout.session.completed', session({ payment_status: 'unpaid' }), 'other', null],
    ['checkout.session.async_payment_succeeded', session(), 'charge', null],
    ['checkout.session.async_payment_failed', session(), 'decline', null],
    ['checkout.session.expired', session({ payment_status: 'unpaid' }), 'other', null],
    [
      'payment_intent.succeeded',
      { object: 'payment_intent', metadata, latest_charge: 'ch_1' },
      'charge',
      'ch_1',
    ],
    [
      'payment_intent.payment_failed',
      { object: 'payment_intent', metadata, last_payment_error: { charge: 'ch_1' } },
      'decline',
      'ch_1',
    ],
    ['payment_intent.canceled', { object: 'payment_intent', metadata, latest_charge: null }, 'other', null],
    ['charge.refunded', { object: 'charge', id: 'ch_1', metadata }, 'refund', 'ch_1'],
    ['refund.created', { object: 'refund', charge: 'ch_1', metadata }, 'refund', 'ch_1'],
    ['refund.failed', { object: 'refund', charge: { id: 'ch_1' }, metadata }, 'refund', 'ch_1'],
    ['charge.succeeded', { object: 'charge', id: 'ch_1', metadata }, 'other', 'ch_1'],
  ])('%s of %j is of kind %s', (type, object, kind, transactionId) => {
    expect(read(event(type, object))).toMatchObject({
      verdict: 'accepted',
      kind,
      paymentId: PAYMENT,
      transactionId,
    });
  });

  it.each([
    ['refund', 'succeeded', 'succeeded'],
    ['refund', 'requires_action', 'pending'],
    ['refund', 'canceled', 'declined'],
    ['dispute', 'under_review', 'open'],
    ['dispute', 'warning_closed', 'won'],
    ['dispute', 'lost', 'lost'],
    ['dispute', 'prevented', undefined],
    ['dispute', 'a new word', undefined],
    ['refund', undefined, undefined],
  ])('of a %s that is %s says so by our word %s', (kind, status, ours) => {
    const object = { id: 're_1', object: kind, charge: 'ch_1', status };
    const reading = read(event(kind === 'refund' ? 'refund.updated' : 'charge.dispute.closed', object));
    expect(reading).toMatchObject({ verdict: 'accepted', subjectId: 're_1' });
    expect(reading.verdict === 'accepted' ? reading.subjectStatus : null).toBe(ours);
  });

  it('of a dispute names the charge: it carries nothing of ours', () => {
    for (const phase of ['created', 'updated', 'closed', 'funds_withdrawn', 'funds_reinstated']) {
      const object = { object: 'dispute', id: 'du_1', charge: 'ch_1', metadata: {} };
      const expected = {
        verdict: 'accepted',
        kind: 'dispute',
        paymentId: null,
        pageId: null,
        transactionId: 'ch_1',
      };
      expect(read(event(`charge.dispute.${phase}`, object))).toMatchObject(expected);
    }
  });

  it('that names nothing is kept for a person, under its own id', () => {
    expect(read(event('payout.paid', { object: 'payout', id: 'po_1' }))).toEqual({
      verdict: 'quarantined',
      reason: 'the event names no payment',
      eventId: 'evt_0001',
    });
  });

  it('of the other mode is kept for a person and wakes nothing', () => {
    const live = event('checkout.session.completed', session(), { livemode: true });
    expect(read(live)).toMatchObject({ verdict: 'quarantined', eventId: 'evt_0001' });
    expect(read(live, [SECRET], 'live').verdict).toBe('accepted');
    expect(read(PAID, [SECRET], 'live').verdict).toBe('quarantined');
  });

  it('takes no id for ours that does not look like one', () => {
    const object = session({ client_reference_id: 'order-7', metadata: { paymentId: 'x' } });
    expect(read(event('checkout.session.completed', object))).toMatchObject({
      paymentId: null,
      pageId: 'cs_test_1',
    });
  });

  it('that we subscribe to has a kind, sixteen in all', () => {
    expect(Object.keys(EVENT_KINDS)).toHaveLength(16);
  });
});
