import { Webhook } from 'standardwebhooks';

const PREFIX = 'whsec_';
/** Minimum key length in bytes; a shorter key could be guessed. */
const SHORTEST_KEY = 16;

/** `whsec_` and base64, as Standard Webhooks writes secrets, or any text that can be typed. */
export function isUsableSecret(secret: string): boolean {
  if (!secret.startsWith(PREFIX)) return /^[\x21-\x7e]{8,200}$/.test(secret);
  const text = secret.slice(PREFIX.length);
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) && Buffer.from(text, 'base64').length >= SHORTEST_KEY;
}

/** The headers with id, time and signature (standardwebhooks.com). `id` is the same at every try. */
export function signedHeaders(
  secret: string,
  message: { readonly id: string; readonly body: string; readonly at: Date },
): Readonly<Record<string, string>> {
  const { id, body, at } = message;
  const webhook = secret.startsWith(PREFIX)
    ? new Webhook(secret)
    : new Webhook(Buffer.from(secret, 'utf8'), { format: 'raw' });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': webhook.sign(id, at, body),
  };
}
