import { afterAll, afterEach, beforeAll, describe, expect, it } from '#jest';
import { startTestSandbox } from './test-sandbox.ts';
import type { TestSandbox } from './test-sandbox.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterEach(() => sandbox.send('DELETE', '/control/faults'));
afterAll(() => sandbox.close());

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** A call of each vendor about an account: what the call is to the control API, and the status it has without a fault. */
const VENDORS: Readonly<
  Record<
    string,
    { operation: string; send: (account: string) => Promise<{ status: number }>; status: number }
  >
> = {
  payplus: {
    operation: 'credentials',
    status: 200,
    send: (account) =>
      sandbox.send('GET', '/payplus/PaymentPages/list', undefined, { 'api-key': account, 'secret-key': 's' }),
  },
  grow: {
    operation: 'create_link',
    status: 200,
    send: (account) =>
      sandbox.send('POST', '/grow/createPaymentProcess', `pageCode=p&userId=${account}`, FORM),
  },
  stripe: {
    operation: 'credentials',
    status: 200,
    send: (account) =>
      sandbox.send('GET', '/stripe/v1/balance', undefined, { authorization: `Bearer ${account}` }),
  },
  'green-invoice': {
    operation: 'credentials',
    status: 200,
    send: (account) =>
      sandbox.send('POST', '/green-invoice/account/token', { id: account, secret: 'secret' }),
  },
  sumit: {
    operation: 'credentials',
    status: 200,
    send: (account) =>
      sandbox.send('POST', '/sumit/website/companies/getdetails/', {
        Credentials: { CompanyID: Number(account), APIKey: 'key' },
      }),
  },
  custom: {
    operation: 'create_document',
    status: 401,
    send: (account) => sandbox.send('POST', `/custom/${account}/documents`, {}),
  },
};

const arm = (provider: string, operation: string, account: string) =>
  sandbox.send('POST', '/control/faults', { provider, operation, account, fault: 'status_500', times: 2 });
const armed = async (account: string) =>
  (await sandbox.send('GET', `/control/faults?account=${account}`)).json as { times: number }[];

describe.each(Object.entries(VENDORS))(
  'a fault for one account of %s',
  (provider, { operation, send, status }) => {
    it('meets the calls of that account, and no other’s', async () => {
      await arm(provider, operation, '7001');
      expect((await send('7002')).status).toBe(status);
      expect((await send('7001')).status).toBe(500);
      expect(await armed('7001')).toMatchObject([{ times: 1 }]);
    });

    it('is cleared without touching another account’s', async () => {
      await arm(provider, operation, '7001');
      await arm(provider, operation, '7002');
      await sandbox.send('DELETE', '/control/faults?account=7001');
      expect((await send('7001')).status).toBe(status);
      expect((await send('7002')).status).toBe(500);
    });
  },
);
