import { describe, expect, it } from '#jest';
import type { Http, HttpRequest } from '../../src/http.ts';
import { invoiceServices } from '../../src/providers/invoices/index.ts';
import { PAYMENT_PROVIDERS } from '../../src/providers/payments/index.ts';
import type { PaymentProviderName } from '../../src/providers/payments/index.ts';
import type { Mode } from '../../src/domain/workspace.ts';
import { INVOICE_SUBJECTS } from '../contract/invoice-subjects.ts';
import { PAYMENT_SUBJECTS } from '../contract/payment-subjects.ts';
import { readAccount } from './accounts.ts';
import { onlySandboxes } from './sandbox-hosts.ts';

const PAYMENTS = Object.keys(PAYMENT_PROVIDERS) as PaymentProviderName[];

/** The ring's Http over one that connects to nothing and notes whom it was asked to call. */
function watched() {
  const called: string[] = [];
  const beneath: Http = {
    send({ url }: HttpRequest) {
      called.push(new URL(url).host);
      return Promise.resolve({ status: 500, headers: {}, text: '' });
    },
    close: () => Promise.resolve(),
  };
  return { http: onlySandboxes(beneath), called };
}

/** How a check of credentials with the vendor's own host for the mode ends. */
async function tryPayment(name: PaymentProviderName, mode: Mode) {
  const { http, called } = watched();
  const { credentials } = PAYMENT_SUBJECTS[name];
  const provider = PAYMENT_PROVIDERS[name].create({
    http,
    credentials: mode === 'live' ? toLive(credentials) : credentials,
    previousCredentials: null,
    mode,
    baseUrl: null,
    options: { webhookGraceSeconds: 60, maxPageMinutes: 60 },
  });
  const end = await provider.checkCredentials().catch((error: unknown) => error);
  return { end, called };
}

async function tryInvoice(name: string, mode: Mode) {
  const { http, called } = watched();
  const face = invoiceServices[name];
  const credentials = INVOICE_SUBJECTS[name]?.account('1', 'https://books.example.com');
  const service = face?.create({ http, credentials, mode, baseUrl: null });
  const end = await service?.checkCredentials().catch((error: unknown) => error);
  return { end, called };
}

const toLive = (credentials: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(credentials).map(([field, value]) => [field, value.replace('_test_', '_live_')]),
  );

const refused = {
  code: 'rejected',
  message: expect.stringContaining('test/live/sandbox-hosts.ts'),
} as object;

describe('the live ring', () => {
  it.each(PAYMENTS)('lets %s in test mode reach its sandbox', async (name) => {
    const { called } = await tryPayment(name, 'test');
    expect(called).toHaveLength(1);
  });

  it.each(PAYMENTS)('refuses %s in live mode before anything is connected', async (name) => {
    const { end, called } = await tryPayment(name, 'live');
    expect(end).toMatchObject(refused);
    expect(called).toEqual([]);
  });

  it('lets Green Invoice reach its sandbox in test mode, and nothing in live mode', async () => {
    expect((await tryInvoice('green-invoice', 'test')).called).toEqual(['api.sandbox.morning.dev']);
    const live = await tryInvoice('green-invoice', 'live');
    expect(live).toMatchObject({ end: refused, called: [] });
  });

  it.each(['test', 'live'] as const)('refuses SUMIT in %s mode: it has one host for both', async (mode) => {
    expect(await tryInvoice('sumit', mode)).toMatchObject({ end: refused, called: [] });
  });

  it.each([
    ['a host that only begins like a sandbox', 'https://sandbox.meshulam.co.il.example.com/', {}],
    ['a sandbox without TLS', 'http://sandbox.meshulam.co.il/', {}],
    ['a sandbox on another port', 'https://sandbox.meshulam.co.il:8443/', {}],
    ['a sandbox named as a user', 'https://sandbox.meshulam.co.il@secure.meshulam.co.il/', {}],
    ['Stripe without a key', 'https://api.stripe.com/v1/balance', {}],
    ['Stripe with a live key', 'https://api.stripe.com/', { Authorization: 'Bearer sk_live_x' }],
  ])('refuses %s', async (_what, url, headers) => {
    const { http, called } = watched();
    await expect(http.send({ method: 'GET', url, headers })).rejects.toMatchObject({ code: 'rejected' });
    expect(called).toEqual([]);
  });
});

describe('an account of the live ring', () => {
  const ADVICE = "set what belongs to an account of the vendor's own sandbox";
  const fields = ['apiKeyId', 'apiKeySecret'];

  it('is read from one variable a field', () => {
    const env = { GREEN_INVOICE_API_KEY_ID: 'id', GREEN_INVOICE_API_KEY_SECRET: 'secret' };
    expect(readAccount('green-invoice', fields, [], env)).toEqual({
      credentials: { apiKeyId: 'id', apiKeySecret: 'secret' },
    });
  });

  it('that is not told in full is skipped with a sentence that names what is missing', () => {
    const env = { GREEN_INVOICE_API_KEY_ID: 'id', GREEN_INVOICE_API_KEY_SECRET: '' };
    expect(readAccount('green-invoice', fields, [], env)).toEqual({
      skipped: `for lack of GREEN_INVOICE_API_KEY_SECRET: ${ADVICE}`,
    });
    expect(readAccount('stripe', ['secretKey', 'webhookSecret'], ['webhookSecret'], {})).toEqual({
      skipped: `for lack of STRIPE_SECRET_KEY: ${ADVICE}`,
    });
  });
});
