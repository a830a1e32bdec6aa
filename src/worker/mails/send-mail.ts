import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer';

/** A mail to one payer, ready to go. */
export interface Letter {
  /** Of our row: it makes the Message-ID, so that a second try is recognised as the same mail. */
  readonly id: string;
  readonly to: string;
  /** How the business is called beside the sender's address. */
  readonly senderName: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly createdAt: Date;
  readonly pdf: { readonly fileName: string; readonly bytes: Buffer } | null;
}

/** Where mails go. */
export interface MailServer {
  /** @throws MailError */
  send(letter: Letter): Promise<void>;
}

/** A mail that was not taken, as far as is known. The message holds codes only: servers quote addresses. */
export class MailError extends Error {
  override readonly name = 'MailError';
  /** The server refused this mail for good: the same one again would be refused again. */
  readonly isFinal: boolean;
  /** The whole mail was handed over and no answer came back: it may arrive. */
  readonly isAnswerLost: boolean;

  constructor(message: string, fate: { isFinal?: boolean; isAnswerLost?: boolean } = {}) {
    super(message);
    this.isFinal = fate.isFinal ?? false;
    this.isAnswerLost = fate.isAnswerLost ?? false;
  }
}

/** Where mails are left: a server, else a folder (one .eml a mail; the dev environment's), else nowhere. */
export interface MailOptions {
  readonly smtpUrl: string | null;
  readonly mailDir: string | null;
  /** The sender's address. */
  readonly from: string;
}

/** All steps of one mail together stay below the time after which its worker is believed dead (db/mails.ts). */
const LIMITS = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
  dnsTimeout: 5_000,
};

export function createMailServer({ smtpUrl, mailDir, from }: MailOptions): MailServer {
  if (smtpUrl !== null) return createSmtpServer(smtpUrl, from);
  if (mailDir !== null) return createMailFolder(mailDir, from);
  return {
    send: () => Promise.reject(new MailError('no mail server is configured: set SMTP_URL for the worker')),
  };
}

function createSmtpServer(url: string, from: string): MailServer {
  // Without `requireTLS` whoever sits in between only has to hide the server's offer to encrypt.
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

function createMailFolder(folder: string, from: string): MailServer {
  return {
    send: async (letter) => {
      await mkdir(folder, { recursive: true });
      const draft = join(folder, `.${letter.id}.part`);
      await writeFile(draft, await toBytes(letter, from), { mode: 0o600 });
      await rename(draft, join(folder, `${letter.id}.eml`));
    },
  };
}

/** The certificate of a server on the same machine says nothing, and nobody listens in between. */
function isLoopback(url: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(new URL(url).hostname);
}

/** The mail as it goes over the wire. No text in it can make the composer read a file or an address. */
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
      letter.pdf === null
        ? []
        : [
            {
              filename: letter.pdf.fileName,
              content: letter.pdf.bytes,
              contentType: 'application/pdf',
              contentTransferEncoding: 'base64',
            },
          ],
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** Steps at which a refusal is about this mail, not about us or the server's day. */
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
