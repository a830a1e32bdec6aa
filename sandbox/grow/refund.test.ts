/* eslint-disable @typescript-eslint/no-unsafe-member-access --
   answers are looked at field by field, as a vendor's client would get them */
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { startTestSandbox } from '../test-sandbox.ts';
import type { Reply, TestSandbox } from '../test-sandbox.ts';
import { createTestMerchant } from './test-merchant.ts';
import type { MadePage, TestMerchant } from './test-merchant.ts';

let sandbox: TestSandbox;
let merchant: TestMerchant;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  merchant = createTestMerchant(sandbox);
});
afterAll(() => sandbox.close());

const TRANSMITTED_MS = 2_000;
const errorId = ({ json }: Reply) => Number(json.err.id);
const codes = async (page: MadePage, pageCode?: string) =>
  (await merchant.rows(page, pageCode)).map(({ statusCode, sum }) => [statusCode, sum]);

describe('before transmission', () => {
  it.each([
    ['card', 130],
    ['bit', 207],
  ])('a part of a %s payment is refused with %i, and given back two seconds later', async (method, id) => {
    const page = await merchant.makePage();
    const charge = await merchant.charge(page, { method });
    expect(errorId(await merchant.refund(charge, '29.90'))).toBe(id);
    expect(await codes(page)).toEqual([['2', '129.9']]);
    sandbox.advance(TRANSMITTED_MS);
    expect((await merchant.refund(charge, '29.90')).json.err).toBe('');
  });

  it('all of it is a cancellation, once, without a row of its own', async () => {
    const page = await merchant.makePage();
    const charge = await merchant.charge(page);
    expect((await merchant.refund(charge, '129.90')).json.data).toMatchObject({ statusCode: 3 });
    expect(errorId(await merchant.refund(charge, '129.90'))).toBe(210);
    sandbox.advance(TRANSMITTED_MS);
    expect(await codes(page)).toEqual([['4', '129.9']]);
  });

  it('lasts until midnight in Israel where the pageCode says same-day', async () => {
    const pageCode = 'page-same-day';
    const page = await merchant.makePage({ pageCode });
    const charge = await merchant.charge(page, {}, pageCode);
    const dayMs = 86_400_000;
    expect(errorId(await merchant.refund(charge, '1', pageCode))).toBe(130);
    sandbox.advance(dayMs);
    expect((await merchant.refund(charge, '1', pageCode)).json.err).toBe('');
  });
});

it('a refund names the page code of its payment, or none', async () => {
  const page = await merchant.makePage({ pageCode: 'page-bit' });
  const charge = await merchant.charge(page, { method: 'bit' }, 'page-bit');
  expect(errorId(await merchant.refund(charge, '129.9', 'page-other'))).toBe(716);
  expect((await merchant.refund(charge, '129.9', 'page-bit')).json.err).toBe('');
});

describe('after transmission', () => {
  async function settled(pageCode?: string) {
    const page = await merchant.makePage({ ...(pageCode === undefined ? {} : { pageCode }) });
    const charge = await merchant.charge(page, {}, pageCode);
    sandbox.advance(TRANSMITTED_MS);
    return { page, charge };
  }

  it('is given back in parts, twice at most, each a row that names its charge', async () => {
    const { page, charge } = await settled();
    const first = await merchant.refund(charge, '29.9');
    expect(first.json.data).toMatchObject({
      statusCode: 3,
      sum: '29.9',
      refundedTransactionId: Number(charge.transactionId),
    });
    expect(first.json.data).not.toHaveProperty('transactionToken');
    expect(errorId(await merchant.refund(charge, '100.01'))).toBe(218);
    expect((await merchant.refund(charge, '50')).json.err).toBe('');
    expect(errorId(await merchant.refund(charge, '1'))).toBe(107);
    expect(await codes(page)).toEqual([
      ['2', '129.9'],
      ['6', '29.9'],
      ['6', '50'],
    ]);
  });

  it.each(['0', '-1', '1.234', 'x'])('the sum %s is refused', async (sum) => {
    const { charge } = await settled();
    expect(errorId(await merchant.refund(charge, sum))).toBe(215);
  });

  it('is refused to another business, with another token, and for a decline', async () => {
    const { page, charge } = await settled();
    expect(errorId(await merchant.refund({ ...charge, userId: 'another' }, '1'))).toBe(716);
    expect(errorId(await merchant.refund({ ...charge, transactionToken: 'x' }, '1'))).toBe(716);
    await sandbox.send('POST', `/control/checkouts/${page.processId}/decline`);
    expect(errorId(await merchant.refund(await merchant.lastIds(page), '1'))).toBe(722);
  });

  it('goes through Grow’s people where the pageCode says by-hand: 110, and the money three seconds later', async () => {
    const pageCode = 'page-by-hand';
    const { page, charge } = await settled(pageCode);
    expect(errorId(await merchant.refund(charge, '29.9', pageCode))).toBe(110);
    expect(await codes(page, pageCode)).toEqual([['2', '129.9']]);
    sandbox.advance(3_000);
    expect(await codes(page, pageCode)).toEqual([
      ['2', '129.9'],
      ['6', '29.9'],
    ]);
  });

  it('fails in a 200 as Grow says it: 107', async () => {
    const { page, charge } = await settled();
    const fault = { provider: 'grow', operation: 'refund', fault: 'error_in_200', times: 1 };
    await sandbox.send('POST', '/control/faults', fault);
    expect(errorId(await merchant.refund(charge, '1'))).toBe(107);
    expect(await codes(page)).toHaveLength(1);
  });
});
