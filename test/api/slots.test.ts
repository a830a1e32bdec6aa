import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '#jest';
import { newCredentials } from '../e2e/support/providers.ts';
import { admin, call, createPayment, openWorkspace, payplusCredentials, signedCallback } from './rig.ts';
import type { ProblemBody, TestWorkspace } from './rig.ts';
import { arm } from '../support/faults.ts';

interface SlotBody {
  readonly provider: string;
  readonly hasCredentials: boolean;
  readonly webhookUrl: string;
  readonly isActive: boolean;
  readonly options: { readonly webhookGraceSeconds: number; readonly maxPageMinutes: number };
  readonly lastCheckedAt: string | null;
}

describe('the payment provider of a workspace', () => {
  let clinic: TestWorkspace;
  let path: string;
  beforeEach(async () => {
    clinic = await openWorkspace({ provider: false });
    path = `/v1/workspaces/${clinic.id}/payment-provider`;
  });

  const put = (body: object, options: { once?: boolean } = {}) =>
    admin<SlotBody & ProblemBody>('PUT', path, body, {}, options);
  const read = () => admin<SlotBody>('GET', path);

  it('is tested, stored and never shown again', async () => {
    const credentials = payplusCredentials();
    const stored = await put({ provider: 'payplus', credentials, options: { webhookGraceSeconds: 60 } });
    expect(stored.status).toBe(200);
    expect(stored.json).toMatchObject({
      provider: 'payplus',
      hasCredentials: true,
      options: { webhookGraceSeconds: 60 },
    });
    expect(stored.json.webhookUrl).toMatch(/\/webhooks\/payplus\/[\w-]{22,}$/);
    const shown = await read();
    expect(shown.json.lastCheckedAt).not.toBeNull();
    for (const secret of Object.values(credentials)) {
      expect(stored.bytes.toString() + shown.bytes.toString()).not.toContain(secret);
    }
  });

  it('waits a day for a webhook unless told otherwise', async () => {
    const stored = await put({ provider: 'payplus', credentials: payplusCredentials() });
    expect(stored.json.options.webhookGraceSeconds).toBe(86_400);
  });

  it('refuses a payment above the limit of its options, and names both', async () => {
    await put({ provider: 'payplus', credentials: payplusCredentials(), options: { maxAmount: 50_000 } });
    expect((await createPayment(clinic, { amount: 50_000 })).status).toBe(201);
    const refused = await createPayment<ProblemBody>(clinic, { amount: 50_001 });
    expect([refused.status, refused.json.errors?.[0]?.pointer]).toEqual([422, '#/amount']);
    expect(refused.json.detail).toContain('limit of 50000');
    const withVat = await createPayment<ProblemBody>(clinic, { amount: 45_000, vatIncluded: false });
    expect(withVat.json.detail).toContain('comes to 53100 with VAT');
  });

  it('is refused where it does not take the currency of the workspace', async () => {
    const abroad = await openWorkspace({ workspace: { currency: 'USD' }, provider: false });
    const body = { provider: 'grow', credentials: newCredentials('grow') };
    const refused = await admin('PUT', `/v1/workspaces/${abroad.id}/payment-provider`, body);
    expect([refused.status, refused.json.code]).toEqual([422, 'unsupported_operation']);
    expect(refused.json.errors?.[0]).toMatchObject({ pointer: '#/provider' });
    expect(refused.json.detail).toContain('grow takes ILS');
  });

  it('stays as it was when the new keys are wrong', async () => {
    await put({ provider: 'payplus', credentials: payplusCredentials() });
    const before = (await read()).json;
    const wrong = { ...payplusCredentials(), secretKey: 'invalid-key' };
    const refused = await put({ provider: 'payplus', credentials: wrong });
    expect([refused.status, refused.json.code]).toEqual([422, 'provider_credentials_invalid']);
    expect((await read()).json).toEqual(before);
  });

  it.each([
    ['#/provider', { provider: 'paypal', credentials: {} }],
    ['#/provider', { credentials: {} }],
    ['#/credentials/secretKey', { provider: 'payplus', credentials: { apiKey: 'a', paymentPageUid: 'b' } }],
    ['#/credentials/pin', { provider: 'payplus', credentials: { ...payplusCredentials(), pin: '1' } }],
    [
      '#/options/webhookGraceSeconds',
      { provider: 'payplus', credentials: payplusCredentials(), options: { webhookGraceSeconds: 0 } },
    ],
    [
      '#/options/bitMaxAmount',
      { provider: 'payplus', credentials: payplusCredentials(), options: { bitMaxAmount: 1_000 } },
    ],
    ['#/options/maxPageMinutes', { provider: 'grow', options: { maxPageMinutes: 10 } }],
    ['#/options/speed', { provider: 'payplus', credentials: payplusCredentials(), options: { speed: 1 } }],
  ])('names the wrong field %s', async (pointer, body) => {
    const refused = await put(body);
    expect(refused.status).toBe(422);
    expect(refused.json.errors?.map((error) => error.pointer)).toContain(pointer);
  });

  it('is not stored while the vendor cannot be reached', async () => {
    const credentials = payplusCredentials();
    const account = { vendor: 'payplus', account: credentials.apiKey };
    await arm(account, { operation: 'credentials', fault: 'status_500' });
    const answer = await put({ provider: 'payplus', credentials }, { once: true });
    expect([answer.status, answer.json.code]).toEqual([503, 'unavailable']);
    expect(answer.headers.get('retry-after')).not.toBeNull();
    expect((await read()).json).toMatchObject({ provider: null, hasCredentials: false });
  });

  it('can be tried without storing anything', async () => {
    const body = { provider: 'payplus', credentials: payplusCredentials() };
    expect((await admin('POST', `${path}/test`, body)).status).toBe(200);
    expect((await read()).json).toMatchObject({ provider: null, hasCredentials: false });
    const wrong = { ...body, credentials: { ...body.credentials, apiKey: 'invalid' } };
    expect((await admin('POST', `${path}/test`, wrong)).json.code).toBe('provider_credentials_invalid');
  });

  it('is switched off softly and on again without its keys', async () => {
    const { webhookUrl } = (await put({ provider: 'payplus', credentials: payplusCredentials() })).json;
    expect((await admin('DELETE', path)).status).toBe(204);
    expect((await createPayment<ProblemBody>(clinic)).json.code).toBe('no_payment_provider');
    const again = await put({ provider: 'payplus' });
    expect([again.status, again.json.webhookUrl]).toEqual([200, webhookUrl]);
    expect((await createPayment(clinic)).status).toBe(201);
  });

  it('keeps its address and its old secret when its keys are renewed', async () => {
    const old = payplusCredentials();
    const { webhookUrl } = (await put({ provider: 'payplus', credentials: old })).json;
    const renewed = { ...old, secretKey: `secret-${randomUUID()}` };
    const stored = await put({ provider: 'payplus', credentials: renewed });
    expect(stored.json.webhookUrl).toBe(webhookUrl);
    const made = await createPayment(clinic);
    for (const secret of [old.secretKey, renewed.secretKey]) {
      const { body, headers } = signedCallback(secret, made.json.id);
      expect((await call('POST', webhookUrl, { raw: body, headers })).status).toBe(200);
    }
  });

  it('has another address for another account, and the old one goes on verifying', async () => {
    const first = payplusCredentials();
    const { webhookUrl } = (await put({ provider: 'payplus', credentials: first })).json;
    const made = await createPayment(clinic);
    const second = await put({ provider: 'payplus', credentials: payplusCredentials() });
    expect(second.json.webhookUrl).not.toBe(webhookUrl);
    const { body, headers } = signedCallback(first.secretKey, made.json.id);
    expect((await call('POST', webhookUrl, { raw: body, headers })).status).toBe(200);
  });
});

describe('the invoice service of a workspace', () => {
  it('is tested, stored, shown without secrets and switched off', async () => {
    const clinic = await openWorkspace({ provider: false });
    const path = `/v1/workspaces/${clinic.id}/invoice-service`;
    const credentials = { apiKeyId: randomUUID(), apiKeySecret: randomUUID() };
    const stored = await admin('PUT', path, { service: 'green-invoice', credentials });
    expect(stored.status).toBe(200);
    expect(stored.json).toMatchObject({ service: 'green-invoice', hasCredentials: true });
    const options = { webhookGraceSeconds: 60 };
    const strange = await admin('PUT', path, { service: 'green-invoice', credentials, options });
    expect([strange.status, strange.json.errors?.[0]?.pointer]).toEqual([
      422,
      '#/options/webhookGraceSeconds',
    ]);
    const wrong = { ...credentials, apiKeySecret: 'invalid' };
    const refused = await admin('PUT', path, { service: 'green-invoice', credentials: wrong });
    expect(refused.json.code).toBe('provider_credentials_invalid');
    expect((await admin('GET', path)).bytes.toString()).not.toContain(credentials.apiKeySecret);
    expect((await admin('DELETE', path)).status).toBe(204);
  });
});
