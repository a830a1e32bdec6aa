import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { PNG } from 'pngjs';
import decodeQr from 'qr/decode.js';
import { samplePng } from '../../src/api/workspaces/testing/sample-logos.ts';
import { launchBrowser } from '../../src/printing/browser/browser.ts';
import { createReadBack } from '../../src/printing/testing/read-back.ts';
import type { ReadBack } from '../../src/printing/testing/read-back.ts';
import { readEnvironment } from '../support/environment.ts';
import {
  call,
  control,
  eventually,
  openPayment,
  openWorkspace,
  order,
  payAtVendor,
  untilStatus,
} from './rig.ts';
import type { PaymentBody, TestWorkspace } from './rig.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';

const visit = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
  call<undefined>(method, url, { headers });
const urlOf = (payment: PaymentBody): string => payment.link?.url ?? 'no link';

describe('the link a payer is given', () => {
  let clinic: TestWorkspace;
  beforeAll(async () => {
    clinic = await openWorkspace();
  });

  it('leads to the vendor’s live page and is kept by nobody', async () => {
    const payment = await openPayment(clinic);
    for (const method of ['GET', 'HEAD']) {
      const answer = await visit(urlOf(payment), {}, method);
      expect([answer.status, answer.headers.get('location')]).toEqual([302, payment.link?.providerUrl]);
      expect(answer.headers.get('cache-control')).toContain('no-store');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      expect(answer.headers.get('x-robots-tag')).toContain('noindex');
    }
    expect((await call<PaymentBody>('GET', `/v1/payments/${payment.id}`, { key: clinic.key })).json).toEqual(
      payment,
    );
  });

  it('that nobody has is a page in both languages', async () => {
    const answer = await visit(`${readEnvironment().apiUrl}/pay/${randomUUID()}`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.bytes.toString()).toMatch(/dir="rtl"[\s\S]*dir="ltr"/);
  });

  it('says that it was paid, and shows nobody’s name', async () => {
    const payment = await openPayment(clinic, { customer: { name: 'Dana Levi' }, description: 'blood test' });
    await payAtVendor(payment.id);
    await untilStatus(clinic, payment.id, 'completed');
    const answer = await visit(urlOf(payment));
    expect(answer.status).toBe(200);
    expect(answer.bytes.toString()).toMatch(/Paid/);
    expect(answer.bytes.toString()).not.toMatch(/Dana|blood|<script/);
  });

  it('brings the payer back to the app, knowing what is true', async () => {
    const urls = { successUrl: 'https://example.com/paid?a=1', cancelUrl: 'https://example.com/left' };
    const payment = await openPayment(clinic, urls);
    const left = await visit(`${urlOf(payment)}/return`);
    expect([left.status, left.headers.get('location')]).toEqual([303, `${urls.cancelUrl}?outcome=not_paid`]);
    const lying = await visit(`${urlOf(payment)}/return?outcome=success`);
    expect([lying.status, lying.headers.get('location')]).toEqual([
      303,
      `${urlOf(payment)}/returned/success`,
    ]);
    expect((await visit(`${urlOf(payment)}/returned/success`)).bytes.toString()).toMatch(/מוודאים/);
    await payAtVendor(payment.id, { webhook: 'never' });
    const back = await visit(`${urlOf(payment)}/return`);
    expect([back.status, back.headers.get('location')]).toEqual([303, `${urls.successUrl}&outcome=paid`]);
    const paid = await call<PaymentBody>('GET', `/v1/payments/${payment.id}`, { key: clinic.key });
    expect(paid.json.status).toBe('completed');
  });

  it('thanks a payer whose app has no page for it', async () => {
    const payment = await openPayment(clinic);
    await payAtVendor(payment.id, { webhook: 'never' });
    // What vendors write into the address: it stays in nobody's history.
    const back = await visit(
      `${urlOf(payment)}/return?email=dana%40example.com&four_digits=4242`,
      {},
      'POST',
    );
    expect([back.status, back.headers.get('location')]).toEqual([303, `${urlOf(payment)}/returned/none`]);
    const page = await visit(back.headers.get('location') ?? '');
    expect(page.status).toBe(200);
    expect(page.bytes.toString()).toMatch(/תודה/);
    expect(page.bytes.toString()).not.toMatch(/receipt/);
  });

  it('gets a new page where the old one is dead, once and not for a preview', async () => {
    const short = await openWorkspace();
    await call('PUT', `/v1/workspaces/${short.id}/payment-provider`, {
      key: short.key,
      body: { provider: 'payplus', options: { maxPageMinutes: 1 } },
    });
    const payment = await openPayment(short);
    // A page that dies within the minute is as good as dead to whoever is sent to it now.
    const pages = async () =>
      (await control<unknown[]>('GET', `checkouts?reference=${payment.id}`)).json.length;
    await visit(urlOf(payment), {}, 'HEAD');
    await visit(urlOf(payment), { 'user-agent': 'WhatsApp/2.24' });
    expect(await pages()).toBe(1);
  });
});

describe('the payer’s pages of a business that shows receipts', () => {
  let shop: TestWorkspace;
  let readBack: ReadBack;
  afterAll(() => readBack.close());
  beforeAll(async () => {
    readBack = await createReadBack();
    shop = await openWorkspace();
    const body = { receipt: { onPayPage: true }, legalName: { he: 'מרפאת השרון', en: 'Sharon Clinic' } };
    const changed = await call('PATCH', `/v1/workspaces/${shop.id}`, { key: shop.key, body });
    expect(changed.status).toBe(200);
  });

  it('offer a copy of the document once it is paid, and not before', async () => {
    const payment = await openPayment(shop);
    const early = await visit(`${urlOf(payment)}/receipt`);
    expect([early.status, early.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    await payAtVendor(payment.id);
    await untilStatus(shop, payment.id, 'completed');
    const page = await visit(urlOf(payment));
    expect(page.bytes.toString()).toContain(`href="${urlOf(payment)}/receipt"`);
    const copy = await eventually('the copy', async () => {
      const answer = await visit(`${urlOf(payment)}/receipt`);
      if (answer.status === 200) return answer;
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '3']);
      expect(answer.bytes.toString()).toMatch(/http-equiv="refresh"/);
      return null;
    });
    expect(copy.headers.get('content-type')).toBe('application/pdf');
    expect(await readBack.wordsOf(copy.bytes)).toMatch(/העתק/);
    const [document] = (await call<PaymentBody>('GET', `/v1/payments/${payment.id}`, { key: shop.key })).json
      .documentIds;
    // The original has not left by it.
    const original = await eventually('the original', async () => {
      const answer = await visit(
        `${readEnvironment().apiUrl}/v1/documents/${document ?? ''}/pdf?original=true`,
        { authorization: `Bearer ${shop.key}` },
      );
      return answer.status === 200 ? answer : null;
    });
    expect(await readBack.wordsOf(original.bytes)).toMatch(/מקור/);
  });

  it('bear its name in the payer’s language, and its logo once it has one', async () => {
    const payment = await openPayment(shop, { customer: { name: 'Dana', locale: 'he' } });
    const open = () => visit(`${urlOf(payment)}/returned/cancel`);
    expect((await open()).bytes.toString()).toMatch(/מרפאת השרון/);
    expect((await open()).bytes.toString()).not.toMatch(/<img/);
    expect((await visit(`${urlOf(payment)}/logo`)).status).toBe(404);
    const stored = await call('PUT', `/v1/workspaces/${shop.id}/logo`, {
      key: shop.key,
      raw: samplePng(),
      headers: { 'content-type': 'image/png' },
    });
    expect(stored.status).toBe(200);
    const page = await open();
    expect(page.bytes.toString()).toContain(`src="${urlOf(payment)}/logo"`);
    expect(page.headers.get('content-security-policy')).toContain("img-src 'self'");
    const logo = await visit(`${urlOf(payment)}/logo`);
    expect([logo.status, logo.headers.get('content-type')]).toEqual([200, 'image/png']);
  });
});

describe('the QR code of a link', () => {
  let clinic: TestWorkspace;
  beforeAll(async () => {
    clinic = await openWorkspace();
  });
  const qrOf = (id: string, query = '') =>
    call(`GET`, `/v1/payments/${id}/link/qr${query}`, { key: clinic.key });

  it('is read back as the link, from the PNG and from the SVG', async () => {
    const payment = await openPayment(clinic);
    const png = await qrOf(payment.id, '?format=png');
    expect([png.status, png.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(decodeQr(PNG.sync.read(png.bytes))).toBe(urlOf(payment));
    const svg = await qrOf(payment.id);
    expect(svg.headers.get('content-type')).toContain('image/svg+xml');
    expect(svg.bytes.toString()).toMatch(/^<svg[^>]*><rect [^>]*fill="#fff"/);
    const browser = await launchBrowser({ mayRunUncaged: true });
    try {
      const page = await browser.newPage();
      await page.setContent(
        `<body style="margin:0;background:#000"><div style="width:400px">${svg.bytes.toString()}</div>`,
      );
      const shot = await page.screenshot({ clip: { x: 0, y: 0, width: 400, height: 400 } });
      expect(decodeQr(PNG.sync.read(Buffer.from(shot)))).toBe(urlOf(payment));
    } finally {
      await browser.close();
    }
  });

  it('is refused in a form that nobody draws, and for a payment without a link', async () => {
    const { id } = await openPayment(clinic);
    const wrong = await qrOf(id, '?format=gif');
    expect([wrong.status, wrong.json.errors?.[0]?.pointer]).toEqual([422, '#/format']);
    const cash = await call<PaymentBody>('POST', '/v1/payments/manual', {
      key: clinic.key,
      body: order({ method: 'cash', paidOn: todayInIsrael() }),
      headers: { 'idempotency-key': randomUUID() },
    });
    expect((await qrOf(cash.json.id)).status).toBe(404);
  });
});
