import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import type { Retention } from './domain/retention.ts';
import { toIsraeliTaxId } from './domain/workspace.ts';
import { readMasterKeys } from './secrets.ts';
import type { MasterKeys } from './secrets.ts';
import { SIGNING_VARIABLES, signingFaults, toSigning } from './signing-settings.ts';
import type { SigningSettings } from './signing-settings.ts';
import { TAX_AUTHORITY_VARIABLES, toTaxAuthorityAccess } from './tax-authority-access.ts';
import type { TaxAuthorityAccess } from './tax-authority-access.ts';

/** Configuration of both API and worker. Frozen, and read once by a main.ts. */
export interface Config {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  readonly host: string;
  readonly port: number;
  readonly metricsHost: string;
  readonly metricsPort: number;
  /** Which proxies may tell the address of the caller: how many stand before the API, or their addresses. */
  readonly trustedProxies: number | readonly string[];
  /** The address of the API for payers and vendors, without a slash at the end. */
  readonly publicUrl: string;
  readonly masterKeys: MasterKeys;
  /** If set, all vendors are at this address, the sandbox. */
  readonly sandboxUrl: string | null;
  /** Whether addresses entered by customers may be 127.0.0.1 or ::1. For the dev environment. */
  readonly outboundAllowLoopback: boolean;
  /** The transport of mails (a server, else a folder in the dev environment, else nothing), their sender, and the largest file of one. */
  readonly mail: {
    readonly smtpUrl: string | null;
    readonly mailDir: string | null;
    readonly from: string;
    readonly mostAttachedBytes: number;
  };
  /** Maximum time of a call to a vendor, in milliseconds; most calls have a lower limit of their own. */
  readonly vendorTimeoutMs: number;
  /** The browser that prints documents (null: whichever is found), and whether it may run without its own sandbox. */
  readonly browser: { readonly executablePath: string | undefined; readonly mayRunUncaged: boolean };
  /** Null: nothing is signed. */
  readonly signing: SigningSettings | null;
  /** Who made this program, as the uniform structure must name it; null: no such file can be made. */
  readonly maker: SoftwareMaker | null;
  /** This program at the tax authority, for allocation numbers; null: numbers are entered by hand. */
  readonly taxAuthority: TaxAuthorityAccess | null;
  readonly retention: Retention;
  /** An exchange rate is used for documents that wait for it so long after it was entered. */
  readonly rateWaitMinutes: number;
  readonly logLevel: string;
  readonly isProduction: boolean;
}

/** The maker of a bookkeeping program. Source: docs/reference/uniform-structure.md, "Files and encoding". */
export interface SoftwareMaker {
  /** Nine digits. */
  readonly taxId: string;
  readonly name: string;
  /** The certificate of registration, eight digits; null before there is one. */
  readonly certificate: string | null;
}

/** The worker needs no admin key, and prints text of customers, so it does not get the key. */
export interface ApiConfig extends Config {
  readonly adminKeys: readonly string[];
  /** Average requests per second of one key, at all API processes together. */
  readonly requestsPerSecond: number;
}

/** Configuration that cannot be used. The message names the variable and the fix. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const trueOrFalse = z.enum(['true', 'false'], { error: 'must be true or false' }).default('false');

/** A random key has more different characters than this; a repeated letter has not. */
const DIFFERENT_CHARACTERS = 8;

/** What is wrong with the admin keys as the end of a sentence, or null. */
function adminKeysFault(keys: readonly string[]): string | null {
  if (keys.length > 2) return 'must be one key, or two during a rotation';
  if (keys.some((key) => key.length < 24)) return 'must have at least 24 characters in every key';
  // A key that an "Authorization: Bearer …" header cannot carry would never be accepted.
  if (!keys.every((key) => /^[\x21-\x7e]{1,200}$/.test(key)))
    return 'must be ASCII without spaces, at most 200 characters per key: no request could send anything else';
  if (keys.some((key) => new Set(key).size < DIFFERENT_CHARACTERS))
    return 'must be random; make one with: openssl rand -hex 24';
  return null;
}

const adminKeys = z
  .string({ error: 'is missing: one or two keys of at least 24 characters, by comma' })
  .transform((text, context) => {
    const keys = text.split(',').map((key) => key.trim());
    const fault = adminKeysFault(keys);
    if (fault !== null) context.addIssue({ code: 'custom', message: fault });
    return keys;
  });

const requestsPerSecond = z.coerce
  .number({ error: 'must be a number of requests' })
  .int('must be a whole number')
  .min(1, 'must be 1 or more')
  .default(300);

const whole = (unit: string, least: number, most: number, fallback: number) =>
  z.coerce
    .number({ error: `must be a number of ${unit}` })
    .int(`must be a whole number of ${unit}`)
    .min(least, `must be ${least} or more`)
    .max(most, `must be ${most} at most`)
    .default(fallback);
const days = (least: number, fallback: number) => whole('days', least, 3_650, fallback);

const trustedProxies = z
  .string()
  .transform((text) => (/^\d{1,2}$/.test(text) ? Number(text) : text.split(',').map((part) => part.trim())))
  .refine(
    (given) => typeof given === 'number' || given.every(isProxyName),
    'must be the number of proxies in front of the API, or their addresses: "1", "10.0.0.0/8, 192.0.2.7"',
  )
  .default(0);

const GROUPS = ['loopback', 'linklocal', 'uniquelocal'];

function isProxyName(name: string): boolean {
  return GROUPS.includes(name) || ipaddr.isValid(name) || ipaddr.isValidCIDR(name);
}

const Environment = z.object({
  DATABASE_URL: z.string({ error: 'is missing: postgres://user:password@host/database' }).min(1),
  TEMPORAL_ADDRESS: z.string({ error: 'is missing: host:port of the Temporal server' }).min(1),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  HOST: z.string().default('0.0.0.0'),
  PORT: port(8080),
  METRICS_HOST: z.string().default('127.0.0.1'),
  METRICS_PORT: port(9464),
  TRUSTED_PROXIES: trustedProxies,
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be the http(s) address that payers and vendors use' })
    // It is the start of every address, also in mails.
    .refine((text) => !/[?#@]/.test(text), 'must have no user name, password, query or fragment')
    .optional(),
  TASHLUM_ENCRYPTION_KEYS: z.string({ error: 'is missing: "k1:<base64 of 32 random bytes>"' }),
  SANDBOX_URL: z.url().optional(),
  OUTBOUND_ALLOW_LOOPBACK: trueOrFalse,
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be smtp://user:password@host:port, or smtps://' })
    .optional(),
  MAIL_DIR: z.string().optional(),
  MAIL_FROM: z.email({ pattern: z.regexes.html5Email, error: 'must be an e-mail address' }).optional(),
  MAIL_ATTACHMENT_MB: z.coerce
    .number()
    .refine((mb) => mb >= 0 && mb <= 100, 'must be 0 to 100 megabytes')
    .default(10),
  VENDOR_TIMEOUT_SECONDS: z.coerce
    .number({ error: 'must be a number of seconds' })
    .min(1, 'must be 1 or more')
    .max(40, 'must be 40 at most, because an activity has 45')
    .default(30),
  CHROMIUM_PATH: z.string().optional(),
  CHROMIUM_UNCAGED: trueOrFalse,
  ...SIGNING_VARIABLES,
  SOFTWARE_MAKER_TAX_ID: z
    .string()
    .refine((text) => toIsraeliTaxId(text) !== null, 'must be an Israeli dealer number: nine digits')
    .optional(),
  SOFTWARE_MAKER_NAME: z.string().max(20, 'must have 20 characters at most').default('Tashlum'),
  SOFTWARE_CERTIFICATE: z
    .string()
    .regex(/^\d{1,8}$/, 'must be the number of the certificate: eight digits at most')
    .optional(),
  ...TAX_AUTHORITY_VARIABLES,
  // An app may repeat a request for three days. An endpoint that was disabled must find its events once it is repaired.
  IDEMPOTENCY_DAYS: days(3, 7),
  EVENTS_DAYS: days(30, 90),
  WEBHOOK_BODIES_DAYS: days(30, 180),
  EXCHANGE_RATE_WAIT_MINUTES: whole('minutes', 0, 1_440, 60),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
  NODE_ENV: z
    .enum(['development', 'test', 'production'], { error: 'must be development, test or production' })
    .default('production'),
});
type Given = z.infer<typeof Environment>;

type Variables = Readonly<Record<string, string | undefined>>;

/** Validates the environment of a worker. @throws ConfigError naming every wrong variable, one per line */
export function readConfig(env: Variables): Config {
  return Object.freeze(toConfig(read(Environment, env)));
}

/** The same for the API, which also has the admin keys. @throws ConfigError */
export function readApiConfig(env: Variables): ApiConfig {
  const own = { TASHLUM_ADMIN_KEY: adminKeys, REQUESTS_PER_SECOND: requestsPerSecond };
  const given = read(Environment.extend(own), env);
  return Object.freeze({
    ...toConfig(given),
    adminKeys: given.TASHLUM_ADMIN_KEY,
    requestsPerSecond: given.REQUESTS_PER_SECOND,
  });
}

function read<Schema extends z.ZodType>(schema: Schema, env: Variables): z.infer<Schema> {
  // An empty variable, as compose files set it, counts as missing.
  const result = schema.safeParse(
    Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')),
  );
  if (result.success) return result.data;
  throw new ConfigError(
    result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('\n'),
  );
}

function toConfig(given: Given): Config {
  const isProduction = given.NODE_ENV === 'production';
  const faults = [...(isProduction ? toyFaults(given) : []), ...signingFaults(given)];
  if (faults.length > 0) throw new ConfigError(faults.join('\n'));
  const publicUrl = readPublicUrl(given.PUBLIC_URL, given.PORT, isProduction);
  return {
    databaseUrl: given.DATABASE_URL,
    temporalAddress: given.TEMPORAL_ADDRESS,
    temporalNamespace: given.TEMPORAL_NAMESPACE,
    host: given.HOST,
    port: given.PORT,
    metricsHost: given.METRICS_HOST,
    metricsPort: given.METRICS_PORT,
    trustedProxies: given.TRUSTED_PROXIES,
    publicUrl,
    masterKeys: readKeys(given.TASHLUM_ENCRYPTION_KEYS),
    sandboxUrl: given.SANDBOX_URL?.replace(/\/$/, '') ?? null,
    outboundAllowLoopback: given.OUTBOUND_ALLOW_LOOPBACK === 'true',
    mail: {
      smtpUrl: given.SMTP_URL ?? null,
      mailDir: given.MAIL_DIR ?? null,
      from: given.MAIL_FROM ?? toSender(publicUrl),
      mostAttachedBytes: given.MAIL_ATTACHMENT_MB * 1_000_000,
    },
    vendorTimeoutMs: given.VENDOR_TIMEOUT_SECONDS * 1_000,
    browser: {
      executablePath: given.CHROMIUM_PATH,
      mayRunUncaged: given.CHROMIUM_UNCAGED === 'true',
    },
    signing: toSigning(given),
    maker: toMaker(given),
    taxAuthority: toTaxAuthorityAccess(given, given.SANDBOX_URL !== undefined),
    retention: {
      idempotencyKeys: given.IDEMPOTENCY_DAYS,
      events: given.EVENTS_DAYS,
      webhookBodies: given.WEBHOOK_BODIES_DAYS,
    },
    rateWaitMinutes: given.EXCHANGE_RATE_WAIT_MINUTES,
    logLevel: given.LOG_LEVEL,
    isProduction,
  };
}

function toMaker(given: Given): SoftwareMaker | null {
  const taxId = toIsraeliTaxId(given.SOFTWARE_MAKER_TAX_ID ?? '');
  const certificate = given.SOFTWARE_CERTIFICATE?.padStart(8, '0') ?? null;
  return taxId === null ? null : { taxId, name: given.SOFTWARE_MAKER_NAME, certificate };
}

/** A simulator that says "paid", and access to the local network, are for development only. */
function toyFaults(given: Given): string[] {
  return [
    given.SANDBOX_URL === undefined
      ? []
      : ['SANDBOX_URL must not be set in production: no real vendor would be called'],
    given.OUTBOUND_ALLOW_LOOPBACK === 'false'
      ? []
      : ['OUTBOUND_ALLOW_LOOPBACK must not be true in production: customers could reach this machine'],
  ].flat();
}

function readPublicUrl(url: string | undefined, listenPort: number, isProduction: boolean): string {
  if (isProduction && url?.startsWith('https://') !== true) {
    throw new ConfigError(
      'PUBLIC_URL must be set to an https address in production: payers and vendors use it',
    );
  }
  return (url ?? `http://127.0.0.1:${listenPort}`).replace(/\/$/, '');
}

/** The default sender. A numeric address is not a domain for mail. */
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
