import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { startMailSink } from '../../../test/support/mail-sink.ts';
import { readMail } from '../../../test/support/read-mail.ts';
import { createMailServer, MailError } from '../mails/send-mail.ts';
import type { Letter, MailServer } from '../mails/send-mail.ts';

const FROM = 'no-reply@pay.clinic.test';
const SENDER = { from: FROM, mostAttachedBytes: 1_000_000 };
const BYTES = Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 31) % 256));
const LETTER: Letter = {
  id: 'mail_1',
  to: 'dana@example.com',
  senderName: 'קליניקת הגליל – רות לוי',
  subject: 'קבלה R-17 מאת קליניקת הגליל – רות לוי, חיפה והסביבה · ₪350.00',
  text: 'שלום,\n\n.\n.. שורה שמתחילה בנקודה\n',
  html: '<p dir="rtl">שלום</p>',
  createdAt: new Date('2026-01-05T08:11:12Z'),
  attachment: { fileName: 'R-17.pdf', type: 'application/pdf', bytes: BYTES },
};

const folder = mkdtempSync(join(tmpdir(), 'tashlum-mails-'));
let sink: Awaited<ReturnType<typeof startMailSink>>;
let server: MailServer;
beforeAll(async () => {
  sink = await startMailSink(folder);
  server = createMailServer({ smtpUrl: sink.url, mailDir: null, ...SENDER });
});
afterAll(async () => {
  await sink.stop();
  rmSync(folder, { recursive: true });
});

const receivedBy = (address: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(` ${address}.eml`))
    .map((name) => readMail(readFileSync(join(folder, name))));

const failureOf = (sending: Promise<void>): Promise<MailError> =>
  sending.then(
    () => {
      throw new Error('the mail was taken');
    },
    (error: unknown) => {
      if (error instanceof MailError) return error;
      throw error;
    },
  );

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('a mail that a server takes', () => {
  it('arrives as it was written: Hebrew subject, sender and words, and the very bytes of the file', async () => {
    await server.send(LETTER);
    const [mail, ...more] = receivedBy(LETTER.to);
    expect(more).toEqual([]);
    if (mail === undefined) throw new Error('nothing came');
    expect(mail.headers).toMatchObject({
      subject: LETTER.subject,
      from: `${LETTER.senderName} <${FROM}>`,
      to: LETTER.to,
      'message-id': '<mail_1@pay.clinic.test>',
      'auto-submitted': 'auto-generated',
    });
    expect(mail.text.replaceAll('\r\n', '\n').trimEnd()).toBe(LETTER.text.trimEnd());
    expect(mail.html.trimEnd()).toBe(LETTER.html);
    const [pdf] = mail.attachments;
    expect(pdf).toMatchObject({ fileName: 'R-17.pdf', type: 'application/pdf' });
    expect(sha256(pdf?.bytes ?? Buffer.alloc(0))).toBe(sha256(BYTES));
  });

  it('has one recipient and no header of the customer’s making', async () => {
    const trick = 'Clinic\r\nBcc: spy@example.com\r\n';
    await server.send({
      ...LETTER,
      to: 'tricked@example.com',
      senderName: trick,
      subject: trick,
      attachment: null,
    });
    expect(receivedBy('spy@example.com')).toEqual([]);
    const [mail] = receivedBy('tricked@example.com');
    expect(mail?.headers['to']).toBe('tricked@example.com');
    expect(Object.keys(mail?.headers ?? {})).not.toContain('bcc');
  });
});

describe('a mail that is not taken', () => {
  it('is refused for good where the server says so, and its address is not in the message', async () => {
    const failure = await failureOf(server.send({ ...LETTER, to: 'refused-1@example.com' }));
    expect(failure).toMatchObject({ isFinal: true, isAnswerLost: false });
    expect(failure.message).toContain('550');
    expect(failure.message).not.toContain('example.com');
  });

  it('may be tried again where the server is busy, and is then taken', async () => {
    const letter = { ...LETTER, to: 'busy-1@example.com' };
    expect(await failureOf(server.send(letter))).toMatchObject({ isFinal: false, isAnswerLost: false });
    await server.send(letter);
    expect(receivedBy(letter.to)).toHaveLength(1);
  });

  it('may be tried again where nobody listens', async () => {
    const nobody = createMailServer({ smtpUrl: 'smtp://127.0.0.1:9', mailDir: null, ...SENDER });
    expect(await failureOf(nobody.send(LETTER))).toMatchObject({ isFinal: false, isAnswerLost: false });
  });

  it('may have arrived where it was handed over and the answer was lost; a second one is known by its id', async () => {
    const letter = { ...LETTER, to: 'lost-1@example.com' };
    expect(await failureOf(server.send(letter))).toMatchObject({ isFinal: false, isAnswerLost: true });
    expect(await failureOf(server.send(letter))).toMatchObject({ isAnswerLost: true });
    const ids = receivedBy(letter.to).map(({ headers }) => headers['message-id']);
    expect(ids).toEqual(['<mail_1@pay.clinic.test>', '<mail_1@pay.clinic.test>']);
  });

  it('waits where no server is named, with a sentence that says what to set', async () => {
    const nowhere = createMailServer({ smtpUrl: null, mailDir: null, ...SENDER });
    expect((await failureOf(nowhere.send(LETTER))).message).toMatch(/SMTP_URL/);
  });
});

describe('a folder in place of a server', () => {
  it('gets one whole .eml file a mail, and no second one for the same mail', async () => {
    const own = join(folder, 'own');
    const files = createMailServer({ smtpUrl: null, mailDir: own, ...SENDER });
    await files.send(LETTER);
    await files.send(LETTER);
    expect(readdirSync(own)).toEqual(['mail_1.eml']);
    const mail = readMail(readFileSync(join(own, 'mail_1.eml')));
    expect(mail.headers['subject']).toBe(LETTER.subject);
    expect(sha256(mail.attachments[0]?.bytes ?? Buffer.alloc(0))).toBe(sha256(BYTES));
  });
});

describe('a mail server on another host', () => {
  it('is told nothing where it offers no encryption', async () => {
    // The sink represents such a server: this address leads to it and is not loopback.
    const { port } = new URL(sink.url);
    const other = createMailServer({ smtpUrl: `smtp://0.0.0.0:${port}`, mailDir: null, ...SENDER });
    const failure = await failureOf(other.send({ ...LETTER, to: 'open@example.com' }));

    expect(failure.message).toContain('STARTTLS');
    expect(failure).toMatchObject({ isFinal: false, isAnswerLost: false });
    expect(receivedBy('open@example.com')).toEqual([]);
  });
});
