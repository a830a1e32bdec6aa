import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { isId } from '../../../domain/ids.ts';
import type { WebhookDelivery, WebhookReading } from '../payment-provider.ts';
import { APPROVED } from './status.ts';
import { CALLBACK, readJson } from './wire.ts';
import type { WireCallback } from './wire.ts';

type AcceptedKind = Extract<WebhookReading, { verdict: 'accepted' }>['kind'];

/**
 * Verifies the raw bytes against any of the secrets, then reads them. The signature covers no time, so a replay
 * verifies too. It has the same event id, and its content is only a hint.
 * Source: docs/reference/payplus.md, "Callback delivery and signature".
 */
export function readCallback(delivery: WebhookDelivery, secrets: readonly string[]): WebhookReading {
  const claimed = delivery.headers['hash'];
  if (claimed === undefined) return { verdict: 'bad_signature', reason: 'the header hash is missing' };
  if (!isSigned(delivery.body, claimed, secrets)) {
    return { verdict: 'bad_signature', reason: 'the header hash does not belong to this body' };
  }
  const callback = CALLBACK.safeParse(readJson(delivery.body.toString('utf8'))).data;
  if (callback === undefined) {
    return {
      verdict: 'quarantined',
      reason: 'the body is not a callback about a transaction',
      eventId: null,
    };
  }
  return toReading(callback, delivery.body);
}

/** First the raw bytes, then the body re-serialised by JavaScript, which is what PayPlus's documentation signs. */
function isSigned(body: Buffer, claimed: string, secrets: readonly string[]): boolean {
  const parsed = readJson(body.toString('utf8'));
  const messages = parsed === undefined ? [body] : [body, Buffer.from(JSON.stringify(parsed))];
  return messages.some((message) => secrets.some((secret) => isEqual(sign(message, secret), claimed)));
}

/** Base64 of HMAC-SHA256. */
export function sign(message: Buffer, secret: string): string {
  return createHmac('sha256', secret).update(message).digest('base64');
}

function isEqual(expected: string, claimed: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(claimed)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function toReading(callback: WireCallback, body: Buffer): WebhookReading {
  const { uid, type, statusCode, pageUid, moreInfo } = callback;
  const eventId = uid === null ? null : `${uid}:${type ?? ''}:${statusCode ?? ''}`;
  const paymentId = moreInfo !== null && isId('payment', moreInfo) ? moreInfo : null;
  if (paymentId === null && pageUid === null) {
    return { verdict: 'quarantined', reason: 'the callback names no payment', eventId };
  }
  return {
    verdict: 'accepted',
    eventId: eventId ?? createHash('sha256').update(body).digest('hex'),
    kind: toKind(callback),
    paymentId,
    pageId: pageUid,
    pageSecret: null,
    transactionId: uid,
  };
}

function toKind({ type, statusCode }: WireCallback): AcceptedKind {
  const kind = type?.toLowerCase();
  if (kind === 'refund' || kind === 'cancel') return 'refund';
  if (kind !== 'charge' || statusCode === null) return 'other';
  return statusCode === APPROVED ? 'charge' : 'decline';
}
