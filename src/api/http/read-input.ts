import type { Request } from 'express';
import { z } from 'zod';
import { fieldProblem, Problem } from '../../domain/problems.ts';
import type { FieldProblem } from '../../domain/problems.ts';
import { isBlank, lengthOf } from '../../domain/text.ts';
import { httpUrlFault } from '../../http-guard.ts';
import { jsonBody } from './read-body.ts';

/** Reads the body by its schema. @throws Problem validation_failed naming each field, malformed_json */
export function readBody<T>(request: Request, schema: z.ZodType<T>): T {
  return read(jsonBody(request), schema);
}

/** Reads query parameters by their schema; unknown ones are refused. */
export function readQuery<T>(request: Request, schema: z.ZodType<T>): T {
  return read({ ...request.query }, schema);
}

/** At most this many faults of one body are listed, so that an answer does not outgrow its request. */
const MOST_FAULTS = 50;

function read<T>(value: unknown, schema: z.ZodType<T>): T {
  const lost = pathOfLostField(value);
  if (lost !== null) throw fieldProblem(pointer(lost), 'cannot be stored under this name; use another one');
  const result = schema.safeParse(value, { error: plainWords });
  if (result.success) return result.data;
  const { issues } = result.error;
  const fields = issues.slice(0, MOST_FAULTS).flatMap(toFieldProblems).slice(0, MOST_FAULTS);
  const count = issues.reduce((sum, issue) => sum + ('keys' in issue ? issue.keys.length : 1), 0);
  const first = fields[0];
  const more = count > 1 ? ` (and ${count - 1} more)` : '';
  throw new Problem(
    'validation_failed',
    first ? `${first.pointer}: ${first.detail}${more}` : 'the request is not valid',
    {
      fields,
    },
  );
}

/** What a value must be, by the schema library's name of its kind. */
const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'text',
};

/** What is said of a field whose schema has no words of its own. Undefined: the words of the schema library. */
function plainWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'invalid_type') return undefined;
  if (issue.input === undefined) return 'is missing';
  const kind = KINDS[issue.expected];
  return kind === undefined ? undefined : `must be ${kind}`;
}

/** JavaScript treats `__proto__` specially: copies of an object drop it silently, and schemas do too. */
function pathOfLostField(value: unknown): string[] | null {
  if (typeof value !== 'object' || value === null) return null;
  if (Object.hasOwn(value, '__proto__')) return ['__proto__'];
  for (const [key, inner] of Object.entries(value)) {
    const path = pathOfLostField(inner);
    if (path !== null) return [key, ...path];
  }
  return null;
}

function toFieldProblems(issue: z.core.$ZodIssue): FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, MOST_FAULTS).map((key) => ({
      pointer: pointer([...issue.path, key]),
      detail: 'is not a field here; remove it',
    }));
  }
  if (issue.code === 'invalid_union') {
    return [
      {
        pointer: pointer(issue.path),
        detail: issue.message === 'Invalid input' ? 'does not have one of the allowed forms' : issue.message,
      },
    ];
  }
  return [{ pointer: pointer(issue.path), detail: issue.message }];
}

/** A JSON pointer (RFC 6901) as a URI fragment. */
export function pointer(path: readonly PropertyKey[]): string {
  return `#${path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`;
}

/**
 * Text without control characters, which can hide things on paper and in logs. Its length is counted in characters.
 */
export function text(least: number, most: number) {
  return z
    .string()
    .refine(
      (value) => lengthOf(value) >= least && lengthOf(value) <= most,
      `must have ${least} to ${most} characters`,
    )
    .refine(
      (value) => !/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u.test(value),
      'must not contain control characters',
    )
    .refine((value) => value.isWellFormed(), 'must be well-formed Unicode')
    .meta({ minLength: least, maxLength: most });
}

/** The same, with at least one visible character. */
export function words(least: number, most: number) {
  return text(least, most).refine(
    (value) => value === '' || !isBlank(value),
    'must contain visible characters',
  );
}

/** One of these texts. */
export function oneOf<const Value extends string>(values: readonly Value[]) {
  return z.enum(values, { error: `must be one of ${values.join(', ')}` });
}

/** An existing calendar day that a document can have. */
export const day = z.iso
  .date({ error: 'must be a date, YYYY-MM-DD' })
  .refine((value) => value >= '1900-01-01' && value <= '2999-12-31', {
    error: 'must lie between 1900-01-01 and 2999-12-31',
  });

/** An instant whose `+` came through a query unencoded. */
const PLUS_AS_SPACE = /^\d{4}-\d{2}-\d{2}T[\d:.]+ \d{2}:?\d{2}$/;

/** A time with its offset: `Z` or `+02:00`. */
export const instant = z.iso
  .datetime({
    offset: true,
    error: ({ input }) =>
      PLUS_AS_SPACE.test(String(input))
        ? 'has a space where its offset begins: in a query + means a space, so write %2B, or use UTC with Z'
        : 'must be an instant with an offset, such as 2026-01-31T12:00:00Z',
  })
  .transform((value) => new Date(value));

/** An http(s) address without user-info. */
export const httpUrl = text(1, 2_000)
  .superRefine((value, context) => {
    const message = httpUrlFault(value);
    if (message !== null) context.addIssue({ code: 'custom', message });
  })
  .meta({ format: 'uri' });

/** An e-mail address as HTML forms accept it, within the limits of RFC 5321. */
export const email = z
  .email({ pattern: z.regexes.html5Email, error: 'must be an e-mail address' })
  .max(254, 'has 254 characters at most')
  .refine((value) => value.lastIndexOf('@') <= 64, 'has 64 characters at most before the @');

/** Query of calls that take none. */
export const noQuery = z.strictObject({});

/** Body of calls that take none; it may be left out. */
export const emptyBody = z.strictObject({});

/** `limit` and `after` of every list. */
export const pageQuery = {
  limit: z.coerce
    .number({ error: 'must be a number' })
    .int()
    .min(1)
    .max(200, 'is 200 at most')
    .default(50)
    .describe('How many at most.'),
  after: z.string().max(200).optional().describe('`next` of the page before. Leave it out to begin.'),
};
