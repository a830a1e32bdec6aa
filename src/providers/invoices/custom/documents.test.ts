import { describe, expect, it } from '#jest';
import { Webhook } from 'standardwebhooks';
import { plainMeans } from '../../../domain/means.ts';
import { isProviderError } from '../../../domain/provider-error.ts';
import { splitInclusive } from '../../../domain/vat.ts';
import type { HttpRequest, HttpResponse } from '../../../http.ts';
import type { PushOrder } from '../invoice-service.ts';
import { custom } from './index.ts';
import { oneLine } from '../testing/one-line.ts';

const ORDER: PushOrder = {
  key: 'pay_example_1',
  id: 'doc_example_1',
  number: 7,
  displayNumber: '7',
  fiscalYear: 2026,
  documentType: 'tax_invoice_receipt',
  documentDate: '2026-01-05',
  locale: 'he',
  currency: 'ILS',
  dealerType: 'osek_murshe',
  vatRegistered: true,
  split: splitInclusive(35_050, 1800),
  ...oneLine(splitInclusive(35_050, 1800)),
  description: 'תשלום',
  vatTreatment: 'standard',
  customer: {
    name: 'Test Payer',
    taxId: '000000018',
    email: 'payer@example.com',
    phone: '0500000000',
    address: null,
  },
  means: [plainMeans('card', 35_050)],
  searchFrom: '2026-01-05',
  credits: null,
};
const CREDIT: PushOrder = {
  ...ORDER,
  key: 'ref_example_1',
  id: 'doc_example_2',
  documentType: 'credit_invoice',
  credits: {
    key: 'pay_example_1',
    id: 'doc_example_1',
    type: 'tax_invoice_receipt',
    displayNumber: '7',
    documentDate: '2026-01-05',
    total: 35_050,
    external: { id: 'theirs', number: '5' },
  },
};

const SECRET = `whsec_${Buffer.from('a key of two dozen bytes').toString('base64')}`;
const URL = 'https://books.example.com/documents';

const answered = (status: number, text = '', headers: Record<string, string> = {}): HttpResponse => ({
  status,
  text,
  headers: { 'content-type': 'application/json', ...headers },
});

function serviceThat(answer: HttpResponse, secret = SECRET) {
  const calls: HttpRequest[] = [];
  const http = {
    send: (call: HttpRequest) => (calls.push(call), Promise.resolve(answer)),
    close: () => Promise.resolve(),
  };
  const service = custom.create({
    http,
    credentials: { url: URL, secret },
    mode: 'live',
    baseUrl: 'http://x',
  });
  return { calls, push: (order = ORDER) => service.createDocument(order) };
}

const bodyOf = (call: HttpRequest | undefined) => JSON.parse(call?.body ?? '') as Record<string, unknown>;
const pushFails = async (answer: HttpResponse) => {
  const error: unknown = await serviceThat(answer)
    .push()
    .catch((thrown: unknown) => thrown);
  return isProviderError(error) ? error : null;
};

describe('a document', () => {
  it('is posted to the customer’s own address, whatever stands in for the vendors, signed as any library verifies', async () => {
    for (const [secret, webhook] of [
      [SECRET, new Webhook(SECRET)],
      ['a-secret-in-plain-words', new Webhook('a-secret-in-plain-words', { format: 'raw' })],
    ] as const) {
      const { calls, push } = serviceThat(answered(200), secret);
      await push();
      expect(calls[0]).toMatchObject({ method: 'POST', url: URL });
      expect(webhook.verify(calls[0]?.body ?? '', { ...calls[0]?.headers })).toMatchObject({ id: ORDER.id });
    }
  });

  it('bears the document’s id at every try, and says what it documents in minor units', async () => {
    const { calls, push } = serviceThat(answered(204));
    await push();
    await push();
    expect(calls.map((call) => call.headers?.['webhook-id'])).toEqual([ORDER.id, ORDER.id]);
    expect(bodyOf(calls[0])).toMatchObject({
      type: 'tax_invoice_receipt',
      paymentId: 'pay_example_1',
      refundId: null,
      net: 29_703,
      vat: 5_347,
      total: 35_050,
      vatRateBp: 1_800,
      customer: { name: 'Test Payer', taxId: '000000018' },
      credits: null,
    });
    expect(calls[0]?.body).not.toMatch(/payer@example|0500000000/);
  });

  it('names an Israeli customer’s id as text, with the zeros in front', async () => {
    const { calls, push } = serviceThat(answered(204));
    await push({ ...ORDER, customer: { ...ORDER.customer, taxId: '034512343' } });
    expect(calls[0]?.body).toContain('"taxId":"034512343"');
  });

  it('of a refund names the refund, the payment, and the document that it credits', async () => {
    const { calls, push } = serviceThat(answered(200));
    await push(CREDIT);
    expect(bodyOf(calls[0])).toMatchObject({
      paymentId: 'pay_example_1',
      refundId: 'ref_example_1',
      total: 35_050,
      credits: { id: 'doc_example_1', displayNumber: '7', external: { id: 'theirs', number: '5' } },
    });
  });
});

describe('an answer', () => {
  it('may name the receiver’s own id, number and address; else ours stand', async () => {
    const theirs = { id: 4711, number: 'A-5', url: 'https://books.example.com/5' };
    expect(await serviceThat(answered(201, JSON.stringify(theirs))).push()).toEqual({
      id: '4711',
      number: 'A-5',
      url: theirs.url,
      allocationNumber: null,
      total: null,
      vat: null,
    });
    const ours = { id: ORDER.id, number: '7', url: null };
    for (const text of ['', '{}', '[]', 'null', '{"id":"","number":{},"url":"javascript:alert(1)"}']) {
      expect(await serviceThat(answered(200, text)).push()).toMatchObject(ours);
    }
    expect(await serviceThat(answered(200, 'OK', { 'content-type': 'text/plain' })).push()).toMatchObject(
      ours,
    );
  });

  it.each(['1', 'A-5', '2026/000123', 'INV_7.2', '#88', 'חש-12', '9'.repeat(40)])(
    'may name %s as its number',
    async (number) => {
      expect(await serviceThat(answered(201, JSON.stringify({ number }))).push()).toMatchObject({ number });
    },
  );

  it.each(['Dana Cohen', 'Cohen', 'דנה כהן', 'payer1@example.com', 'Dana Cohen 5', '9'.repeat(41), 'a\n1'])(
    'that names %j as its number is finally refused, and the sentence does not repeat it: an event would carry it on',
    async (number) => {
      const error = await pushFails(answered(201, JSON.stringify({ id: 'x', number })));
      expect(error).toMatchObject({ code: 'rejected', message: expect.stringContaining('number') });
      expect(error?.message).not.toContain(number);
    },
  );

  it.each([
    [answered(200, '<html>', { 'content-type': 'text/html' }), 'bad_answer'],
    [answered(200, '{"id":"ha'), 'bad_answer'],
    [answered(200, '{"error":"no room"}'), 'bad_answer'],
    [answered(302, '', { location: 'http://127.0.0.1/' }), 'rejected'],
    [answered(400), 'rejected'],
    [answered(401), 'credentials_invalid'],
    [answered(403), 'credentials_invalid'],
    [answered(404), 'rejected'],
    [answered(408), 'provider_unavailable'],
    [answered(410), 'rejected'],
    [answered(422), 'rejected'],
    [answered(425), 'provider_unavailable'],
    [answered(500), 'provider_unavailable'],
    [answered(503), 'provider_unavailable'],
  ])('%j is %s', async (answer, code) => {
    expect(await pushFails(answer)).toMatchObject({ code });
  });

  it('that asks for time is given it', async () => {
    expect(await pushFails(answered(429, '', { 'retry-after': '7' }))).toMatchObject({
      code: 'rate_limited',
      retryAfterMs: 7_000,
    });
    expect(await pushFails(answered(503, '', { 'retry-after': '30' }))).toMatchObject({
      retryAfterMs: 30_000,
    });
    expect(await pushFails(answered(410, '', { 'retry-after': '30' }))).toMatchObject({ retryAfterMs: null });
  });
});

describe('credentials', () => {
  const issues = (credentials: unknown) =>
    custom.credentials
      .safeParse(credentials)
      .error?.issues.map(({ path, message }) => [path.join('.'), message]);

  it('are an address and a secret, in either of its forms', () => {
    for (const secret of [SECRET, 'plain-secret']) {
      expect(custom.credentials.safeParse({ url: URL, secret }).success).toBe(true);
    }
  });

  it.each([
    ['http://10.0.0.8/', 'private'],
    ['http://169.254.169.254/', 'private'],
    ['http://[::]/', 'private'],
    ['ftp://books.example.com/', 'http(s)'],
    ['https://me:pass@books.example.com/', 'user name'],
    [17, 'missing'],
  ])('with the address %s are refused at `url`', (url, word) => {
    expect(issues({ url, secret: SECRET })).toEqual([['url', expect.stringContaining(word)]]);
  });

  it.each(['short', 'whsec_', 'whsec_c2hvcnQ=', 'whsec_not base64 at all!', 'with spaces in it'])(
    'with the secret %j are refused at `secret`',
    (secret) => {
      expect(issues({ url: URL, secret })).toEqual([['secret', expect.stringContaining('whsec_')]]);
    },
  );
});
