import { beforeAll, describe, expect, it } from '#jest';
import { call, check, openClinic, openPayment, theDocumentOf, untilStatus } from './support/clinic.ts';
import type { TestWorkspace } from './support/clinic.ts';
import { callsAbout, payAtVendor } from './support/vendors.ts';

const SECONDS = 1_000;

describe('a payment whose webhook never comes', () => {
  let patient: TestWorkspace;
  let impatient: TestWorkspace;
  beforeAll(async () => {
    [patient, impatient] = await Promise.all([
      openClinic(),
      openClinic({ options: { webhookGraceSeconds: 1 } }),
    ]);
  });

  it('is found by asking once the grace is over, and completed once', async () => {
    const { id } = await openPayment(impatient);
    await payAtVendor(id, { webhook: 'never' });
    const paid = await untilStatus(impatient, id, 'completed');
    expect(theDocumentOf(paid)).toMatch(/^doc_/);
    expect(paid.review).toBeNull();
  });

  it('goes on being asked about while nobody pays, and is found when somebody does', async () => {
    const { id } = await openPayment(impatient);
    const asked = async () =>
      (await callsAbout(id)).filter(({ operation }) => operation === 'find_payment').length;
    const start = Date.now();
    while ((await asked()) === 0 && Date.now() - start < 10 * SECONDS) await check(impatient, id);
    await payAtVendor(id, { webhook: 'never' });
    expect((await untilStatus(impatient, id, 'completed')).documentIds).toHaveLength(1);
  });

  it('is completed by the payer who comes back, while the grace is a day', async () => {
    const successUrl = 'https://app.example.com/thanks?visit=7';
    const payment = await openPayment(patient, { successUrl });
    await payAtVendor(payment.id, { webhook: 'never' });
    const back = await call<undefined>('GET', `${payment.link?.url ?? ''}/return?outcome=success`);
    expect([back.status, back.headers.get('location')]).toEqual([303, `${successUrl}&outcome=paid`]);
    const paid = await untilStatus(patient, payment.id, 'completed');
    expect(theDocumentOf(paid)).toMatch(/^doc_/);
  });

  it('is completed when the app asks', async () => {
    const { id } = await openPayment(patient);
    expect((await check(patient, id)).status).toBe('pending');
    await payAtVendor(id, { webhook: 'never' });
    const paid = await check(patient, id);
    expect(paid.status).toBe('completed');
    expect(theDocumentOf(paid)).toMatch(/^doc_/);
    expect((await check(patient, id)).documentIds).toEqual(paid.documentIds);
  });

  it('is not completed by a redirect that claims success', async () => {
    const payment = await openPayment(patient, { successUrl: 'https://app.example.com/thanks' });
    const back = await call<undefined>('GET', `${payment.link?.url ?? ''}/return?outcome=success`);
    expect(back.headers.get('location')).toBe(`${payment.link?.url ?? ''}/returned/success`);
    expect((await check(patient, payment.id)).status).toBe('pending');
  });
});
