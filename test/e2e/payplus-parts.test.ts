import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '#jest';
import { call, openClinic, openPayment, readDocument, readPayment, untilStatus } from './support/clinic.ts';
import type { Clinic } from './support/clinic.ts';
import { newCredentials } from './support/providers.ts';
import { payAtVendor } from './support/vendors.ts';

interface RefundBody {
  readonly status: string;
  readonly code?: string;
  readonly detail?: string;
}

describe.each(['', '+other'])('a payment by gift card and card at PayPlus (account %j)', (habit) => {
  let clinic: Clinic;
  beforeAll(async () => {
    const keys = newCredentials('payplus');
    clinic = await openClinic({ credentials: { ...keys, apiKey: `${keys['apiKey'] ?? ''}${habit}` } });
  });

  const refund = (paymentId: string, body: object) =>
    call<RefundBody>('POST', `/v1/payments/${paymentId}/refunds`, {
      key: clinic.key,
      body: { reason: 'visit cancelled', ...body },
      headers: { 'idempotency-key': randomUUID() },
    });

  it('is one document with both means; only the card part goes back through PayPlus', async () => {
    const { id, amount } = await openPayment(clinic);
    const parts = [
      { method: 'multipass', amount: amount - 4_000 },
      { method: 'card', amount: 4_000 },
    ];
    await payAtVendor(id, { parts });
    const paid = await untilStatus(clinic, id, 'completed');
    expect(paid).toMatchObject({ review: null, capturedAmount: amount });
    expect(paid.documentIds).toHaveLength(1);
    const document = await readDocument(clinic, paid.documentIds[0] ?? '');
    expect(document.means.map((one) => [one.method, one.amount])).toEqual([
      ['other', amount - 4_000],
      ['card', 4_000],
    ]);

    for (const body of [{}, { amount: 4_001 }]) {
      const { status, json } = await refund(id, body);
      expect([status, json.code]).toEqual([409, 'refund_exceeds_charge']);
      expect(json.detail).toContain('only 40.00 ILS can be refunded through payplus');
    }
    expect((await refund(id, { amount: 4_000 })).json).toMatchObject({ status: 'completed' });
    expect((await refund(id, { amount: 1 })).status).toBe(409);
    expect((await refund(id, { method: 'cash' })).json).toMatchObject({ status: 'completed' });
    await untilStatus(clinic, id, 'refunded');
    expect((await readPayment(clinic, id)).refundedAmount).toBe(amount);
  });
});
