import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '#jest';
import { openWorkspace, order } from '../api/rig.ts';
import type { ProblemBody } from '../api/rig.ts';
import { call, listDocuments, readPayment } from '../e2e/support/clinic.ts';
import type { PaymentBody, TestWorkspace } from '../e2e/support/clinic.ts';
import { calm } from './support/calm.ts';
import { holdTable } from './support/held-table.ts';
import type { HeldTable } from './support/held-table.ts';
import { paymentsOf } from './support/payments.ts';
import { kill, whileDown } from './support/processes.ts';
import { inBooks } from './support/right-books.ts';
import { recovered } from './support/recovered.ts';

let held: HeldTable | undefined;
beforeEach(calm);
afterEach(() => held?.release());

/** Sends the same request each time. */
const requestOf = (clinic: TestWorkspace) => {
  const body = order({ method: 'cash', paidOn: '2025-03-02', lateReason: 'found in the diary' });
  const options = { once: true, key: clinic.key, body, headers: { 'idempotency-key': randomUUID() } };
  return () => call<PaymentBody & ProblemBody>('POST', '/v1/payments/manual', options);
};

/** Each payment is completed with one document, numbers run 1..N, and everything was told once. */
async function expectAllSettledOnce(clinic: TestWorkspace, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const payment = await recovered(`the settling of ${id}`, async () => {
      const found = await readPayment(clinic, id);
      return found.status === 'completed' ? found : null;
    });
    expect(payment).toMatchObject({ capturedAmount: payment.amount, documentIds: [expect.any(String)] });
    const told = await inBooks(({ eventsOf }) => eventsOf(id));
    expect(told).toEqual(['payment.completed', 'document.issued']);
  }
  const numbers = (await listDocuments(clinic)).map(({ number }) => number);
  expect(numbers.sort((a, b) => a - b)).toEqual(ids.map((_, place) => place + 1));
}

describe('a payment that the business took itself', () => {
  it('is refused with 503 while Temporal is down, and the same key makes it later, once', async () => {
    const clinic = await openWorkspace({ provider: false });
    const send = requestOf(clinic);
    await whileDown('temporal', async () => {
      for (let again = 0; again < 2; again += 1) {
        const refused = await send();
        expect([refused.status, refused.json.code]).toEqual([503, 'unavailable']);
        expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      }
    });
    const id = await recovered('the payment of the key', async () => {
      const answer = await send();
      if (answer.status === 503) return null;
      expect([answer.status, answer.json.status]).toEqual([201, 'completed']);
      return answer.json.id;
    });
    expect(await paymentsOf(clinic)).toEqual([id]);
    await expectAllSettledOnce(clinic, [id]);
  });

  it('is settled once though the worker is killed in the middle of it, and no number is lost', async () => {
    const clinic = await openWorkspace({ provider: false });
    held = await holdTable('document_counters');
    const asked = Promise.all(Array.from({ length: 4 }, () => requestOf(clinic)()));
    await held.caught(2);
    const worker = kill('worker');
    await held.release();
    await worker.restarted();
    for (const { status, json } of await asked) {
      expect([201, 202]).toContain(status);
      expect(json.status).toBe(status === 201 ? 'completed' : 'creating');
    }
    await expectAllSettledOnce(clinic, await paymentsOf(clinic));
  });
});
