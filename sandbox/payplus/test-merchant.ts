/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return --
   answers are looked at field by field, as a vendor's client would get them */
import { createHmac } from 'node:crypto';
import type { Received, Reply, TestSandbox } from '../test-sandbox.ts';

const SECRET = 'the-secret';
export const KEYS = { 'api-key': 'the-key', 'secret-key': SECRET };

export type TestMerchant = ReturnType<typeof createTestMerchant>;

/** For tests only: a merchant of the simulated PayPlus, and the payer on its pages. */
export function createTestMerchant(sandbox: TestSandbox) {
  let counter = 0;
  const nextId = (): string => `pay_${String((counter += 1)).padStart(10, '0')}`;
  const linkRequest = (change: object = {}, id = nextId()) => ({
    payment_page_uid: '5c1e0a34-0000-4000-8000-000000000001',
    charge_method: 1,
    amount: 129.9,
    currency_code: 'ILS',
    language_code: 'he',
    expiry_datetime: '30',
    sendEmailApproval: false,
    sendEmailFailure: false,
    send_failure_callback: true,
    refURL_success: 'https://shop.example/ok?a=1',
    refURL_cancel: 'https://shop.example/cancel',
    refURL_callback: `${sandbox.receiverUrl}/hooks/${id}`,
    more_info: id,
    items: [{ name: 'תשלום', quantity: 1, price: 129.9, vat_type: 0 }],
    ...change,
  });
  const call = (path: string, body: unknown, headers: Record<string, string> = KEYS): Promise<Reply> =>
    sandbox.send('POST', `/payplus/${path}`, body, headers);

  return {
    linkRequest,
    call,
    /** Credentials of another account, in both forms. */
    keysOf: (key: string) => ({
      'api-key': key,
      'secret-key': SECRET,
      authorization: JSON.stringify({ api_key: key, secret_key: SECRET }),
    }),
    async makePage(change: object = {}, keys = KEYS): Promise<{ uid: string; reference: string }> {
      const request = linkRequest(change);
      const { json } = await call('PaymentPages/generateLink', request, keys);
      return { uid: json.data.page_request_uid, reference: request.more_info };
    },
    /** Pays and returns the id of the transaction. */
    async pay(uid: string, order: object = {}): Promise<string> {
      const { json } = await sandbox.send('POST', `/control/checkouts/${uid}/pay`, order);
      return json.transactionId;
    },
    checkout: async (reference: string) =>
      (await sandbox.send('GET', `/control/checkouts?provider=payplus&reference=${reference}`)).json[0],
    /** The webhooks that arrived for that payment. */
    heard: (reference: string): Received[] =>
      sandbox.received.filter(({ path }) => path === `/hooks/${reference}`),
    isSigned: ({ body, headers }: Received): boolean =>
      headers['hash'] === createHmac('sha256', SECRET).update(body).digest('base64'),
  };
}
