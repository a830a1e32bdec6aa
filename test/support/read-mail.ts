/** A received mail, decoded by the standards (RFC 2047, RFC 2045) and by nothing that made it. */
export interface ReadMail {
  /** Names in lower case; encoded words are decoded. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly {
    readonly fileName: string;
    readonly type: string;
    readonly bytes: Buffer;
  }[];
}

interface Part {
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

export function readMail(raw: Buffer): ReadMail {
  const whole = readPart(raw.toString('latin1'));
  const parts = flatten(whole);
  const bodyOf = (type: string): string =>
    parts.find(({ headers }) => headers['content-type']?.startsWith(type))?.bytes.toString('utf8') ?? '';
  const attachments = parts
    .filter(({ headers }) => headers['content-disposition']?.startsWith('attachment'))
    .map(({ headers, bytes }) => ({
      fileName: /filename="?([^";]+)/.exec(headers['content-disposition'] ?? '')?.[1] ?? '',
      type: headers['content-type']?.split(';')[0] ?? '',
      bytes,
    }));
  return { headers: whole.headers, text: bodyOf('text/plain'), html: bodyOf('text/html'), attachments };
}

function readPart(text: string): Part & { readonly body: string } {
  const end = text.indexOf('\r\n\r\n');
  const lines = text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), decodeWords(line.slice(colon + 1).trim())];
    }),
  );
  const body = text.slice(end + 4);
  return { headers, body, bytes: decodeBody(body, headers['content-transfer-encoding'] ?? '7bit') };
}

function flatten(part: Part & { readonly body: string }): Part[] {
  const boundary = /boundary="?([^";]+)/.exec(part.headers['content-type'] ?? '')?.[1];
  if (boundary === undefined) return [part];
  return part.body
    .split(`--${boundary}`)
    .slice(1, -1)
    .flatMap((piece) => flatten(readPart(piece.replace(/^\r\n/, '').replace(/\r\n$/, ''))));
}

function decodeBody(body: string, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding === 'quoted-printable') return fromQuotedPrintable(body.replace(/=\r\n/g, ''));
  return Buffer.from(body, 'latin1');
}

function fromQuotedPrintable(text: string): Buffer {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_sign, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1');
}

/** Neighbouring words are one text; a character may not be split between them, but senders do it. */
function decodeWords(value: string): string {
  const joined = value.replace(/(\?=)\s+(=\?)/g, '$1$2');
  return joined.replace(/(?:=\?utf-8\?[bq]\?[^?]*\?=)+/gi, (run) => {
    const words = [...run.matchAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi)];
    return Buffer.concat(
      words.map(([, how = 'q', word = '']) =>
        how.toLowerCase() === 'b'
          ? Buffer.from(word, 'base64')
          : fromQuotedPrintable(word.replace(/_/g, ' ')),
      ),
    ).toString('utf8');
  });
}
