// The pictures of the publication: how a value is written into its width
// (docs/reference/uniform-structure.md, "Files and encoding").

/** `X(n)`: text on the left, spaces on the right. What is too long is cut. */
export function text(length: number, value: string | null): string {
  return plain(value ?? '')
    .slice(0, length)
    .padEnd(length);
}

/** `9(n)`: digits on the right, zeros on the left. @throws RangeError if it is no number, or too long */
export function digits(length: number, value: number | string | null): string {
  const written = String(value ?? 0);
  if (!/^\d+$/.test(written) || written.length > length)
    throw new RangeError(`"${written}" cannot be written with ${length} digits`);
  return written.padStart(length, '0');
}

/** `X9(whole)v99`: a sign, then minor units. @throws RangeError if it is too long */
export function amount(minor: number, whole = 12): string {
  return `${minor < 0 ? '-' : '+'}${digits(whole + 2, Math.abs(minor))}`;
}

/** `YYYYMMDD` of a day; zeros for none. */
export function date(day: string | null): string {
  return day === null ? digits(8, 0) : day.replaceAll('-', '');
}

/** The fields of a record as its line. @throws RangeError if they do not come to its length */
export function record(length: number, fields: readonly string[]): string {
  const line = fields.join('');
  if (line.length !== length)
    throw new RangeError(`${fields[0] ?? ''} has ${line.length} characters, not ${length}`);
  return line;
}

/** Characters that the code page lacks and paper has another one for. */
const INSTEAD: Readonly<Record<string, string>> = {
  '״': '"',
  '“': '"',
  '”': '"',
  '׳': "'",
  '’': "'",
  '–': '-',
  '—': '-',
  '־': '-',
  '₪': 'ILS',
  '…': '...',
};

/** Text in the characters of ISO-8859-8: points of Hebrew letters are left out, what is unknown is `?`. */
function plain(value: string): string {
  return value
    .normalize('NFC')
    .replace(/[\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u200E\u200F]/g, '')
    .replace(/[^\u0020-\u007E\u05D0-\u05EA]/gu, (sign) => INSTEAD[sign] ?? '?');
}

const ALEF = 0x5d0;

/** Where a code page has the Hebrew letters; each has ASCII below. */
export const CODE_PAGES = { 'iso-8859-8': 0xe0, 'windows-1255': 0xe0, cp862: 0x80 } as const;

/** Lines of `text` as bytes of a code page, each ended by CR LF. */
export function toBytes(lines: readonly string[], page: keyof typeof CODE_PAGES = 'iso-8859-8'): Buffer {
  const first = CODE_PAGES[page];
  const all = lines.map((line) => `${line}\r\n`).join('');
  const bytes = Buffer.alloc(all.length);
  for (let at = 0; at < all.length; at += 1) {
    const code = all.charCodeAt(at);
    bytes[at] = code >= ALEF ? code - ALEF + first : code;
  }
  return bytes;
}
