import { afterAll, afterEach, beforeAll, describe, expect, it } from '#jest';
import { newId } from '../../src/domain/ids.ts';
import type { WebhookDelivery } from '../../src/providers/payments/payment-provider.ts';
import { nothing, openPaymentRig } from './payment-rig.ts';
import type { PaymentRig } from './payment-rig.ts';
import { PAYMENT_SUBJECTS, SUBJECT_NAMES } from './payment-subjects.ts';

const DAY_MS = 86_400_000;

let rig: PaymentRig;
beforeAll(async () => {
  rig = await openPaymentRig();
});
afterAll(() => rig.close());
afterEach(() => {
  rig.receiver.forget();
});

describe.each(SUBJECT_NAMES)('%s: a webhook', (name) => {
  const { styles, credentials, olderCredentials, otherCredentials } = PAYMENT_SUBJECTS[name];
  const { signs, stampsWebhooks, tellsDeclines, namesTransactions } = PAYMENT_SUBJECTS[name];
  const read = (delivery: WebhookDelivery) => rig.provider(name).readWebhook(delivery);
  const whereSigned: typeof it | typeof nothing = signs ? it : nothing;
  const whereStamped: typeof it | typeof nothing = stampsWebhooks ? it : nothing;

  async function open(by = rig.provider(name)) {
    const order = rig.order();
    const { pageId, secret } = await by.createPage(order);
    const [checkout] = await rig.checkouts(order.paymentId);
    return { paymentId: order.paymentId, pageId, secret, checkoutId: checkout?.id ?? '' };
  }
  async function payAndReceive(how: object = {}, by = rig.provider(name)) {
    const opened = await open(by);
    const { transactionId } = (await rig.pay(opened.checkoutId, how)) as { transactionId: string };
    return { ...opened, transactionId, delivery: await rig.receiver.next() };
  }

  it('names the payment, its page and its transaction', async () => {
    const { delivery, paymentId, pageId, transactionId } = await payAndReceive();
    expect(read(delivery)).toMatchObject({
      verdict: 'accepted',
      kind: 'charge',
      paymentId,
      pageId,
      transactionId: namesTransactions ? transactionId : null,
    });
  });

  for (const style of styles) {
    it(`is read in the spelling ${style}`, async () => {
      const { delivery, paymentId, pageId } = await payAndReceive({ style });
      expect(read(delivery)).toMatchObject({ verdict: 'accepted', kind: 'charge', paymentId, pageId });
    });
  }

  it('read twice is equal, and a second delivery is the same event', async () => {
    const { delivery } = await payAndReceive({ webhook: 'duplicate', copies: 2 });
    const again = await rig.receiver.next();
    expect(read(delivery)).toEqual(read(delivery));
    expect(read(again)).toEqual(read(delivery));
  });

  it('of another payment is another event', async () => {
    const [first, second] = [await payAndReceive(), await payAndReceive()];
    const ids = [first, second].map(({ delivery }) =>
      Object.entries(read(delivery)).find(([key]) => key === 'eventId'),
    );
    expect(ids[0]).not.toEqual(ids[1]);
  });

  it('of a refused card is a decline', async () => {
    const { checkoutId, paymentId } = await open();
    if (tellsDeclines) await rig.decline(checkoutId);
    else {
      await rig.pay(checkoutId, { webhook: 'out_of_order' });
      await rig.receiver.next();
    }
    expect(read(await rig.receiver.next())).toMatchObject({
      verdict: 'accepted',
      kind: 'decline',
      paymentId,
    });
  });

  whereSigned('that was tampered with is refused, and so is one without its signature', async () => {
    const { delivery, paymentId } = await payAndReceive();
    const text = delivery.body.toString('utf8');
    const elsewhere = text.replaceAll(paymentId, newId('payment'));
    expect(elsewhere).not.toBe(text);
    for (const tampered of [elsewhere, ` x${text}`, text.slice(1), text.slice(0, -1), '']) {
      expect(read({ ...delivery, body: Buffer.from(tampered) }).verdict).toBe('bad_signature');
    }
    expect(read({ ...delivery, headers: {} }).verdict).toBe('bad_signature');
  });

  whereSigned('signed by somebody else is refused', async () => {
    const { delivery } = await payAndReceive({ webhook: 'bad_signature' });
    expect(read(delivery).verdict).toBe('bad_signature');
  });

  it('shows the secret of its page where it is not signed, and somebody else does not know it', async () => {
    const [honest, forged] = [await payAndReceive(), await payAndReceive({ webhook: 'bad_signature' })];
    expect(read(honest.delivery)).toMatchObject({ pageSecret: signs ? null : honest.secret });
    if (signs) return;
    expect(honest.secret).not.toBeNull();
    expect(read(forged.delivery)).not.toMatchObject({ pageSecret: forged.secret });
  });

  whereSigned('signed by the older secret holds during a rotation and not after it', async () => {
    const { delivery } = await payAndReceive({}, rig.provider(name, { credentials: olderCredentials }));
    const rotating = rig.provider(name, { credentials, previousCredentials: olderCredentials });
    expect(rotating.readWebhook(delivery).verdict).toBe('accepted');
    expect(read(delivery).verdict).toBe('bad_signature');
  });

  whereSigned('of another account is refused', async () => {
    const stranger = rig.provider(name, { credentials: otherCredentials });
    const { delivery } = await payAndReceive({}, stranger);
    expect(stranger.readWebhook(delivery).verdict).toBe('accepted');
    expect(read(delivery).verdict).toBe('bad_signature');
  });

  it('that is replayed is refused where its signature tells the time, else it is the same event', async () => {
    const { delivery } = await payAndReceive();
    const replayed = { ...delivery, receivedAt: new Date(delivery.receivedAt.getTime() + DAY_MS) };
    if (stampsWebhooks) expect(read(replayed).verdict).toBe('bad_signature');
    else expect(read(replayed)).toEqual(read(delivery));
    expect(read(delivery).verdict).toBe('accepted');
  });

  whereStamped('that was signed long ago, or for a time to come, is refused', async () => {
    const { delivery: old } = await payAndReceive({ webhook: 'stale_timestamp' });
    expect(read(old).verdict).toBe('bad_signature');
    const { delivery } = await payAndReceive();
    const early = { ...delivery, receivedAt: new Date(delivery.receivedAt.getTime() - DAY_MS) };
    expect(read(early).verdict).toBe('bad_signature');
  });

  it('that is signed but cut off is kept for a person', async () => {
    const { delivery } = await payAndReceive({ webhook: 'truncated' });
    expect(read(delivery)).toMatchObject({ verdict: 'quarantined' });
  });
});
