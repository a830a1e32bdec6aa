import { createHash } from 'node:crypto';
import { isId } from '../../../domain/ids.ts';
import type { WebhookDelivery, WebhookReading } from '../payment-provider.ts';
import { toMethod, toSecret } from './page-codes.ts';
import { meaningOf, readJson } from './wire.ts';

type AcceptedKind = Extract<WebhookReading, { verdict: 'accepted' }>['kind'];
type Form = ReadonlyMap<string, string>;

const KINDS: Readonly<Record<string, AcceptedKind>> = {
  '2': 'charge',
  '3': 'refund',
  '4': 'refund',
  '6': 'refund',
  '9': 'decline',
};

/**
 * Reads a callback. Grow signs nothing. The processToken in it, which no payer ever sees, is returned as
 * `pageSecret`; the caller that stores the event compares it.
 * Source: docs/reference/grow.md, "Callback".
 */
export function readCallback({ body, headers }: WebhookDelivery): WebhookReading {
  const form = readForm(body.toString('utf8'), headers['content-type'] ?? '');
  const pageId = fieldOf(form, 'processId');
  const token = fieldOf(form, 'processToken');
  if (pageId === null) {
    return {
      verdict: 'quarantined',
      reason: 'the callback names no process',
      eventId: null,
      isUnsigned: true,
    };
  }
  if (token === null) return { verdict: 'bad_signature', reason: 'the field processToken is missing' };
  const transactionId = fieldOf(form, 'transactionId');
  const statusCode = fieldOf(form, 'statusCode') ?? '';
  const digest = createHash('sha256').update(body).digest('hex');
  return {
    verdict: 'accepted',
    eventId: transactionId === null ? digest : `${transactionId}:${statusCode}`,
    kind: meaningOf(KINDS, statusCode) ?? 'other',
    paymentId: paymentIdOf(form),
    pageId,
    pageSecret: toSecret({ token, method: toMethod(customFieldOf(form, 'cField2')) }),
    transactionId,
  };
}

function paymentIdOf(form: Form): string | null {
  const told = customFieldOf(form, 'cField1');
  return told !== null && isId('payment', told) ? told : null;
}

function customFieldOf(form: Form, name: string): string | null {
  const parents = ['data[customFields]', 'data[customField]', 'data', 'customFields', 'customField'];
  const told = [...parents.map((parent) => `${parent}[${name}]`), name];
  return told.map((key) => form.get(key)?.trim() ?? '').find((text) => text !== '') ?? null;
}

/**
 * `data[name]` first, then the flat key that a few integrations saw. Values may carry stray spaces.
 * Source: docs/reference/grow.md, "Callback".
 */
function fieldOf(form: Form, name: string): string | null {
  return form.get(`data[${name}]`)?.trim() || form.get(name)?.trim() || null;
}

/** Urlencoded as always observed, multipart as the documentation would allow, JSON as a last resort. */
export function readForm(text: string, contentType: string): Form {
  const boundary = /^multipart\/form-data\b.*?boundary="?([^";]+)/i.exec(contentType)?.[1];
  if (boundary !== undefined) return readMultipart(text, boundary);
  const json = /^\s*\{/.test(text) ? readJson(text) : undefined;
  return json === undefined ? new Map(new URLSearchParams(text)) : new Map(flatten(json, '', DEEPEST));
}

function readMultipart(text: string, boundary: string): Form {
  const parts = `\r\n${text}`.split(`\r\n--${boundary}`).flatMap((part) => {
    const [head = '', ...rest] = part.split('\r\n\r\n');
    const name = /\bname="([^"]*)"/i.exec(head)?.[1];
    return name === undefined ? [] : [[name, rest.join('\r\n\r\n')] as const];
  });
  return new Map(parts);
}

/** `data`, `customFields`, `cField1`: anything deeper is not from Grow. */
const DEEPEST = 3;

/** Nested objects as form keys: `{data: {sum: 1}}` is `data[sum]`. */
function flatten(value: unknown, key: string, depth: number): [string, string][] {
  if (typeof value === 'string' || typeof value === 'number') return [[key, String(value)]];
  if (typeof value !== 'object' || value === null || depth === 0) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    flatten(inner, key === '' ? name : `${key}[${name}]`, depth - 1),
  );
}
