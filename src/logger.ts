import { pino } from 'pino';
import type { Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

/** Names of fields that are never written, wherever they stand. The one redaction list. */
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

/** JSON lines on stdout. Messages are ours and carry ids; vendors' bodies and people's names never get here. */
export function createLogger(options: { name: string; level: string }): Logger {
  return pino({
    base: { process: options.name },
    level: options.level,
    redact: {
      paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
      censor: '[redacted]',
    },
    serializers: { err: pino.stdSerializers.err },
  });
}

/**
 * An address as it may be logged: tokens in `/pay/{token}` and `/webhooks/{provider}/{token}` are masked, and the
 * query is dropped.
 */
export function maskPath(path: string): string {
  return path
    .replace(/\?.*$/, '')
    .replace(/^(\/pay\/)[^/]+/, '$1***')
    .replace(/^(\/webhooks\/[^/]+\/)[^/]+/, '$1***');
}
