/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return --
   answers are looked at field by field, as a vendor's client would get them */
import type { Reply, TestSandbox } from '../test-sandbox.ts';

export const income = (price: number, vatType: number, more: object = {}) => ({
  description: 'טיפול',
  quantity: 1,
  price,
  currency: 'ILS',
  vatType,
  ...more,
});

export const payment = (price: number, more: object = {}) => ({
  date: '2025-03-01',
  type: 3,
  price,
  currency: 'ILS',
  ...more,
});

let counter = 0;

/** A tax invoice/receipt over 118.00, VAT included; every one has a description of its own. */
export const invoice = (change: object = {}) => ({
  type: 320,
  lang: 'he',
  currency: 'ILS',
  vatType: 0,
  date: '2025-03-01',
  description: `תשלום pay_${String((counter += 1)).padStart(10, '0')}`,
  client: { name: 'לקוח לדוגמה' },
  income: [income(118, 1)],
  payment: [payment(118)],
  ...change,
});

export type TestAccount = ReturnType<typeof createTestAccount>;

/** For tests only: one account of the simulated Green Invoice. */
export function createTestAccount(sandbox: TestSandbox, kind = 'murshe') {
  const id = `${kind}-${String((counter += 1))}`;
  const call = async (method: string, path: string, body?: unknown): Promise<Reply> => {
    const grant = { grant_type: 'client_credentials', client_id: id, client_secret: 's' };
    const { json } = await sandbox.send('POST', '/green-invoice/idp/v1/oauth/token', grant);
    return sandbox.send(method, `/green-invoice${path}`, body, {
      authorization: `Bearer ${json.accessToken}`,
    });
  };
  return {
    id,
    call,
    create: (request: object) => call('POST', '/documents', request),
    read: async (documentId: string) => (await call('GET', `/documents/${documentId}`)).json,
    search: async (request: object) => (await call('POST', '/documents/search', request)).json,
  };
}
