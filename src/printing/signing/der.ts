/** Tags of the ASN.1 types that a signature is made of. */
export const TAG = {
  integer: 0x02,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  set: 0x31,
} as const;

/** One value in DER (ITU-T X.690): tag, length, content. */
export function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

/** A context-specific constructed tag: `[0]`, `[4]` … */
export function context(number: number): number {
  return 0xa0 | number;
}

/** An object identifier by its dotted text. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(TAG.oid, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** A set, in the order that DER gives its members. */
export function set(tag: number, members: readonly Buffer[]): Buffer {
  return der(tag, ...[...members].sort((a, b) => Buffer.compare(a, b)));
}

/** The values within a constructed value, each with its tag and length. @throws RangeError when it is cut off */
export function membersOf(value: Buffer): Buffer[] {
  const members: Buffer[] = [];
  for (let at = headLength(value); at < value.length; at += members.at(-1)?.length ?? 0) {
    const rest = value.subarray(at);
    members.push(rest.subarray(0, headLength(rest) + contentLength(rest)));
  }
  return members;
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

function headLength(value: Buffer): number {
  const short = value.readUInt8(1);
  return short < 0x80 ? 2 : 2 + (short & 0x7f);
}

function contentLength(value: Buffer): number {
  const short = value.readUInt8(1);
  return short < 0x80 ? short : value.readUIntBE(2, short & 0x7f);
}

function base128(part: number): number[] {
  const digits = [part & 0x7f];
  for (let left = part >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}
