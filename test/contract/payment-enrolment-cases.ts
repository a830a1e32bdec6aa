import { expect, it } from '#jest';
import type { PaymentRig } from './payment-rig.ts';
import { bare } from './payment-verbs.ts';
import { faceOf } from './payment-subjects.ts';
import type { SubjectName } from './payment-subjects.ts';

/** A vendor that must be told once where its webhooks go. */
export function enrolmentCases(name: SubjectName, rig: () => PaymentRig): void {
  it('brings webhooks to the address, signed by what the completed credentials hold', async () => {
    const credentials = await rig()
      .provider(name, { credentials: bare(name) })
      .enrolWebhooks?.(`${rig().receiver.url}?enrolled=yes`);
    expect(faceOf(name).credentials.parse(credentials)).toEqual(credentials);
    expect(faceOf(name).accountKey(credentials)).toBe(faceOf(name).accountKey(bare(name)));
    const completed = rig().provider(name, { credentials });
    const order = rig().order();
    await completed.createPage(order);
    const [checkout] = await rig().checkouts(order.paymentId);
    await rig().pay(checkout?.id ?? '');
    const delivery = await nextEnrolled(rig());
    expect(completed.readWebhook(delivery)).toMatchObject({ verdict: 'accepted', kind: 'charge' });
    expect(rig().provider(name).readWebhook(delivery).verdict).toBe('bad_signature');
  });
}

/** The account's older address hears of the payment too. */
async function nextEnrolled({ receiver }: PaymentRig) {
  for (;;) {
    const delivery = await receiver.next();
    if (delivery.query['enrolled'] === 'yes') return delivery;
  }
}
