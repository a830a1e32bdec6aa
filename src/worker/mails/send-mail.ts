import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer';

/** A file that a mail carries. */
export interface Attachment {
  readonly fileName: string;
  readonly type: 'application/pdf' | 'application/zip';
  readonly bytes: Buffer;
}

/** A mail to one reader, ready to go. */
export interface Letter {
  /** The id of our row. The Message-ID is made from it, so that a second try is recognised as the same mail. */
  readonly id: string;
  readonly to: string;
  /** The name of the business beside the address of the sender. */
  readonly senderName: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly createdAt: Date;
  readonly attachment: Attachment | null;
}

/** The transport of mails. */
export interface MailServer {
  /** A larger file is not given to it, bytes. */
  readonly mostAttachedBytes: number;
  /** @throws MailError */
  send(letter: Letter): Promise<void>;
}

/** A mail that was not accepted, as far as is known. The message has codes only, because servers quote addresses. */
export class MailError extends Error {
  override readonly name = 'MailError';
  /** The server refused this mail permanently: the same mail would be refused again. */
  readonly isFinal: boolean;
  /** The whole mail was sent and no answer came: it may arrive. */
  readonly isAnswerLost: boolean;

  constructor(message: string, fate: { isFinal?: boolean; isAnswerLost?: boolean } = {}) {
    super(message);
    this.isFinal = fate.isFinal ?? false;
    this.isAnswerLost = fate.isAnswerLost ?? false;
  }
}

/** The target of mails: a server, else a folder (one .eml per mail; in the dev environment), else nothing. */
export interface MailOptions {
  readonly smtpUrl: string | null;
  readonly mailDir: string | null;
  /** The sender's address. */
  readonly from: string;
  readonly mostAttachedBytes: number;
}

/** All steps of one mail together take less time than it takes for its worker to count as dead (db/mails.ts). */
const LIMITS = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
  dnsTimeout: 5_000,
};

/** Makes the way out for mails: the server, else the folder. With neither, every mail fails and says what to set. */
export function createMailServer({ mostAttachedBytes, ...options }: MailOptions): MailServer {
  return { mostAttachedBytes, ...createTransportOf(options) };
}

type Sender = Pick<MailServer, 'send'>;

function createTransportOf({ smtpUrl, mailDir, from }: Omit<MailOptions, 'mostAttachedBytes'>): Sender {
  if (smtpUrl !== null) return createSmtpServer(smtpUrl, from);
  if (mailDir !== null) return createMailFolder(mailDir, from);
  return {
    send: () => Promise.reject(new MailError('no mail server is configured: set SMTP_URL for the worker')),
  };
}

function createSmtpServer(url: string, from: string): Sender {
  // Without `requireTLS`, an attacker in between only has to hide the server's offer of encryption.
  const encryption = isLoopback(url) ? { ignoreTLS: true } : { requireTLS: true };
  const transport = createTransport({ url, ...LIMITS, ...encryption });
  return {
    send: async (letter) => {
      const source = Readable.from([await toBytes(letter, from)]);
      try {
        await transport.sendMail({ envelope: { from, to: [letter.to] }, raw: source });
      } catch (error) {
        throw toMailError(error, source.readableEnded);
      }
    },
  };
}

function createMailFolder(folder: string, from: string): Sender {
  return {
    send: async (letter) => {
      await mkdir(folder, { recursive: true });
      const draft = join(folder, `.${letter.id}.part`);
      await writeFile(draft, await toBytes(letter, from), { mode: 0o600 });
      await rename(draft, join(folder, `${letter.id}.eml`));
    },
  };
}

/** For a server on the same machine a certificate proves nothing, and nobody is in between. */
function isLoopback(url: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(new URL(url).hostname);
}

/** The mail on the wire. No text in it can make the composer read a file or an address. */
function toBytes(letter: Letter, from: string): Promise<Buffer> {
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const composer = new MailComposer({
    from: { name: letter.senderName, address: from },
    to: { name: '', address: letter.to },
    subject: letter.subject,
    text: letter.text,
    html: letter.html,
    messageId: `<${letter.id}@${domain}>`,
    date: letter.createdAt,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    attachments:
      letter.attachment === null
        ? []
        : [
            {
              filename: letter.attachment.fileName,
              content: letter.attachment.bytes,
              contentType: letter.attachment.type,
              contentTransferEncoding: 'base64',
            },
          ],
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** Steps at which a refusal concerns this mail, not us or the state of the server. */
const STEPS_ABOUT_THE_MAIL = ['MAIL FROM', 'RCPT TO', 'DATA'];

function toMailError(error: unknown, isHandedOver: boolean): MailError {
  const { code, command, responseCode } = error as {
    code?: unknown;
    command?: unknown;
    responseCode?: unknown;
  };
  const answer = typeof responseCode === 'number' ? responseCode : null;
  const named = [code, command, answer].filter(
    (part) => typeof part === 'string' || typeof part === 'number',
  );
  return new MailError(named.join(' ') || 'the mail could not be sent', {
    isFinal: answer !== null && answer >= 500 && STEPS_ABOUT_THE_MAIL.includes(String(command)),
    isAnswerLost: answer === null && isHandedOver,
  });
}
