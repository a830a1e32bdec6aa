import { z } from 'zod';
import { lenient, words } from './lenient.ts';
import { readJson } from './wire.ts';

/** The meaning of an answer's body. `refusal` has the vendor's words, which do not leave the client. */
export type Envelope =
  | { readonly kind: 'success'; readonly data: unknown }
  | { readonly kind: 'refusal'; readonly description: string }
  | { readonly kind: 'unreadable'; readonly isJson: boolean };

const RESULTS = z.object({
  status: z.enum(['success', 'error', 'rejected']),
  code: lenient(z.coerce.number()),
  description: lenient(words),
});
const ENVELOPE = z.object({
  results: z.unknown().optional(),
  result: z.unknown().optional(),
  message: lenient(words),
  data: z.unknown().optional(),
});

/**
 * Reads the envelope, `{ message }` or a bare JSON text: PayPlus answers errors in all three.
 * Source: docs/reference/payplus.md, "Envelope and errors".
 */
export function readEnvelope(text: string): Envelope {
  const body = readJson(text);
  if (body === undefined) return { kind: 'unreadable', isJson: false };
  if (typeof body === 'string') return { kind: 'refusal', description: body };
  const { results, result, message, data } = ENVELOPE.safeParse(body).data ?? {};
  const verdict = RESULTS.safeParse(results ?? result).data;
  if (verdict !== undefined) return toEnvelope(verdict, data);
  return message ? { kind: 'refusal', description: message } : { kind: 'unreadable', isJson: true };
}

/** A success with another code than 0 contradicts itself: it is neither a success nor a failure. */
function toEnvelope({ status, code, description }: z.infer<typeof RESULTS>, data: unknown): Envelope {
  if (status !== 'success') return { kind: 'refusal', description: description ?? status };
  return code === null || code === 0 ? { kind: 'success', data } : { kind: 'unreadable', isJson: true };
}
