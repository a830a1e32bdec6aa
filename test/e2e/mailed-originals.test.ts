import { createHash, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '#jest';
import { mailsTo } from '../support/mailbox.ts';
import type { ReadMail } from '../support/read-mail.ts';
import {
  admin,
  call,
  eventually,
  openClinic,
  openPayment,
  readDocument,
  theDocumentOf,
  untilStatus,
} from './support/clinic.ts';
import type { PaymentBody, TestWorkspace } from './support/clinic.ts';
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

describe('an original by e-mail', () => {
  let clinic: TestWorkspace;
  beforeAll(async () => {
    clinic = await openClinic({ print: 'on_demand' });
    await admin('PATCH', `/v1/workspaces/${clinic.id}`, { receipt: { email: true } });
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
    const path = `/v1/documents/${theDocumentOf(payment)}/pdf`;
    const pdf = await eventually('the original', async () => {
      const answer = await call<unknown>('GET', path, { key: clinic.key });
      return answer.status === 200 ? answer : null;
    });
    expect(pdf.headers.get('x-document-variant')).toBe('original');
    expect(sha256(mail.attachments[0]?.bytes)).not.toBe(sha256(pdf.bytes));
  });
});
