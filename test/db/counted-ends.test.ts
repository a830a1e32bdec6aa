import { afterAll, beforeAll, expect, it } from '#jest';
import { lockPayment } from '../../src/db/payments.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import { endPayment } from '../../src/history/end-payment.ts';
import type { Metrics } from '../../src/metrics.ts';
import { openPayment } from '../e2e/support/clinic.ts';
import { openVendorWord } from './vendor-word.ts';
import type { VendorWord } from './vendor-word.ts';

let word: VendorWord;
beforeAll(async () => {
  word = await openVendorWord();
});
afterAll(() => word.close());

it('a payment’s end is counted once it is committed, and not where it is rolled back', async () => {
  const counted: object[] = [];
  const metrics = { payments: { inc: (labels: object) => counted.push(labels) } } as unknown as Metrics;
  const { id } = await openPayment(word.clinic);
  const end = (mayStay: boolean) =>
    inWorkspace(word.pool, word.clinic.id, async (tx) => {
      const payment = await lockPayment(tx, id);
      if (payment === null) throw new Error(`${id} is gone`);
      await endPayment({ metrics }, tx, payment, { status: 'cancelled', reason: 'asked' });
      if (!mayStay) throw new Error('the books refuse it');
      return counted.length;
    });
  await expect(end(false)).rejects.toThrow('the books refuse it');
  expect(counted).toEqual([]);
  expect(await end(true)).toBe(0);
  expect(counted).toEqual([{ provider: 'payplus', outcome: 'cancelled' }]);
});
