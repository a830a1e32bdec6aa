import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '#jest';
import { readEnvironment } from '../support/environment.ts';
import { call, control, openPayment, openWorkspace, payAtVendor, untilStatus } from './rig.ts';
import type { PaymentBody, TestWorkspace } from './rig.ts';

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
    expect(lying.headers.get('location')).toBeNull();
    await payAtVendor(payment.id, { webhook: 'never' });
    const back = await visit(`${urlOf(payment)}/return`);
    expect([back.status, back.headers.get('location')]).toEqual([303, `${urls.successUrl}&outcome=paid`]);
    const paid = await call<PaymentBody>('GET', `/v1/payments/${payment.id}`, { key: clinic.key });
    expect(paid.json.status).toBe('completed');
  });

  it('thanks a payer whose app has no page for it', async () => {
    const payment = await openPayment(clinic);
    await payAtVendor(payment.id, { webhook: 'never' });
    const back = await visit(`${urlOf(payment)}/return`, {}, 'POST');
    expect(back.status).toBe(200);
    expect(back.bytes.toString()).toMatch(/תודה/);
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
