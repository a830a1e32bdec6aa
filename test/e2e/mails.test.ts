import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { giveCertificate } from '../support/certificates.ts';
import { mailsTo } from '../support/mailbox.ts';
import type { ReadMail } from '../support/read-mail.ts';
import { openBooks } from './support/books.ts';
import type { Books } from './support/books.ts';
import {
  admin,
  call,
  createPayment,
  eventually,
  openClinic,
  openPayment,
  readDocument,
  readTimeline,
  theDocumentOf,
  untilStatus,
} from './support/clinic.ts';
import type { PaymentBody, TestWorkspace } from './support/clinic.ts';
import { openTemporal } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';
import { payAtVendor } from './support/vendors.ts';

const sha256 = (bytes: Buffer | undefined): string =>
  createHash('sha256')
    .update(bytes ?? '')
    .digest('hex');
const plain = (text: string | undefined): string => (text ?? '').replace(/[\u2068\u2069]/g, '');

const addressOf = (name: string): string => `${name}-${randomUUID()}@example.com`;

const untilMails = (address: string, count: number): Promise<ReadMail[]> =>
  eventually(`${count} mails to ${address}`, () => {
    const mails = mailsTo(address);
    return Promise.resolve(mails.length >= count ? mails : null);
  });

const untilTold = (clinic: TestWorkspace, paymentId: string, kind: string) =>
  eventually(`${kind} on the timeline of ${paymentId}`, async () => {
    const told = (await readTimeline(clinic, paymentId)).find((entry) => entry.kind === kind);
    return told ?? null;
  });

const post = <Body>(clinic: TestWorkspace, path: string, body?: object) =>
  call<Body>('POST', path, { key: clinic.key, ...(body === undefined ? {} : { body }) });

let books: Books;
let temporal: Temporal;
beforeAll(async () => {
  books = openBooks();
  temporal = await openTemporal();
});
afterAll(() => Promise.all([books.close(), temporal.close()]));

async function openMailingClinic(print: 'at_issue' | 'on_demand' = 'on_demand'): Promise<TestWorkspace> {
  const clinic = await openClinic({ print });
  giveCertificate(clinic.id);
  await admin('PATCH', `/v1/workspaces/${clinic.id}`, {
    receipt: { email: true },
    eDocumentConsentsHeld: true,
  });
  return clinic;
}

async function payFor(clinic: TestWorkspace, customer: object): Promise<PaymentBody> {
  const { id } = await openPayment(clinic, { customer, description: 'secretword טיפול' });
  await payAtVendor(id);
  return untilStatus(clinic, id, 'completed');
}

describe('a receipt by e-mail', () => {
  let clinic: TestWorkspace;
  let payment: PaymentBody;
  const email = addressOf('dana');
  beforeAll(async () => {
    clinic = await openMailingClinic();
    payment = await payFor(clinic, { name: 'Dana', email, locale: 'he' });
  });

  it('comes once, in the payer’s language, and carries the very bytes of the original', async () => {
    const [mail] = await untilMails(email, 1);
    expect(plain(mail?.headers['subject'])).toMatch(/^\[בדיקה\] חשבונית מס\/קבלה 1 מאת מרפאה לבדיקות · ₪/);
    expect(mail?.html).toContain('dir="rtl"');
    expect(mail?.attachments.map(({ fileName, type }) => [fileName, type])).toEqual([
      ['tax-invoice-receipt-1-original.pdf', 'application/pdf'],
    ]);
    const document = await readDocument(clinic, theDocumentOf(payment));
    expect(sha256(mail?.attachments[0]?.bytes)).toBe(document.sha256);
    await untilTold(clinic, payment.id, 'mail_sent');
    expect(mailsTo(email)).toHaveLength(1);
  });

  it('has used the original up: whoever asks the API gets a copy', async () => {
    const path = `/v1/documents/${theDocumentOf(payment)}/pdf`;
    const original = await call<{ code: string }>('GET', `${path}?original=true`, { key: clinic.key });
    expect([original.status, original.json.code]).toEqual([409, 'original_left']);
    const pdf = await eventually('the copy', async () => {
      const answer = await call<unknown>('GET', path, { key: clinic.key });
      return answer.status === 200 ? answer : null;
    });
    expect(pdf.headers.get('x-document-variant')).toBe('copy');
    expect(sha256(pdf.bytes)).not.toBe(sha256(mailsTo(email)[0]?.attachments[0]?.bytes));
  });

  it('says nothing of what was paid for', () => {
    const [mail] = mailsTo(email);
    expect(JSON.stringify({ ...mail, attachments: [] })).not.toMatch(/secretword|טיפול/);
  });

  it('is sent again when asked for, as a copy, and then not for a while', async () => {
    const path = `/v1/documents/${theDocumentOf(payment)}/email`;
    const answer = await post<{ variant: string }>(clinic, path);
    expect([answer.status, answer.json.variant]).toEqual([202, 'copy']);
    const again = await post<{ code: string }>(clinic, path);
    expect([again.status, again.json.code]).toEqual([429, 'rate_limited']);
    expect(Number(again.headers.get('retry-after'))).toBeGreaterThan(0);
    const [first, second] = await untilMails(email, 2);
    expect(plain(second?.headers['subject'])).toContain('העתק');
    expect(second?.headers['message-id']).not.toBe(first?.headers['message-id']);
    expect(sha256(second?.attachments[0]?.bytes)).not.toBe(sha256(first?.attachments[0]?.bytes));
  });

  it('is not sent where the workspace does not want it, nor where there is no address', async () => {
    const silent = await openClinic();
    const other = addressOf('silent');
    const unwanted = await payFor(silent, { email: other });
    const nobody = await payFor(clinic, { name: 'Nobody' });
    const rows = await books.query('SELECT id FROM mails WHERE payment_id = ANY($1)', [
      [unwanted.id, nobody.id],
    ]);
    expect(rows).toEqual([]);
    const refused = await post<{ errors: { pointer: string }[] }>(
      clinic,
      `/v1/documents/${theDocumentOf(nobody)}/email`,
    );
    expect([refused.status, refused.json.errors[0]?.pointer]).toEqual([422, '#/email']);
    const elsewhere = addressOf('elsewhere');
    await post(clinic, `/v1/documents/${theDocumentOf(nobody)}/email`, { email: elsewhere });
    const [mail] = await untilMails(elsewhere, 1);
    const document = await readDocument(clinic, theDocumentOf(nobody));
    expect(sha256(mail?.attachments[0]?.bytes)).toBe(document.sha256);
  });

  it('is no other workspace’s to send, nor a reader’s', async () => {
    const stranger = await openClinic();
    const path = `/v1/documents/${theDocumentOf(payment)}/email`;
    expect((await post(stranger, path)).status).toBe(404);
  });
});

describe('a mail server in trouble', () => {
  let clinic: TestWorkspace;
  beforeAll(async () => {
    clinic = await openMailingClinic('at_issue');
  });

  it('that is busy is tried again soon, and the payment does not wait', async () => {
    const email = addressOf('busy');
    const payment = await payFor(clinic, { email });
    expect((await untilTold(clinic, payment.id, 'mail_delayed')).summary).toContain('451');
    await untilTold(clinic, payment.id, 'mail_sent');
    expect(mailsTo(email)).toHaveLength(1);
  });

  it('is tried at once when somebody asks, and that mail is still the original', async () => {
    const email = addressOf('busy');
    const payment = await payFor(clinic, { email });
    await untilTold(clinic, payment.id, 'mail_delayed');
    const answer = await post<{ variant: string }>(clinic, `/v1/documents/${theDocumentOf(payment)}/email`);
    expect([answer.status, answer.json.variant]).toEqual([202, 'original']);
    await untilTold(clinic, payment.id, 'mail_sent');
    expect(mailsTo(email)).toHaveLength(1);
  });

  it('that refuses the address is asked once, and the timeline says so', async () => {
    const payment = await payFor(clinic, { email: addressOf('refused') });
    const told = await untilTold(clinic, payment.id, 'mail_failed');
    expect(told.summary).toContain('550');
    expect(told.summary).not.toContain('@');
    const [row] = await books.query<{ attempts: number; left: Date | null }>(
      `SELECT m.attempts, d.original_left_at AS left FROM mails m JOIN tax_documents d ON d.id = m.document_id
       WHERE m.payment_id = $1`,
      [payment.id],
    );
    expect(row).toEqual({ attempts: 1, left: null });
  });

  it('that takes a mail without an answer gets it once more under the same id, and never a third time', async () => {
    const email = addressOf('lost');
    const payment = await payFor(clinic, { email });
    await untilMails(email, 1);
    // The next try is due in five seconds.
    const told = await untilTold(clinic, payment.id, 'mail_unconfirmed');
    expect(told.summary).toContain('may have been mailed');
    const mails = mailsTo(email);
    expect(new Set(mails.map(({ headers }) => headers['message-id'])).size).toBe(1);
    expect(mails).toHaveLength(2);
  });
});

describe('a payment request by e-mail', () => {
  let clinic: TestWorkspace;
  beforeAll(async () => {
    clinic = await openClinic();
  });

  it('leads the payer to the payment’s own address, in his language, and the app is told', async () => {
    const email = addressOf('ruth');
    const payment = await openPayment(clinic, {
      customer: { email, locale: 'en' },
      description: 'secretword',
      request: { channel: 'email', at: 'immediately' },
    });
    const [mail] = await untilMails(email, 1);
    expect(plain(mail?.headers['subject'])).toMatch(/^\[Test\] Payment request from Test Clinic · ₪/);
    expect(mail?.text).toContain(payment.link?.url);
    expect(mail?.html).toContain(`href="${payment.link?.url ?? ''}"`);
    expect(JSON.stringify(mail)).not.toContain('secretword');
    await untilTold(clinic, payment.id, 'mail_sent');
    expect(await books.eventsOf(payment.id)).toContain('payment.request_sent');
    const again = await post<{ code: string }>(clinic, `/v1/payments/${payment.id}/request`);
    expect([again.status, again.json.code]).toEqual([429, 'rate_limited']);
  });

  it('is sent when told, however it was planned, and counts its 30 days from when it is due', async () => {
    const email = addressOf('later');
    const at = new Date(Date.now() + 5 * 86_400_000);
    const payment = await openPayment(clinic, {
      customer: { email },
      request: { channel: 'email', at: at.toISOString(), remindAfterDays: 3 },
    });
    expect(Date.parse(payment.expiresAt)).toBe(at.getTime() + 30 * 86_400_000);
    const answer = await post<PaymentBody>(clinic, `/v1/payments/${payment.id}/request`);
    expect([answer.status, answer.json.id]).toEqual([202, payment.id]);
    await untilMails(email, 1);
    const [row] = await books.query<{ asked: boolean; owed: Date | null }>(
      `SELECT asked_at IS NOT NULL AS asked, owed_since AS owed FROM payment_requests WHERE payment_id = $1`,
      [payment.id],
    );
    expect(row).toEqual({ asked: true, owed: null });
  });

  it('is not sent for a payment that was paid before it was due, and cannot be asked for', async () => {
    const email = addressOf('quick');
    const { id } = await openPayment(clinic, {
      customer: { email },
      request: { channel: 'email', at: new Date(Date.now() + 4_000).toISOString() },
    });
    await payAtVendor(id);
    await untilStatus(clinic, id, 'completed');
    const refused = await post<{ code: string }>(clinic, `/v1/payments/${id}/request`);
    expect([refused.status, refused.json.code]).toEqual([409, 'already_paid']);
    await temporal.client.workflow.getHandle(`ask/${clinic.id}/${id}`).result();
    expect(mailsTo(email)).toEqual([]);
  });

  it('is overdue once after the workspace’s hours, and its payer reminded in its days', async () => {
    const email = addressOf('slow');
    const { id } = await openPayment(clinic, {
      customer: { email },
      request: { channel: 'email', at: 'immediately', remindAfterDays: 2 },
    });
    await untilMails(email, 1);
    // Two days and an hour ago, as far as the books know.
    await eventually('the mail as sent', async () => {
      const shifted = await books.query(
        `UPDATE mails SET sent_at = sent_at - interval '49 hours' WHERE payment_id = $1 AND status = 'sent' RETURNING id`,
        [id],
      );
      return shifted.length === 1 ? shifted : null;
    });
    await books.query(
      `UPDATE payment_requests SET asked_at = asked_at - interval '49 hours',
         last_asked_at = last_asked_at - interval '49 hours', owed_since = now() - interval '1 minute'
       WHERE payment_id = $1`,
      [id],
    );
    await untilMails(email, 2);
    expect(plain(mailsTo(email)[1]?.headers['subject'])).toContain('תזכורת');
    await eventually('both events', async () => {
      const events = await books.eventsOf(id);
      return events.filter((type) => type === 'payment.request_sent').length === 2 ? events : null;
    });
    expect((await books.eventsOf(id)).filter((type) => type === 'payment.overdue')).toHaveLength(1);
  });

  it('needs an address', async () => {
    const refused = await createPayment<{ errors: { pointer: string }[] }>(clinic, {
      request: { channel: 'email', at: 'end_of_day' },
    });
    expect([refused.status, refused.json.errors[0]?.pointer]).toEqual([422, '#/customer/email']);
  });
});
