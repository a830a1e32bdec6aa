/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-argument --
   answers are looked at field by field, as a vendor's client would get them */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '#jest';
import { startTestSandbox } from '../test-sandbox.ts';
import type { TestSandbox } from '../test-sandbox.ts';
import { createTestAccount } from './test-account.ts';
import type { TestAccount } from './test-account.ts';

let sandbox: TestSandbox;
let account: TestAccount;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => {
  account = createTestAccount(sandbox);
});

const token = (client_id: string, client_secret = 's') =>
  sandbox.send('POST', '/green-invoice/idp/v1/oauth/token', {
    grant_type: 'client_credentials',
    client_id,
    client_secret,
  });

describe('tokens', () => {
  it('are given for good credentials, in camelCase, for an hour', async () => {
    const { status, json } = await token(account.id);
    expect(status).toBe(200);
    expect(json).toMatchObject({ tokenType: 'Bearer', accessToken: expect.any(String) });
    expect(Math.abs(json.expiresAt - Date.now() / 1000 - 3600)).toBeLessThan(5);
  });

  it('are refused in RFC 6749 words', async () => {
    const post = (body: object) => sandbox.send('POST', '/green-invoice/idp/v1/oauth/token', body);
    expect(await token('invalid-id')).toMatchObject({ status: 401, json: { error: 'invalid_client' } });
    expect(await post({ grant_type: 'client_credentials' })).toMatchObject({
      status: 400,
      json: { error: 'invalid_request' },
    });
    expect(await post({ grant_type: 'password', client_id: 'a', client_secret: 'b' })).toMatchObject({
      status: 400,
      json: { error: 'unsupported_grant_type' },
    });
  });

  it('have a legacy way too', async () => {
    const { json, headers } = await sandbox.send('POST', '/green-invoice/account/token', {
      id: account.id,
      secret: 's',
    });
    expect(headers['x-authorization-bearer']).toBe(json.token);
    const me = await sandbox.send('GET', '/green-invoice/businesses/me', undefined, {
      authorization: `Bearer ${json.token}`,
    });
    expect(me.json.type).toBe(1);
  });

  it('are wanted, live, on every call', async () => {
    const { json } = await token(account.id);
    const me = (bearer: string) =>
      sandbox.send('GET', '/green-invoice/businesses/me', undefined, { authorization: `Bearer ${bearer}` });
    expect((await me('nonsense')).status).toBe(401);
    sandbox.advance(3_601_000);
    expect((await me(json.accessToken)).status).toBe(401);
  });
});
