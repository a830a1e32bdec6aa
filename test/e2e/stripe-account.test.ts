import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '#jest';
import { openWorkspace } from '../api/rig.ts';
import { admin, call, openClinic, openPayment, theDocumentOf, untilStatus } from './support/clinic.ts';
import type { Clinic } from './support/clinic.ts';
import { newCredentials, toAccount } from './support/providers.ts';
import { allCalls, answeredDeliveries, payAtVendor } from './support/vendors.ts';
import { arm } from '../support/faults.ts';

const fill = (clinic: { id: string }, credentials: object, options: { once?: boolean } = {}) => {
  const path = `/v1/workspaces/${clinic.id}/payment-provider`;
  const body = { provider: 'stripe', credentials };
  return admin<{ code?: string; webhookUrl?: string }>('PUT', path, body, {}, options);
};

const enrolments = async (clinic: Clinic) => {
  const calls = (await allCalls()).filter(
    ({ body }) => (body as { url?: string } | null)?.url === clinic.webhookUrl,
  );
  return calls.filter(({ status }) => status === 200);
};

async function completes(clinic: Clinic): Promise<void> {
  const { id } = await openPayment(clinic);
  await payAtVendor(id);
  const deliveries = await answeredDeliveries(id, 2);
  expect(deliveries.map(({ status }) => status)).toEqual([200, 200]);
  expect(theDocumentOf(await untilStatus(clinic, id, 'completed'))).toMatch(/^doc_/);
}

describe('an account at Stripe', () => {
  it('that is given with its key alone gets its webhook endpoint from us, once', async () => {
    const clinic = await openClinic({ provider: 'stripe' });
    await completes(clinic);
    expect((await fill(clinic, clinic.credentials)).status).toBe(200);
    expect(await enrolments(clinic)).toHaveLength(1);
    await completes(clinic);
  });

  it('whose endpoint was made but never told of is given one anew, and hears everything once', async () => {
    const bare = await openWorkspace({ provider: false });
    const credentials = newCredentials('stripe');
    const account = toAccount('stripe', credentials);
    const operation = 'credentials';
    // The key is tried and the endpoints are listed; only then a new endpoint is made.
    await arm(account, { operation, fault: 'slow', times: 2, delayMs: 0 });
    await arm(account, { operation, fault: 'half_json' });
    const lost = await fill(bare, credentials, { once: true });
    expect([lost.status, lost.json.code]).toEqual([503, 'unavailable']);
    const { status, json } = await fill(bare, credentials);
    expect(status).toBe(200);
    const clinic: Clinic = {
      ...bare,
      provider: 'stripe',
      credentials,
      webhookUrl: json.webhookUrl ?? '',
      account,
      serviceAccount: bare.account,
    };
    await completes(clinic);
  });

  it('that is given with the secret of an endpoint made by hand is verified by that secret', async () => {
    const credentials = { ...newCredentials('stripe'), webhookSecret: `whsec_${randomUUID()}` };
    const clinic = await openClinic({ provider: 'stripe', credentials });
    await completes(clinic);
    const { id } = await openPayment(clinic);
    await payAtVendor(id, { webhook: 'bad_signature' });
    expect((await answeredDeliveries(id, 2)).map(({ status }) => status)).toEqual([401, 401]);
  });

  it('whose key was rolled goes on with the same address and secret', async () => {
    const account = `sk_test_51${randomUUID().replaceAll('-', '').slice(0, 14)}`;
    const rolled = (own: string) => ({ secretKey: `${account}${own.padEnd(24, '0')}` });
    const clinic = await openClinic({ provider: 'stripe', credentials: rolled('first') });
    const renewed = await fill(clinic, rolled('second'));
    expect([renewed.status, renewed.json.webhookUrl]).toEqual([200, clinic.webhookUrl]);
    await completes(clinic);
  });

  it.each([
    ['live', 'a live key where the workspace is for tests', `sk_live_${randomUUID().slice(0, 8)}`],
    ['wrong', 'a key that Stripe does not know', 'sk_test_invalid'],
  ])('that is %s is refused, and nothing is stored: %s', async (_kind, _why, secretKey) => {
    const clinic = await openClinic({ provider: 'stripe' });
    const refused = await fill(clinic, { secretKey });
    expect([refused.status, refused.json.code]).toEqual([422, 'provider_credentials_invalid']);
    expect(refused.bytes.toString()).not.toContain(secretKey);
    await completes(clinic);
  });

  it('hears nothing at another clinic’s address', async () => {
    const [one, other] = await Promise.all([
      openClinic({ provider: 'stripe' }),
      openClinic({ provider: 'stripe' }),
    ]);
    const { id } = await openPayment(one);
    const stranger = await call('POST', other.webhookUrl, {
      raw: JSON.stringify({ id: 'evt_1', data: { object: { client_reference_id: id } } }),
      headers: { 'content-type': 'application/json' },
    });
    expect(stranger.status).toBe(401);
  });
});
