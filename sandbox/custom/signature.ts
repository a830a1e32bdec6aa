import { createHmac, timingSafeEqual } from 'node:crypto';
import type { VendorCall } from '../vendor.ts';

const TOLERANCE_MS = 5 * 60_000;

/** The secret that documents of an account must be signed with. There is no sign-up, so the account names it. */
export const secretOf = (account: string): string => `secret-of-${account}`;

/** Why a message is refused, or null. Source: the Standard Webhooks specification. */
export function signatureFault(secret: string, { headers, rawBody, at }: VendorCall): string | null {
  const [id, stamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    String(headers[name] ?? ''),
  );
  if (!id || !stamp || !signatures) return 'the message is not signed';
  if (Math.abs(Number(stamp) * 1000 - at.getTime()) > TOLERANCE_MS) return 'the message is not of now';
  const expected = createHmac('sha256', secret).update(`${id}.${stamp}.${rawBody}`).digest();
  const isGenuine = signatures.split(' ').some((one) => {
    const given = one.startsWith('v1,') ? Buffer.from(one.slice(3), 'base64') : Buffer.alloc(0);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  return isGenuine ? null : 'the signature is wrong';
}
