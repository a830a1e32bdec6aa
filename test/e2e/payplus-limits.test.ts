import { beforeAll, describe, expect, it } from '#jest';
import {
  call,
  check,
  openClinic,
  openPayment,
  readPayment,
  untilReview,
  untilStatus,
} from './support/clinic.ts';
import type { Clinic, PaymentBody } from './support/clinic.ts';
import { newCredentials } from './support/providers.ts';
import { listRefunds, refund, untilRefund } from './support/refunds.ts';
import { control } from '../api/rig.ts';
import type { ProblemBody } from '../api/rig.ts';
import { checkoutsOf, payAtVendor } from './support/vendors.ts';

const openAt = (habit: string): Promise<Clinic> => {
  const keys = newCredentials('payplus');
  const credentials = { ...keys, apiKey: `${keys['apiKey'] ?? ''}${habit}` };
  return openClinic({ credentials, options: { webhookGraceSeconds: 1 } });
};

const resolve = ({ key }: Clinic, id: string, body: object) =>
  call<PaymentBody & ProblemBody>('POST', `/v1/payments/${id}/resolve`, {
    key,
    body: { reason: 'looked at by Dana', ...body },
  });

/** A gift card pays all but 40.00. */
const inParts = (amount: number) => ({
  parts: [
    { method: 'multipass', amount: amount - 4_000 },
    { method: 'card', amount: 4_000 },
  ],
});

describe('money that came in parts and is under review', () => {
  let clinic: Clinic;
  beforeAll(async () => {
    clinic = await openAt('');
  });

  /** How money in parts comes under review. */
  const CASES: Readonly<Record<string, () => Promise<PaymentBody>>> = {
    async duplicate_payment() {
      const { id, amount } = await openPayment(clinic);
      await payAtVendor(id);
      await untilStatus(clinic, id, 'completed');
      await payAtVendor(id, inParts(amount));
      return untilReview(clinic, id, 'duplicate_payment');
    },
    async late_success() {
      const expiresAt = new Date(Date.now() + 1_500).toISOString();
      const { id, amount } = await openPayment(clinic, { expiresAt });
      await untilStatus(clinic, id, 'expired');
      await payAtVendor(id, inParts(amount));
      return untilReview(clinic, id, 'late_success');
    },
  };

  it.each(['duplicate_payment', 'late_success'])(
    '(%s) does not all go back through PayPlus: the decision is refused with the way out',
    async (review) => {
      const held = await CASES[review]?.();
      if (held === undefined) throw new Error(review);
      const before = await listRefunds(clinic, held.id);
      const { status, json } = await resolve(clinic, held.id, { action: 'refund' });
      expect([status, json.errors?.map(({ pointer }) => pointer)]).toEqual([422, ['#/action']]);
      expect(json.detail).toContain('only 40.00 ILS can be refunded through payplus');
      expect(json.detail).toContain('accept');
      expect(await listRefunds(clinic, held.id)).toEqual(before);
      expect(await readPayment(clinic, held.id)).toMatchObject({ review });
      expect((await resolve(clinic, held.id, { action: 'accept' })).json).toMatchObject({ review: null });
    },
  );
});

describe.each(['', '+other'])('a charge that was voided after a part went back (account %j)', (habit) => {
  it('gave back what was left of it, and no more', async () => {
    const clinic = await openAt(habit);
    const { id, amount } = await openPayment(clinic);
    await payAtVendor(id);
    await untilStatus(clinic, id, 'completed');
    const part = await refund(clinic, id, { amount: 10_000 });
    await untilRefund(clinic, id, part.json.id, { status: 'completed' });
    const [page] = await checkoutsOf(id);
    expect((await control('POST', `checkouts/${page?.id ?? ''}/void`)).status).toBe(200);
    await check(clinic, id);
    const done = await untilStatus(clinic, id, 'refunded');
    expect(done).toMatchObject({ refundedAmount: amount, capturedAmount: amount });
    const amounts = (await listRefunds(clinic, id)).map((one) => one.amount).sort((a, b) => a - b);
    expect(amounts).toEqual([10_000, amount - 10_000]);
  });
});
