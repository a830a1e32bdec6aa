import type { IncomingHttpHeaders } from 'node:http';
import { isGoodCredential } from '../vendor.ts';
import { ApiError, invalidRequest } from './api-error.ts';
import { idOf } from './ids.ts';

/** The default version of an account that chose none, as in stripe 23.1.0. */
export const DEFAULT_API_VERSION = '2026-10-28.endive';

export interface Caller {
  /** `acct_1…`: test and live data of one account are separate, so their ids differ here. */
  account: string;
  isLive: boolean;
  apiVersion: string;
}

/**
 * The caller, by Bearer, or Basic with the key as user name. Throws ApiError 401, or 400 for an unreadable version.
 */
export function readCaller(headers: IncomingHttpHeaders): Caller {
  const key = readKey(headers.authorization ?? '');
  if (key === '')
    throw unauthorized(
      "You did not provide an API key. Send it in the Authorization header, as in 'Authorization: Bearer YOUR_SECRET_KEY'.",
    );
  const isGood: boolean = isGoodCredential(key);
  if (!isGood) throw unauthorized(`Invalid API Key provided: ${key.slice(0, 8)}****${key.slice(-4)}`);
  const apiVersion = String(headers['stripe-version'] ?? DEFAULT_API_VERSION);
  if (!isApiVersion(apiVersion)) throw invalidRequest(`Invalid Stripe API version: ${apiVersion}`);
  return { account: toAccount(key), isLive: /^[sr]k_live_/.test(key), apiVersion };
}

export const isApiVersion = (version: string): boolean => /^20\d\d-[01]\d-[0-3]\d(\.[a-z]+)?$/.test(version);

/** The secret key of a call; empty if there is none. */
export function readKey(authorization: string): string {
  const [scheme = '', value = ''] = authorization.trim().split(/\s+/);
  if (/^bearer$/i.test(scheme)) return value;
  if (!/^basic$/i.test(scheme)) return '';
  return Buffer.from(value, 'base64').toString('utf8').split(':')[0] ?? '';
}

/**
 * A full-length key contains its account after `sk_test_`, so a rolled or restricted key opens the same account. A
 * shorter invented key is an account of its own.
 */
export function toAccount(key: string): string {
  const inside = /^[sr]k_(test|live)_(51[A-Za-z0-9]{14})[A-Za-z0-9]{20,}$/.exec(key);
  return idOf('acct', inside === null ? key : `${inside[1]} ${inside[2]}`);
}

const unauthorized = (message: string): ApiError =>
  new ApiError(401, { type: 'invalid_request_error', message });
