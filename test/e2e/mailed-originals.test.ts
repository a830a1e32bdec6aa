import { createHash, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '#jest';
import { giveCertificate } from '../support/certificates.ts';
import { mailsTo } from '../support/mailbox.ts';
import type { ReadMail } from '../support/read-mail.ts';
import {
  admin,
  call,
  eventually,
  openClinic,
  openPayment,
  readDocument,
  readTimeline,
  theDocumentOf,
  untilStatus,
} from './support/clinic.ts';
import type { PaymentBody, TestWorkspace } from './support/clinic.ts';
import { record } from './support/manual.ts';
import { payAtVendor } from './support/vendors.ts';

const sha256 = (bytes: Buffer | undefined): string =>
  createHash('sha256')
    .update(bytes ?? '')
    .digest('hex');

const addressOf = (name: string): string => `${name}-${randomUUID()}@example.com`;

const mailTo = (address: string): Promise<ReadMail> =>
  eventually(`a mail to ${address}`, () => Promise.resolve(mailsTo(address)[0] ?? null));

async function payFor(clinic: TestWorkspace, customer: object): Promise<PaymentBody> {
  const { id } = await openPayment(clinic, { customer });
  await payAtVendor(id);
  return untilStatus(clinic, id, 'completed');
}

const sentAs = (clinic: TestWorkspace, { id }: PaymentBody): Promise<string> =>
  eventually(`mail_sent of ${id}`, async () => {
    const told = (await readTimeline(clinic, id)).find(({ kind }) => kind === 'mail_sent');
    return told?.summary ?? null;
  });

const originalOf = (clinic: TestWorkspace, payment: PaymentBody): Promise<string | null> =>
  eventually('the original', async () => {
    const path = `/v1/documents/${theDocumentOf(payment)}/pdf?original=true`;
    const answer = await call<unknown>('GET', path, { key: clinic.key });
    return answer.status === 200 ? answer.headers.get('x-document-variant') : null;
  });

describe('an original by e-mail', () => {
  let clinic: TestWorkspace;
  beforeAll(async () => {
    clinic = await openClinic({ print: 'on_demand' });
    giveCertificate(clinic.id);
    const set = await admin('PATCH', `/v1/workspaces/${clinic.id}`, { receipt: { email: true } });
    expect(set).toMatchObject({ status: 200, json: { warnings: [] } });
  });

  it('comes to a payer who consented to computerised documents', async () => {
    const email = addressOf('consenting');
    const payment = await payFor(clinic, { email, eDocumentConsentAt: '2026-01-01T00:00:00Z' });
    const mail = await mailTo(email);
    const { sha256: original } = await readDocument(clinic, theDocumentOf(payment));
    expect(sha256(mail.attachments[0]?.bytes)).toBe(original);
  });

  it('comes to nobody else: he gets a copy that says so, and the original is still there', async () => {
    const email = addressOf('silent');
    const payment = await payFor(clinic, { email });
    const mail = await mailTo(email);
    expect(mail.headers['subject']).toContain('העתק');
    const path = `/v1/documents/${theDocumentOf(payment)}/pdf?original=true`;
    const pdf = await eventually('the original', async () => {
      const answer = await call<unknown>('GET', path, { key: clinic.key });
      return answer.status === 200 ? answer : null;
    });
    expect(pdf.headers.get('x-document-variant')).toBe('original');
    expect(sha256(mail.attachments[0]?.bytes)).not.toBe(sha256(pdf.bytes));
    expect(mail.text).toMatch(/המקור נמצא אצל .* ויימסר לך על נייר/);
    expect(await sentAs(clinic, payment)).toContain('(consent)');
  });

  it('does not leave by mail where the signature does not suit the means of payment', async () => {
    const email = addressOf('cash');
    const customer = { name: 'Dana', email, eDocumentConsentAt: '2026-01-01T00:00:00Z' };
    const payment = await record(clinic, { customer });
    const mail = await mailTo(email);
    expect(mail.headers['subject']).toContain('העתק');
    expect(await sentAs(clinic, payment)).toContain('(means)');
    expect(await originalOf(clinic, payment)).toBe('original');
  });

  it('does not leave by mail without a certificate, of which the workspace warns', async () => {
    const unsigned = await openClinic({ print: 'at_issue' });
    const set = await admin('PATCH', `/v1/workspaces/${unsigned.id}`, {
      receipt: { email: true },
      eDocumentConsentsHeld: true,
    });
    expect(set).toMatchObject({ status: 200, json: { warnings: [{ code: 'receipts_unsigned' }] } });
    const email = addressOf('unsigned');
    const payment = await payFor(unsigned, { email });
    const mail = await mailTo(email);
    expect(mail.headers['subject']).toContain('העתק');
    expect(mail.text).toContain('ויימסר לך על נייר');
    expect(await sentAs(unsigned, payment)).toContain('(unsigned)');
    expect(await originalOf(unsigned, payment)).toBe('original');
  });
});
