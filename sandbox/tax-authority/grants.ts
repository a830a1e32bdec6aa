import { randomBytes } from 'node:crypto';
import { fieldsOf, textsOf } from '../vendor.ts';
import type { VendorCall } from '../vendor.ts';

/** Seconds, as the authority says. Source: docs/reference/israel-tax.md, "The authority's API". */
export const ACCESS_SECONDS = 601;
export const REFRESH_SECONDS = 7_776_000;
const CODE_SECONDS = 300;

/** What a person allowed a program. Each refresh token is good once. */
export interface Grants {
  /** A code that can be exchanged once, at the same return address. */
  newCode: (redirectUri: string) => string;
  takeCode: (code: string, redirectUri: string) => boolean;
  newTokens: () => { access: string; refresh: string };
  takeRefresh: (token: string) => boolean;
  isAccess: (token: string) => boolean;
}

export function createGrants(now: () => Date): Grants {
  const until = new Map<string, number>();
  const keep = (kind: string, seconds: number): string => {
    const token = `${kind}_${randomBytes(18).toString('base64url')}`;
    until.set(token, now().getTime() + seconds * 1_000);
    return token;
  };
  const isGood = (token: string): boolean => (until.get(token) ?? 0) > now().getTime();
  const take = (token: string): boolean => isGood(token) && until.delete(token);
  const places = new Map<string, string>();
  return {
    newCode(redirectUri) {
      const code = keep('code', CODE_SECONDS);
      places.set(code, redirectUri);
      return code;
    },
    takeCode: (code, redirectUri) => take(code) && places.get(code) === redirectUri,
    newTokens: () => ({ access: keep('access', ACCESS_SECONDS), refresh: keep('refresh', REFRESH_SECONDS) }),
    takeRefresh: (token) => token.startsWith('refresh_') && take(token),
    isAccess: (token) => token.startsWith('access_') && isGood(token),
  };
}

/** The dealer that a call is about; a fault can be set for it. */
export function accountsOf(call: VendorCall): string[] {
  const { vat_number: inV2, Vat_Number: inV1 } = fieldsOf(call);
  return textsOf(...[inV2, inV1].map((number) => (typeof number === 'number' ? String(number) : null)));
}
