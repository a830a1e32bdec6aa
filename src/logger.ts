import { pino } from 'pino';
import type { Logger as PinoLogger } from 'pino';

/** Writes JSON lines; secrets and people are redacted. */
export type Logger = PinoLogger;

/** Names of fields that are never logged, at any depth. The only redaction list. */
const SECRET_FIELDS = [
  'authorization',
  'apiKey',
  'apiKeyId',
  'apiKeySecret',
  'secret',
  'secretKey',
  'webhookSecret',
  'password',
  'token',
  'credentials',
  'customer',
  'email',
  'phone',
  'name',
  'description',
  'metadata',
  'body',
];

/** Deeper than anything we log. Everything below is left out, so a cycle ends too. */
const DEEPEST = 8;

/**
 * JSON lines on stdout. Messages are ours and contain ids. Bodies of vendors and names of people are never logged.
 */
export function createLogger(options: { name: string; level: string }): Logger {
  return pino({
    base: { process: options.name },
    level: options.level,
    formatters: { log: (fields) => withoutSecrets(fields) as Record<string, unknown> },
    // Fields of a child logger do not pass the formatter.
    redact: {
      paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
      censor: '[redacted]',
    },
    serializers: { err: (error: unknown) => error },
  });
}

/**
 * Only error fields that cannot contain a row: `detail` and `where` of PostgreSQL quote values, errors of vendors
 * whole bodies.
 */
function fromError(error: Error): Record<string, unknown> {
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown };
  const { message, stack, cause } = error;
  return { type: error.name, message, stack, code, constraint, table, cause };
}

function withoutSecrets(value: unknown, depth = 0): unknown {
  if (value instanceof Error) return withoutSecrets(fromError(value), depth);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth === DEEPEST) return '[left out]';
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [
      field,
      SECRET_FIELDS.includes(field) ? '[redacted]' : withoutSecrets(inner, depth + 1),
    ]),
  );
}

/** What our paths consist of: words, ids, names of breakers. */
const KNOWN_SEGMENT = /^(|v\d|[a-z][a-z-]{0,23}(:[a-z]+)?(:acc_[0-9a-z]{26})?|[a-z]{2,4}_[0-9a-z]{1,26})$/;

/**
 * An address that may be logged: tokens in `/pay/{token}` and `/webhooks/{provider}/{token}` are masked, and the
 * query is dropped. Because a path can be written in many ways, everything but our words and ids is masked too.
 */
export function maskPath(path: string): string {
  return path
    .replace(/[?#].*$/s, '')
    .replace(/^(\/pay\/)[^/]+/i, '$1***')
    .replace(/^(\/webhooks\/[^/]+\/)[^/]+/i, '$1***')
    .split('/')
    .map((segment) => (KNOWN_SEGMENT.test(segment) ? segment : '***'))
    .join('/');
}
