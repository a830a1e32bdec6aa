/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-call --
   answers are looked at field by field, as a vendor's client would get them */
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import * as grow from './grow/test-merchant.ts';
import * as payplus from './payplus/test-merchant.ts';
import * as stripe from './stripe/test-merchant.ts';
import { startTestSandbox, until } from './test-sandbox.ts';
import type { TestSandbox } from './test-sandbox.ts';

interface Paid {
  checkoutId: string;
  chargeId: string;
}

let sandbox: TestSandbox;
let paidAt: Record<string, () => Promise<Paid>>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  const payplusMerchant = payplus.createTestMerchant(sandbox);
  const growMerchant = grow.createTestMerchant(sandbox);
  const stripeMerchant = stripe.createTestMerchant(sandbox);
  await stripeMerchant.enrol('/stripe', { enabled_events: ['*'] });
  const paid = async (checkoutId: string): Promise<Paid> => {
    const { json } = await sandbox.send('POST', `/control/checkouts/${checkoutId}/pay`, { webhook: 'never' });
    return { checkoutId, chargeId: json.transactionId };
  };
  paidAt = {
    payplus: async () => paid((await payplusMerchant.makePage()).uid),
    grow: async () => paid((await growMerchant.makePage()).processId),
    stripe: async () => paid((await stripeMerchant.makePage()).id),
  };
});
afterAll(() => sandbox.close());

const act = (checkoutId: string, verb: string, body?: object) =>
  sandbox.send('POST', `/control/checkouts/${checkoutId}/${verb}`, body);
const transactionsOf = async (checkoutId: string) =>
  (await sandbox.send('GET', `/control/transactions?checkoutId=${checkoutId}`)).json.map(
    (row: Record<string, unknown>) => [row['kind'], row['amount'], row['reverses']],
  );
const deliveriesOf = async (checkoutId: string) =>
  (await sandbox.send('GET', `/control/deliveries?checkoutId=${checkoutId}`)).json;

/** Grow gives back parts once a charge is transmitted. */
const transmit = () => sandbox.advance(2_000);

describe.each([
  ['payplus', 1],
  ['grow', 0],
  ['stripe', 2],
] as const)('in the dashboard of %s', (vendor, webhooks) => {
  const paid = async () => (paidAt[vendor] as () => Promise<Paid>)();

  it('what is given back and not shown yet counts: no more goes back than came', async () => {
    const { checkoutId } = await paid();
    transmit();
    await act(checkoutId, 'refund', { readBackDelayMs: 60_000 });
    expect((await act(checkoutId, 'refund', { amount: 1_000 })).status).toBe(409);
  });

  it(`a part is given back, then the rest, and each is told by ${webhooks} webhooks`, async () => {
    const { checkoutId, chargeId } = await paid();
    transmit();
    const [{ amount: whole }] = (await sandbox.send('GET', `/control/transactions?checkoutId=${checkoutId}`))
      .json;
    const { json } = await act(checkoutId, 'refund', { amount: 1_000 });
    await act(checkoutId, 'refund', { transactionId: chargeId });
    expect(await transactionsOf(checkoutId)).toEqual([
      ['charge', whole, null],
      ['refund', 1_000, chargeId],
      ['refund', whole - 1_000, chargeId],
    ]);
    await until(async () =>
      (await deliveriesOf(checkoutId)).every((row: { status: unknown }) => row.status !== null),
    );
    const told = (await deliveriesOf(checkoutId)).map((row: Record<string, unknown>) => row['transactionId']);
    expect(told.filter((id: unknown) => id === json.transactionId)).toHaveLength(webhooks);
    expect(told).toHaveLength(2 * webhooks);
  });

  it('a charge that went back whole is not voided', async () => {
    const { checkoutId } = (await paidAt['payplus']?.()) ?? { checkoutId: '' };
    expect((await act(checkoutId, 'refund')).status).toBe(200);
    expect((await act(checkoutId, 'void')).status).toBe(409);
  });

  it('a charge is voided once', async () => {
    const { checkoutId } = await paid();
    expect((await act(checkoutId, 'void')).status).toBe(200);
    for (const verb of ['void', 'refund'])
      expect(await act(checkoutId, verb)).toMatchObject({ status: 409, json: { error: expect.any(String) } });
  });

  it.each([
    ['more than is left', { amount: 99_999_999 }, 409],
    ['another page’s charge', { transactionId: 'other' }, 409],
    ['an amount of 0', { amount: 0 }, 422],
    ['a field that is none', { sum: 1 }, 422],
  ])('%s is refused by a sentence', async (_what, body, status) => {
    const { checkoutId } = await paid();
    transmit();
    const refused = await act(checkoutId, 'refund', body);
    expect([refused.status, typeof refused.json.error]).toEqual([status, 'string']);
    expect(await transactionsOf(checkoutId)).toHaveLength(1);
  });
});

it('Grow voids a charge until it is transmitted, and gives back parts of it only then', async () => {
  const { checkoutId } = await (paidAt['grow'] as () => Promise<Paid>)();
  expect((await act(checkoutId, 'refund', { amount: 1 })).status).toBe(409);
  transmit();
  expect((await act(checkoutId, 'void')).status).toBe(409);
  for (let time = 0; time < 3; time += 1)
    expect((await act(checkoutId, 'refund', { amount: 1 })).status).toBe(200);
});

it('a dispute is open unless its status says how it ended', async () => {
  const { checkoutId } = await (paidAt['stripe'] as () => Promise<Paid>)();
  expect((await act(checkoutId, 'dispute', { status: 'open' })).status).toBe(200);
  expect((await act(checkoutId, 'dispute')).status).toBe(409);
  expect((await act(checkoutId, 'dispute', { status: 'lost' })).status).toBe(200);
});
