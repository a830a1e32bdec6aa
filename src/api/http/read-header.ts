import type { IncomingMessage } from 'node:http';
import { Problem } from '../../domain/errors.ts';
import type { ProblemCode } from '../../domain/errors.ts';
import { words } from './read-input.ts';

type Headers = Pick<IncomingMessage, 'headersDistinct'>;

/** People's names and reasons, as the audit log keeps them. */
const SPOKEN = words(1, 200);

/**
 * The value of a header that may come once; null where it is missing. Of two, Node joins the values or drops the second, and
 * a proxy in front of us may believe the other one.
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

/** What a header says in words; null where it says nothing. Its bytes are UTF-8. @throws Problem header_invalid */
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

/** Node gives each byte of a header as one character. */
function fromUtf8(bytes: string, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(bytes, 'latin1')).trim();
  } catch {
    throw new Problem('header_invalid', `the header ${name} must be text in UTF-8`);
  }
}
