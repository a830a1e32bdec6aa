import type { IncomingHttpHeaders } from 'node:http';
import { isFields } from '../fields.ts';
import type { Fields } from '../ledger/records.ts';
import { fieldsOf, isGoodCredential, textsOf } from '../vendor.ts';
import type { Answer, Route, VendorCall, VendorDeps } from '../vendor.ts';
import { hasOtherHabit } from '../habits.ts';
import { refuse } from './errors.ts';

/** The vendor's numbers for types of businesses. */
export const BUSINESS = { murshe: 1, company: 2, patur: 3, amuta: 4 } as const;
export type BusinessType = (typeof BUSINESS)[keyof typeof BUSINESS];

export interface Account {
  /** The API key id. */
  id: string;
  business: BusinessType;
  /** True if a document must not be dated before the newest one of its type (error 2405, "too early"). */
  isChronological: boolean;
  /** Whether it has the vendor's other habit (README of the sandbox). */
  isOther: boolean;
  /** Whether a negative receipt may have payments only, as in the vendor's own sample. */
  wantsPaymentsAlone: boolean;
}

const TOKEN_SECONDS = 3_600;

/** The sandbox has no sign-up: the key id says what type of business an account is. */
export function toAccount(id: string): Account {
  const kind =
    (['patur', 'amuta', 'company'] as const).find((name) => id.toLowerCase().includes(name)) ?? 'murshe';
  return {
    id,
    business: BUSINESS[kind],
    isChronological: id.toLowerCase().includes('chronological'),
    isOther: hasOtherHabit(id),
    wantsPaymentsAlone: hasOtherHabit(id) || id.toLowerCase().includes('payments-alone'),
  };
}

/** An `answer` for a route that wants a live bearer token. */
export function authenticated(answer: (account: Account, call: VendorCall) => Answer): Route['answer'] {
  return (call) => {
    const account = readBearer(call.headers, call.at);
    return account === null ? refuse({ code: 2700 }, 401) : answer(account, call);
  };
}

/** The API key id, which token calls contain and tokens hold. */
export function accountsOf(call: VendorCall): string[] {
  const { client_id: clientId, id } = fieldsOf(call);
  return textsOf(readBearer(call.headers, call.at)?.id ?? clientId ?? id);
}

/** The two ways to a token, and who it belongs to. */
export function accountRoutes({ now }: VendorDeps): Route[] {
  const route = { operation: 'credentials', referenceOf: () => null } as const;
  return [
    {
      ...route,
      verb: 'post',
      path: '/idp/v1/oauth/token',
      answer: (call) => answerOAuth(fieldsOf(call), now()),
    },
    { ...route, verb: 'post', path: '/account/token', answer: (call) => answerLegacy(fieldsOf(call), now()) },
    {
      ...route,
      verb: 'get',
      path: '/businesses/me',
      answer: authenticated(({ id, business }) => ({
        status: 200,
        json: { id: `business-${id}`, name: 'העסק לדוגמה', type: business, taxId: '000000018', active: true },
      })),
    },
  ];
}

function answerOAuth(request: Fields, now: Date): Answer {
  const { grant_type: grant, client_id: id, client_secret: secret, ...unknown } = request;
  const refuseToken = (status: number, error: string, error_description: string) => ({
    status,
    json: { error, error_description },
  });
  const [extra] = Object.keys(unknown);
  // One integration gets 404 here and stays with the older token call. Source: docs/reference/green-invoice.md,
  // "Tokens".
  if (typeof id === 'string' && hasOtherHabit(id)) return refuse({ code: 404 }, 404);
  if (extra !== undefined)
    return refuseToken(400, 'invalid_request', `${extra} is not a parameter of this call`);
  if (typeof grant !== 'string' || typeof id !== 'string' || typeof secret !== 'string') {
    return refuseToken(400, 'invalid_request', 'grant_type, client_id and client_secret are required');
  }
  if (grant !== 'client_credentials')
    return refuseToken(400, 'unsupported_grant_type', 'only client_credentials is supported');
  if (!isGoodCredential(id) || !isGoodCredential(secret))
    return refuseToken(401, 'invalid_client', 'the client is not known');
  const { token, expires } = newToken(id, now);
  return { status: 200, json: { accessToken: token, tokenType: 'Bearer', expiresAt: expires } };
}

function answerLegacy({ id, secret }: Fields, now: Date): Answer {
  if (!isGoodCredential(id) || !isGoodCredential(secret)) return refuse({ code: 2700 }, 401);
  const { token, expires } = newToken(id, now);
  return { status: 200, json: { token, expires }, headers: { 'x-authorization-bearer': token } };
}

/** A token contains its account and its expiry, so it survives a restart. It protects nothing: this is a sandbox. */
function newToken(id: string, now: Date): { token: string; expires: number } {
  const expires = Math.floor(now.getTime() / 1000) + TOKEN_SECONDS;
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return { token: `${part({ alg: 'none' })}.${part({ sub: id, exp: expires })}.sandbox`, expires };
}

function readBearer({ authorization }: IncomingHttpHeaders, now: Date): Account | null {
  const payload = /^Bearer [\w-]+\.([\w-]+)\.sandbox$/.exec(authorization ?? '')?.[1];
  if (payload === undefined) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    const { sub, exp } = isFields(claims) ? claims : {};
    return isGoodCredential(sub) && Number(exp) * 1000 > now.getTime() ? toAccount(sub) : null;
  } catch {
    return null;
  }
}
