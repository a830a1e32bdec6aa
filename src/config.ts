import { z } from 'zod';
import { readMasterKeys } from './secrets.ts';
import type { MasterKeys } from './secrets.ts';

/** What API and worker need to know of the outside. Frozen, read once by a main.ts. */
export interface Config {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  readonly host: string;
  readonly port: number;
  readonly metricsPort: number;
  /** Where payers and vendors reach the API, without a slash at the end. */
  readonly publicUrl: string;
  readonly adminKeys: readonly string[];
  readonly masterKeys: MasterKeys;
  /** When set, every vendor's address is the sandbox. */
  readonly sandboxUrl: string | null;
  /** Whether addresses that customers enter may be 127.0.0.1 or ::1. For the dev environment. */
  readonly outboundAllowLoopback: boolean;
  /** Where mails go: a server, else (the dev environment) a folder, else nowhere; and from which address. */
  readonly mail: {
    readonly smtpUrl: string | null;
    readonly mailDir: string | null;
    readonly from: string;
  };
  /** The most that a call to a vendor may take, milliseconds; most take less by themselves. */
  readonly vendorTimeoutMs: number;
  readonly chromiumPath: string | null;
  /** Where the certificates lie that sign documents, and what their signatures are worth in law; null: nothing is signed. */
  readonly signing: { readonly folder: string; readonly grade: 'secured' | 'certified' } | null;
  readonly logLevel: string;
  readonly isProduction: boolean;
}

/** Configuration that cannot be used. The message names the variable and the fix. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);

const adminKeys = z
  .string({ error: 'is missing: one or two keys of at least 24 characters, by comma' })
  .transform((text) => text.split(',').map((key) => key.trim()))
  .refine((keys) => keys.every((key) => key.length >= 24), 'must have at least 24 characters in every key');

const Environment = z.object({
  DATABASE_URL: z.string({ error: 'is missing: postgres://user:password@host/database' }).min(1),
  TEMPORAL_ADDRESS: z.string({ error: 'is missing: host:port of the Temporal server' }).min(1),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  HOST: z.string().default('0.0.0.0'),
  PORT: port(8080),
  METRICS_PORT: port(9464),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be the http(s) address payers and vendors reach' })
    .optional(),
  TASHLUM_ADMIN_KEY: adminKeys,
  TASHLUM_ENCRYPTION_KEYS: z.string({ error: 'is missing: "k1:<base64 of 32 random bytes>"' }),
  SANDBOX_URL: z.url().optional(),
  OUTBOUND_ALLOW_LOOPBACK: z.enum(['true', 'false'], { error: 'must be true or false' }).default('false'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be smtp://user:password@host:port, or smtps://' })
    .optional(),
  MAIL_DIR: z.string().optional(),
  MAIL_FROM: z.email({ pattern: z.regexes.html5Email, error: 'must be an e-mail address' }).optional(),
  VENDOR_TIMEOUT_SECONDS: z.coerce
    .number({ error: 'must be a number of seconds' })
    .min(1, 'must be 1 or more')
    .max(40, 'must be 40 at most: an activity has 45')
    .default(30),
  CHROMIUM_PATH: z.string().optional(),
  SIGNING_DIR: z.string().optional(),
  SIGNING_GRADE: z
    .enum(['secured', 'certified'], {
      error: 'must be secured, or certified where a registered authority issued every certificate',
    })
    .default('secured'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
  NODE_ENV: z.string().default('production'),
});

/** Validates the environment. @throws ConfigError naming every variable that is wrong, one a line */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  // A variable that is set to nothing, as compose files do, is one that is not set.
  const read = Environment.safeParse(
    Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')),
  );
  if (!read.success) {
    const lines = read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new ConfigError(lines.join('\n'));
  }
  const given = read.data;
  const isProduction = given.NODE_ENV === 'production';
  const publicUrl = readPublicUrl(given.PUBLIC_URL, given.PORT, isProduction);
  return Object.freeze({
    databaseUrl: given.DATABASE_URL,
    temporalAddress: given.TEMPORAL_ADDRESS,
    temporalNamespace: given.TEMPORAL_NAMESPACE,
    host: given.HOST,
    port: given.PORT,
    metricsPort: given.METRICS_PORT,
    publicUrl,
    adminKeys: given.TASHLUM_ADMIN_KEY,
    masterKeys: readKeys(given.TASHLUM_ENCRYPTION_KEYS),
    sandboxUrl: given.SANDBOX_URL?.replace(/\/$/, '') ?? null,
    outboundAllowLoopback: given.OUTBOUND_ALLOW_LOOPBACK === 'true',
    mail: {
      smtpUrl: given.SMTP_URL ?? null,
      mailDir: given.MAIL_DIR ?? null,
      from: given.MAIL_FROM ?? toSender(publicUrl),
    },
    vendorTimeoutMs: given.VENDOR_TIMEOUT_SECONDS * 1_000,
    chromiumPath: given.CHROMIUM_PATH ?? null,
    signing:
      given.SIGNING_DIR === undefined ? null : { folder: given.SIGNING_DIR, grade: given.SIGNING_GRADE },
    logLevel: given.LOG_LEVEL,
    isProduction,
  });
}

function readPublicUrl(url: string | undefined, listenPort: number, isProduction: boolean): string {
  if (isProduction && url?.startsWith('https://') !== true) {
    throw new ConfigError(
      'PUBLIC_URL must be set and https in production: payers and vendors are sent there',
    );
  }
  return (url ?? `http://127.0.0.1:${listenPort}`).replace(/\/$/, '');
}

/** The sender where none is named. An address of numbers is no domain that mail can come from. */
function toSender(publicUrl: string): string {
  const { hostname } = new URL(publicUrl);
  return `no-reply@${/[a-z]/i.test(hostname) && hostname.includes('.') ? hostname : 'tashlum.localhost'}`;
}

function readKeys(text: string): MasterKeys {
  try {
    return readMasterKeys(text);
  } catch (error) {
    throw new ConfigError(error instanceof Error ? error.message : 'TASHLUM_ENCRYPTION_KEYS cannot be read');
  }
}
