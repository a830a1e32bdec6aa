import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { startTestSandbox } from '../../sandbox/test-sandbox.ts';
import type { TestSandbox } from '../../sandbox/test-sandbox.ts';
import { createHttp } from '../../src/http.ts';
import type { ApprovalVersion } from '../../src/providers/tax-authority/approval.ts';
import { createTaxAuthority } from '../../src/providers/tax-authority/tax-authority.ts';
import type { TaxAuthority } from '../../src/providers/tax-authority/tax-authority.ts';

const BACK = 'https://pay.clinic.example/tax-authority/callback';
const DAY_MS = 86_400_000;

let sandbox: TestSandbox;
const http = createHttp();
beforeAll(async () => (sandbox = await startTestSandbox()));
afterAll(async () => {
  await sandbox.close();
  await http.close();
});

function authority(version: ApprovalVersion = 'v2', secret = 'secret'): TaxAuthority {
  const apiUrl = `${sandbox.url}/tax-authority/`;
  const host = { authorizeUrl: `${apiUrl}oauth2/authorize`, tokenUrl: `${apiUrl}oauth2/token`, apiUrl };
  const settings = { key: { id: 'client', secret }, version, softwareNumber: null };
  return createTaxAuthority(http, { ...settings, hosts: { live: host, test: host } });
}

/** A code as a person's browser brings it. */
async function codeOf(service: TaxAuthority): Promise<string> {
  const page = await (await fetch(service.authorizeUrl('test', { redirectUri: BACK, state: 's&"1' }))).text();
  const href = /id="allow" href="([^"]+)"/.exec(page)?.[1] ?? '';
  const url = new URL(
    href.replaceAll(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code))),
  );
  expect(url.searchParams.get('state')).toBe('s&"1');
  return url.searchParams.get('code') ?? '';
}

const day = (offset: number): string => new Date(Date.now() + offset * DAY_MS).toISOString().slice(0, 10);

const ORDER = {
  documentId: 'doc_01kevr4n7c2f5j8p1s3v6y9b0d',
  documentType: 'tax_invoice_receipt',
  issuerTaxId: '777777715',
  displayNumber: '1001',
  customerTaxId: '777777723',
  customerName: 'Example Ltd of a name that is longer than 25 characters',
  documentDate: day(-1),
  issuedOn: day(-1),
  net: 600_000,
  vat: 108_000,
  total: 708_000,
  userId: null,
  userName: 'מרפאת הדר',
} as const;

describe('tokens', () => {
  it('come for a code once, at the address that it was asked for', async () => {
    const service = authority();
    const code = await codeOf(service);
    await expect(service.exchange('test', code, `${BACK}/other`)).rejects.toMatchObject({
      code: 'credentials_invalid',
    });
    const tokens = await service.exchange('test', await codeOf(service), BACK);
    expect(tokens).toMatchObject({ accessSeconds: 601, refreshSeconds: 7_776_000 });
  });

  it('are renewed with a refresh token that is good once', async () => {
    const service = authority();
    const first = await service.exchange('test', await codeOf(service), BACK);
    const second = await service.renew('test', first.refreshToken);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    await expect(service.renew('test', first.refreshToken)).rejects.toMatchObject({
      code: 'credentials_invalid',
    });
  });

  it('are not given to a program that is not known', async () => {
    await expect(authority('v2', 'invalid').renew('test', 'x')).rejects.toMatchObject({
      code: 'credentials_invalid',
    });
  });

  it('that have ended are refused', async () => {
    await expect(authority().approve('test', 'ended', ORDER)).rejects.toMatchObject({
      code: 'credentials_invalid',
      vendorCode: '401',
    });
  });
});

describe.each(['v1', 'v2'] as const)('an invoice in %s', (version) => {
  const decide = async (change: object = {}) => {
    const service = authority(version);
    const { accessToken } = await service.exchange('test', await codeOf(service), BACK);
    return service.approve('test', accessToken, { ...ORDER, ...change });
  };

  it('gets a number of 24 digits as text, and the same one for a repeat', async () => {
    const first = await decide();
    expect(first).toEqual({ kind: 'approved', number: expect.stringMatching(/^\d{24}$/) });
    expect(await decide()).toEqual(first);
  });

  it.each([
    ['431', { issuerTaxId: '777777716' }],
    [version === 'v1' ? '432' : '431', { customerTaxId: '777777724' }],
    ['434', { documentDate: day(-400) }],
    ['435', { documentDate: day(40) }],
    ['460', { vat: 1 }],
    ['460', { customerName: 'Refuse me' }],
  ])('is refused with %s for %j', async (code, change) => {
    expect(await decide(change)).toEqual({ kind: 'refused', code });
  });
});
