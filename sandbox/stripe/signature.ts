import { createHmac } from 'node:crypto';
import type { Twist } from '../vendor.ts';

/** A genuine signature of this age is refused by every receiver that checks its time (300 s). */
const STALE_SECONDS = 3_600;

/**
 * `t=…,v1=…` over the very bytes that are sent. `at`: unix seconds.
 * Source: docs/reference/stripe.md, "Webhook signature".
 */
export function signEvent(body: string, secret: string, at: number): string {
  const v1 = createHmac('sha256', secret).update(`${at}.${body}`, 'utf8').digest('hex');
  return `t=${at},v1=${v1}`;
}

/** The header of an event sent at `at`, genuine or with the twist. */
export const toSignature = (body: string, secret: string, at: number, { forged, stale }: Twist): string =>
  signEvent(body, forged ? `not ${secret}` : secret, stale ? at - STALE_SECONDS : at);
