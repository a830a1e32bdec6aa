import { Webhook } from 'standardwebhooks';
import type { webhooks } from './description.ts';

export type EventType = keyof webhooks;

/** An event of one type: `EventOf<'payment.completed'>`. */
export type EventOf<Type extends EventType> =
  webhooks[Type]['post']['requestBody']['content']['application/json'];

/** Every event that this version of the client knows; `type` tells them apart. Newer ones may come: ignore them. */
export type TashlumEvent = { [Type in EventType]: EventOf<Type> }[EventType];

/** Headers as fetch, Express or Node's own server give them. */
export type EventHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** It is not from Tashlum, or too old, or changed on its way. Answer 400. */
export class UnverifiedEvent extends Error {
  override readonly name = 'UnverifiedEvent';
}

const NAMES = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

/**
 * Checks that an event comes from Tashlum, by the official library of Standard Webhooks, and reads it.
 *
 * @param body the raw body as it came, before anything parsed it
 * @param secrets the endpoint's secret (`whsec_…`), or several of them, such as the old and the new one amid a rotation
 * @throws UnverifiedEvent if no secret fits, a header is missing, or it was sent more than 5 minutes ago
 * @throws TypeError if the body was parsed before: that is a fault of the app
 */
export function verifyEvent(
  body: string | Uint8Array,
  headers: EventHeaders,
  secrets: string | readonly string[],
): TashlumEvent {
  const text = typeof body === 'string' ? body : toText(body);
  const sent = readHeaders(headers);
  const keys = [secrets].flat().map(toWebhook);
  if (keys.length === 0) throw new Error("verifyEvent needs the endpoint's secret");
  let refusal: unknown;
  for (const key of keys) {
    try {
      return key.verify(text, sent) as TashlumEvent;
    } catch (error) {
      refusal = error;
    }
  }
  const why = refusal instanceof Error ? refusal.message : String(refusal);
  throw new UnverifiedEvent(`the event was not verified: ${why}`, { cause: refusal });
}

function toWebhook(secret: string): Webhook {
  try {
    return new Webhook(secret);
  } catch (cause) {
    throw new Error("the endpoint's secret cannot be read: it begins with whsec_ and goes on in base64", {
      cause,
    });
  }
}

/** Every byte counts: what is not UTF-8 was not signed by us, and a byte order mark is not dropped. */
function toText(body: Uint8Array): string {
  if (!ArrayBuffer.isView(body)) {
    throw new TypeError(
      'verifyEvent needs the raw body, and something has parsed it. ' +
        'In Express: put this route, with express.raw, before app.use(express.json())',
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch (cause) {
    throw new UnverifiedEvent('the event was not verified: its body is not UTF-8', { cause });
  }
}

function readHeaders(headers: EventHeaders): Record<string, string> {
  const read = headers instanceof Headers ? headers : new Map(toEntries(headers));
  return Object.fromEntries(NAMES.map((name) => [name, read.get(name) ?? '']));
}

function toEntries(headers: Exclude<EventHeaders, Headers>): [string, string][] {
  return Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value ?? ''].flat().join(' ')]);
}
