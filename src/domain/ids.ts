/** Prefixes of our ids: the prefix says what an id names, the rest sorts by time of making. */
export const ID_PREFIXES = {
  workspace: 'ws',
  apiKey: 'key',
  account: 'acc',
  payment: 'pay',
  page: 'page',
  transaction: 'txn',
  providerEvent: 'in',
  refund: 'ref',
  dispute: 'dis',
  resolution: 'res',
  document: 'doc',
  push: 'push',
  event: 'evt',
  endpoint: 'whe',
  attempt: 'att',
  export: 'exp',
  mail: 'mail',
} as const;
export type IdKind = keyof typeof ID_PREFIXES;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** A new id such as `pay_01kb2…`: 48 bits of milliseconds, 80 random bits, Crockford base 32. */
export function newId(kind: IdKind, now: number = Date.now()): string {
  const random = crypto.getRandomValues(new Uint8Array(10));
  let value = BigInt(now);
  for (const byte of random) value = (value << 8n) | BigInt(byte);
  let text = '';
  for (let i = 0; i < 26; i += 1) {
    text = ALPHABET.charAt(Number(value & 31n)) + text;
    value >>= 5n;
  }
  return `${ID_PREFIXES[kind]}_${text}`;
}

/** A whole number up to 2^53−1 as the last `length` digits of base 32, in the alphabet of ids: sorted as the numbers are. */
export function toIdDigits(value: number, length: number): string {
  let text = '';
  for (let left = value; text.length < length; left = Math.floor(left / 32))
    text = ALPHABET.charAt(left % 32) + text;
  return text;
}

/** Whether `text` has the shape of an id of this kind. It says nothing about whether it exists. */
export function isId(kind: IdKind, text: string): boolean {
  return new RegExp(`^${ID_PREFIXES[kind]}_[0-9a-z]{26}$`).test(text);
}

/** An unguessable token, 192 random bits as base64url: for links and webhook addresses. */
export function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}
