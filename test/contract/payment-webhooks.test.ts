import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/domain/ids.ts';
import { PAYMENT_PROVIDERS } from '../../src/providers/payments/index.ts';
import type { PaymentProviderName } from '../../src/providers/payments/index.ts';
import type { WebhookDelivery } from '../../src/providers/payments/payment-provider.ts';
import { openPaymentRig } from './payment-rig.ts';
import type { PaymentRig } from './payment-rig.ts';
import { PAYMENT_SUBJECTS } from './payment-subjects.ts';

const NAMES = Object.keys(PAYMENT_PROVIDERS) as PaymentProviderName[];

let rig: PaymentRig;
beforeAll(async () => {
  rig = await openPaymentRig();
});
afterAll(() => rig.close());
afterEach(() => {
  rig.receiver.forget();
});

describe.each(NAMES)('%s: a webhook', (name) => {
  const { styles, credentials, olderCredentials } = PAYMENT_SUBJECTS[name];
  const read = (delivery: WebhookDelivery) => rig.provider(name).readWebhook(delivery);

  async function open(by = rig.provider(name)) {
    const order = rig.order();
    const { pageId } = await by.createLink(order);
    const [checkout] = await rig.checkouts(order.paymentId);
    return { paymentId: order.paymentId, pageId, checkoutId: checkout?.id ?? '' };
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
      transactionId,
    });
  });

  it.each(styles)('is read in the spelling %s', async (style) => {
    const { delivery, paymentId, pageId } = await payAndReceive({ style });
    expect(read(delivery)).toMatchObject({ verdict: 'accepted', kind: 'charge', paymentId, pageId });
  });

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
    await rig.decline(checkoutId);
    expect(read(await rig.receiver.next())).toMatchObject({
      verdict: 'accepted',
      kind: 'decline',
      paymentId,
    });
  });

  it('that was tampered with is refused, and so is one without its signature', async () => {
    const { delivery, paymentId } = await payAndReceive();
    const text = delivery.body.toString('utf8');
    const elsewhere = text.replaceAll(paymentId, newId('payment'));
    expect(elsewhere).not.toBe(text);
    for (const tampered of [elsewhere, ` x${text}`, text.slice(1), text.slice(0, -1), '']) {
      expect(read({ ...delivery, body: Buffer.from(tampered) }).verdict).toBe('bad_signature');
    }
    expect(read({ ...delivery, headers: {} }).verdict).toBe('bad_signature');
  });

  it('signed by somebody else is refused', async () => {
    const { delivery } = await payAndReceive({ webhook: 'bad_signature' });
    expect(read(delivery).verdict).toBe('bad_signature');
  });

  it('signed by the older secret holds during a rotation and not after it', async () => {
    const { delivery } = await payAndReceive({}, rig.provider(name, { credentials: olderCredentials }));
    const rotating = rig.provider(name, { credentials, previousCredentials: olderCredentials });
    expect(rotating.readWebhook(delivery).verdict).toBe('accepted');
    expect(read(delivery).verdict).toBe('bad_signature');
  });

  it('that is signed but cut off is kept for a person', async () => {
    const { delivery } = await payAndReceive({ webhook: 'truncated' });
    expect(read(delivery)).toMatchObject({ verdict: 'quarantined' });
  });
});
