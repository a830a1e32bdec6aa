/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-member-access --
   answers are looked at field by field, as a vendor's client would get them */
import { afterAll, beforeAll, expect, it } from '#jest';
import { startTestSandbox } from '../test-sandbox.ts';
import type { TestSandbox } from '../test-sandbox.ts';
import { createTestAccount, income, invoice, payment } from './test-account.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

it.each([
  ['an empty tax id', { client: { name: 'לקוח', taxId: '' } }, 118],
  ['a percentage off', { discount: { amount: 50, type: 'percentage' }, payment: [payment(59)] }, 59],
  ['a sum off', { discount: { amount: 18, type: 'sum' }, payment: [payment(100)] }, 100],
  ['the rate on an exempt row', { income: [income(118, 2, { vatRate: 0 })] }, 118],
  ['ways to pay', { paymentChannels: { creditCard: true }, amount: 118 }, 118],
  ['what a row cost before', { income: [income(118, 1, { initialPrice: 118, amount: 118 })] }, 118],
])('what the vendor’s samples send is taken: %s', async (_what, change, amount) => {
  const account = createTestAccount(sandbox);
  const { status, json } = await account.create(invoice(change));
  expect(status).toBe(201);
  expect(await account.read(json.id)).toMatchObject({ amount });
});

it('a receipt below zero of payments alone is taken without a link, as in the vendor’s sample', async () => {
  const account = createTestAccount(sandbox, 'patur-payments-alone');
  const below = { type: 400, payment: [payment(-18)] };
  expect((await account.create(invoice({ ...below, income: undefined }))).status).toBe(201);
  expect((await account.create(invoice({ ...below, income: [income(-18, 1)] }))).status).toBe(400);
});
