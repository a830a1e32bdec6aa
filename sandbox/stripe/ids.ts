import { createHash, randomInt } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const MADE_BY = 24;

const randomText = (length: number): string =>
  Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)] ?? '').join('');

/** A fresh id of that kind: `re_3…`. */
export const newId = (kind: string): string => `${kind}_3${randomText(MADE_BY - 1)}`;

/** `cs_test_a1…` or `cs_live_a1…`, as long as Stripe's. */
export const newSessionId = (isLive: boolean): string => `cs_${isLive ? 'live' : 'test'}_a1${randomText(56)}`;

export const isLiveSession = (id: string): boolean => id.startsWith('cs_live_');

export const newSecret = (): string => `whsec_${randomText(32)}`;
export const newRequestId = (): string => `req_${randomText(14)}`;

/** The same id for the same thing, through restarts: `acct_1…`. */
export const idOf = (kind: string, of: string): string =>
  `${kind}_1${createHash('sha256').update(of).digest('base64').replace(/\W/g, '').slice(0, 16)}`;

/** The id of another kind with the same tail: a charge's `ch_3x` belongs to `pi_3x`, its money to `txn_3x`. */
export const twinId = (kind: string, id: string): string => `${kind}_${id.slice(id.lastIndexOf('_') + 1)}`;
