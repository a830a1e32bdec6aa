import { beforeAll, expect, it } from '#jest';
import { arm, listFaults } from '../support/faults.ts';
import {
  createPayment,
  openClinic,
  openPayment,
  readPayment,
  readTimeline,
  untilStatus,
} from './support/clinic.ts';
import type { Clinic } from './support/clinic.ts';
import { payAtVendor } from './support/vendors.ts';

// PayPlus may answer with a general error when a page is made. It names no cause and is often gone a moment later.
const TROUBLE = { operation: 'create_link', fault: 'error_in_200' } as const;

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic({ provider: 'payplus' });
});

it('a page that PayPlus refuses without a cause is asked for again, and the payment can be paid', async () => {
  await arm(clinic.account, { ...TROUBLE, times: 2 });
  const { id } = await openPayment(clinic);
  expect(await listFaults(clinic.account)).toEqual([]);
  const tries = (await readTimeline(clinic, id)).filter(({ kind }) => kind === 'try_failed');
  expect(tries).toMatchObject([{ code: 'rejected', tries: 1 }]);
  expect(tries[0]?.summary).toMatch(/^Making the payment page at the provider failed, and is tried again: /);
  await payAtVendor(id);
  expect(await untilStatus(clinic, id, 'completed')).toMatchObject({ review: null });
});

it('after a few refusals the payment has failed, and PayPlus is left alone', async () => {
  await arm(clinic.account, { ...TROUBLE, times: 20 });
  const { json } = await createPayment(clinic);
  await untilStatus(clinic, json.id, 'failed');
  const [left] = await listFaults(clinic.account);
  expect(left?.times).toBeLessThan(18);
  expect(left?.times).toBeGreaterThan(12);
  expect(await readPayment(clinic, json.id)).toMatchObject({
    link: null,
    failure: { code: 'rejected', vendorCode: expect.any(String) },
  });
});
