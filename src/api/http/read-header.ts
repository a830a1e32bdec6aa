import type { IncomingMessage } from 'node:http';
import { Problem } from '../../domain/problems.ts';
import type { ProblemCode } from '../../domain/problems.ts';
import { words } from './read-input.ts';

type Headers = Pick<IncomingMessage, 'headersDistinct'>;

/** Names and reasons of people, which the audit log keeps. */
const SPOKEN = words(1, 200);

/**
 * The value of a header that may appear once; null if missing. If it appears twice, Node joins the values or drops
 * one, and a proxy may choose the other.
 * @throws Problem
 */
export function singleHeader(
  request: Headers,
  name: string,
  code: ProblemCode = 'header_invalid',
): string | null {
  const [value = null, ...more] = request.headersDistinct[name.toLowerCase()] ?? [];
  if (more.length > 0) throw new Problem(code, `send the header ${name} once: this request has several`);
  return value;
}

/** The text of a header; null if it is empty. Its bytes are UTF-8. @throws Problem header_invalid */
export function spokenHeader(request: Headers, name: string): string | null {
  const bytes = singleHeader(request, name)?.trim() ?? '';
  if (bytes === '') return null;
  const result = SPOKEN.safeParse(fromUtf8(bytes, name));
  if (result.success) return result.data;
  throw new Problem(
    'header_invalid',
    `the header ${name} ${result.error.issues[0]?.message ?? 'is not valid'}`,
  );
}

/** Node returns each byte of a header as one character. */
function fromUtf8(bytes: string, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(bytes, 'latin1')).trim();
  } catch {
    throw new Problem('header_invalid', `the header ${name} must be text in UTF-8`);
  }
}
