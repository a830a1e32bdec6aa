/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return --
   answers are looked at field by field, as a vendor's client would get them */
import { decodeBody } from '../decode-body.ts';
import { isFields } from '../fields.ts';
import type { Fields } from '../ledger/records.ts';
import type { Received, Reply, TestSandbox } from '../test-sandbox.ts';

export const IDS = { userId: 'the-user', pageCode: 'the-page', apiKey: 'the-key' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

export interface MadePage {
  processId: string;
  processToken: string;
  reference: string;
}
/** A row of getPaymentProcessInfo, reduced to what tests read. */
export interface Row {
  statusCode: string;
  sum: string;
  transactionId: string;
  transactionToken: string;
}
export type TestMerchant = ReturnType<typeof createTestMerchant>;

/** For tests only: a merchant of the simulated Grow, and the payer on its pages. */
export function createTestMerchant(sandbox: TestSandbox) {
  let counter = 0;
  const call = (method: string, fields: Record<string, string>, headers = FORM): Promise<Reply> =>
    sandbox.send('POST', `/grow/${method}`, new URLSearchParams(fields).toString(), headers);
  const processFields = (change: Record<string, string | undefined> = {}): Record<string, string> => {
    const id = `pay_${String((counter += 1)).padStart(10, '0')}`;
    const all: Record<string, string | undefined> = {
      ...IDS,
      sum: '129.90',
      description: 'תשלום',
      successUrl: 'https://shop.example/ok?a=1',
      cancelUrl: 'https://shop.example/cancel',
      notifyUrl: `${sandbox.receiverUrl}/hooks/${id}`,
      cField1: id,
      'pageField[fullName]': 'Dana Levi',
      'pageField[phone]': '0500000000',
      ...change,
    };
    return Object.fromEntries(Object.entries(all).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]])));
  };

  return {
    call,
    processFields,
    async makePage(change: Record<string, string | undefined> = {}): Promise<MadePage> {
      const fields = processFields(change);
      const { json } = await call('createPaymentProcess', fields);
      return { ...json.data, reference: fields['cField1'] };
    },
    /** Pays and returns the id of the transaction. */
    async pay(processId: string, order: object = {}): Promise<string> {
      const { json } = await sandbox.send('POST', `/control/checkouts/${processId}/pay`, order);
      return json.transactionId;
    },
    processInfo: ({ processId, processToken }: MadePage, pageCode = IDS.pageCode) =>
      call('getPaymentProcessInfo', { pageCode, apiKey: IDS.apiKey, processId, processToken }),
    async rows(page: MadePage, pageCode = IDS.pageCode): Promise<Row[]> {
      return (await this.processInfo(page, pageCode)).json.data.transactions;
    },
    /** The ids of the last row. */
    async lastIds(page: MadePage, pageCode = IDS.pageCode) {
      const last = (await this.rows(page, pageCode)).at(-1);
      return { transactionId: last?.transactionId ?? '', transactionToken: last?.transactionToken ?? '' };
    },
    /** Pays and returns the ids of the charge. */
    async charge(page: MadePage, order: object = {}, pageCode = IDS.pageCode) {
      await this.pay(page.processId, { webhook: 'never', ...order });
      return this.lastIds(page, pageCode);
    },
    refund: (charge: Record<string, string>, refundSum: string, pageCode = IDS.pageCode) =>
      call('refundTransaction', { ...IDS, ...charge, pageCode, refundSum }),
    checkout: async (reference: string) =>
      (await sandbox.send('GET', `/control/checkouts?provider=grow&reference=${reference}`)).json[0],
    /** The webhooks that arrived for that payment. */
    heard: (reference: string): Received[] =>
      sandbox.received.filter(({ path }) => path === `/hooks/${reference}`),
  };
}

/** The `data` of a callback, in whichever spelling it came. */
export function dataOf({ body, headers }: Received): Fields {
  const decoded = decodeBody(Buffer.from(body), headers['content-type'] ?? '');
  const fields = isFields(decoded) ? decoded : {};
  return isFields(fields['data']) ? fields['data'] : fields;
}
