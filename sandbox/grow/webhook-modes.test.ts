import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { HOUR_MS, pause, startTestSandbox, until } from '../test-sandbox.ts';
import type { Received, TestSandbox } from '../test-sandbox.ts';
import { createTestMerchant, dataOf } from './test-merchant.ts';
import type { TestMerchant } from './test-merchant.ts';

let sandbox: TestSandbox;
let merchant: TestMerchant;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  merchant = createTestMerchant(sandbox);
});
afterAll(() => sandbox.close());

/** Pays a new page and waits for that many webhooks. */
async function hear(order: object, count = 1) {
  const page = await merchant.makePage();
  const transactionId = await merchant.pay(page.processId, order);
  await until(() => merchant.heard(page.reference).length === count);
  return { ...page, transactionId, heard: merchant.heard(page.reference) };
}
const first = ([webhook]: Received[]): Received => {
  if (webhook === undefined) throw new Error('no webhook came');
  return webhook;
};

describe('webhook modes', () => {
  it('once: a form with the process’s token and our id, and nothing that signs it', async () => {
    const { heard, processId, processToken, reference, transactionId } = await hear({});
    const { headers } = first(heard);
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(dataOf(first(heard))).toMatchObject({
      statusCode: '2',
      sum: '129.9',
      transactionId,
      processId,
      processToken,
      customFields: { cField1: reference },
    });
  });

  it('never: no webhook', async () => {
    const { processId, reference } = await merchant.makePage();
    await merchant.pay(processId, { webhook: 'never' });
    await pause(50);
    expect(merchant.heard(reference)).toEqual([]);
  });

  it('duplicate: as many equal copies as asked', async () => {
    const { heard } = await hear({ webhook: 'duplicate', copies: 3 }, 3);
    expect(new Set(heard.map(({ body }) => body)).size).toBe(1);
  });

  it('late: nothing before delayMs', async () => {
    const { processId, reference } = await merchant.makePage();
    await merchant.pay(processId, { webhook: 'late', delayMs: HOUR_MS });
    expect(merchant.heard(reference)).toEqual([]);
    await sandbox.anHourLater(() => until(() => merchant.heard(reference).length === 1));
  });

  it('bad_signature: another token of the same form', async () => {
    const { heard, processId, processToken } = await hear({ webhook: 'bad_signature' });
    const told = dataOf(first(heard));
    expect(told).toMatchObject({ processId, processToken: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(told['processToken']).not.toBe(processToken);
  });

  it('wrong_amount: webhook and read-back agree on what was really charged', async () => {
    const page = await hear({ webhook: 'wrong_amount' });
    expect(dataOf(first(page.heard))).toMatchObject({ sum: '128.9' });
    expect((await merchant.processInfo(page)).text).toContain('"sum":"128.9"');
  });

  it('wrong_currency is refused: there is only one', async () => {
    const { processId } = await merchant.makePage();
    const path = `/control/checkouts/${processId}/pay`;
    expect((await sandbox.send('POST', path, { webhook: 'wrong_currency' })).status).toBe(422);
  });

  it('stale_timestamp acts as once: Grow signs no stamp', async () => {
    const { heard, processToken } = await hear({ webhook: 'stale_timestamp' });
    expect(dataOf(first(heard))).toMatchObject({ processToken });
  });

  it('out_of_order: an older rejected attempt is told after the success', async () => {
    const { heard, transactionId } = await hear({ webhook: 'out_of_order' }, 2);
    const told = heard.map(dataOf);
    expect(told.map((one) => one['statusCode'])).toEqual(['2', '9']);
    expect(told[0]).toMatchObject({ transactionId });
    expect(told[1]?.['transactionId']).not.toBe(transactionId);
  });

  it.each([null, 'flat', 'json', 'multipart'])('truncated: names nothing, spelt %s', async (style) => {
    const page = await hear({ webhook: 'truncated', ...(style === null ? {} : { style }) });
    for (const name of [page.processId, page.processToken, page.reference, page.transactionId])
      expect(first(page.heard).body).not.toContain(name);
  });

  it.each(['flat', 'json', 'multipart'])('says the same in the spelling %s', async (style) => {
    const { heard, processToken, transactionId } = await hear({ style });
    expect(dataOf(first(heard))).toMatchObject({ statusCode: '2', transactionId, processToken });
  });

  it('with stray spaces where Grow’s samples have them', async () => {
    const { heard } = await hear({ style: 'stray_spaces' });
    expect(dataOf(first(heard))).toMatchObject({ statusCode: ' 2' });
  });

  it('declines and refunds tell nothing', async () => {
    const page = await merchant.makePage();
    await sandbox.send('POST', `/control/checkouts/${page.processId}/decline`);
    await merchant.refund(await merchant.charge(page), '129.90');
    await pause(50);
    expect(merchant.heard(page.reference)).toEqual([]);
  });

  it('has no dispute to play', async () => {
    const { processId } = await merchant.makePage();
    await merchant.pay(processId);
    expect((await sandbox.send('POST', `/control/checkouts/${processId}/dispute`)).status).toBe(422);
  });
});
