import { describe, expect, it } from '#jest';
import { ConfigError, readApiConfig, readConfig } from './config.ts';

const KEY = Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64');
const GOOD = {
  DATABASE_URL: 'postgres://app:secret@db/tashlum',
  TEMPORAL_ADDRESS: 'temporal:7233',
  PUBLIC_URL: 'https://pay.clinic.test',
  TASHLUM_ADMIN_KEY: 'an-admin-key-of-24-chars',
  TASHLUM_ENCRYPTION_KEYS: `k1:${KEY}`,
};

/** The lines a ConfigError shows for this environment. */
const complaints = (changes: Record<string, string | undefined>): string[] => {
  try {
    readApiConfig({ ...GOOD, ...changes });
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
};

describe('a complete environment', () => {
  it('is read, with defaults for what may be left out', () => {
    expect(readApiConfig(GOOD)).toEqual({
      databaseUrl: GOOD.DATABASE_URL,
      temporalAddress: 'temporal:7233',
      temporalNamespace: 'default',
      host: '0.0.0.0',
      port: 8080,
      metricsHost: '127.0.0.1',
      metricsPort: 9464,
      trustedProxies: 0,
      publicUrl: 'https://pay.clinic.test',
      adminKeys: [GOOD.TASHLUM_ADMIN_KEY],
      requestsPerSecond: 300,
      masterKeys: [{ id: 'k1', key: Buffer.from(KEY, 'base64') }],
      sandboxUrl: null,
      outboundAllowLoopback: false,
      mail: {
        smtpUrl: null,
        mailDir: null,
        from: 'no-reply@pay.clinic.test',
        mostAttachedBytes: 10_000_000,
      },
      vendorTimeoutMs: 30_000,
      browser: { executablePath: undefined, mayRunUncaged: false },
      signing: null,
      taxAuthority: null,
      maker: null,
      retention: { idempotencyKeys: 7, events: 90, webhookBodies: 180 },
      rateWaitMinutes: 60,
      logLevel: 'info',
      isProduction: true,
    });
  });

  it('keeps data for as many days as it says, within bounds', () => {
    expect(readConfig({ ...GOOD, EVENTS_DAYS: '365' }).retention.events).toBe(365);
    expect(complaints({ IDEMPOTENCY_DAYS: '2', EVENTS_DAYS: 'all', WEBHOOK_BODIES_DAYS: '3651' })).toEqual([
      'IDEMPOTENCY_DAYS must be 3 or more',
      'EVENTS_DAYS must be a number of days',
      'WEBHOOK_BODIES_DAYS must be 3650 at most',
    ]);
  });

  it('uses an exchange rate after as many minutes as it says', () => {
    expect(readConfig({ ...GOOD, EXCHANGE_RATE_WAIT_MINUTES: '0' }).rateWaitMinutes).toBe(0);
    expect(complaints({ EXCHANGE_RATE_WAIT_MINUTES: '1441' })).toEqual([
      'EXCHANGE_RATE_WAIT_MINUTES must be 1440 at most',
    ]);
  });

  it('lets customers’ addresses lead home only where it says so', () => {
    const atHome = { ...GOOD, NODE_ENV: 'development', OUTBOUND_ALLOW_LOOPBACK: 'true' };
    expect(readConfig(atHome).outboundAllowLoopback).toBe(true);
    expect(complaints({ OUTBOUND_ALLOW_LOOPBACK: 'yes' })).toEqual([
      'OUTBOUND_ALLOW_LOOPBACK must be true or false',
    ]);
  });

  it('signs by the certificates of a folder, at least secured', () => {
    expect(readConfig({ ...GOOD, SIGNING_DIR: '/keys' }).signing).toEqual({
      folder: '/keys',
      grade: 'secured',
      timeStamp: null,
    });
    expect(readConfig({ ...GOOD, SIGNING_DIR: '/keys', SIGNING_GRADE: 'certified' }).signing?.grade).toBe(
      'certified',
    );
    expect(complaints({ SIGNING_DIR: '/keys', SIGNING_GRADE: 'best' })[0]).toMatch(
      /^SIGNING_GRADE must be secured/,
    );
  });

  it('has signatures stamped by the authority that the operator names', () => {
    const stamped = { ...GOOD, SIGNING_DIR: '/keys', SIGNING_TSA_URL: 'https://tsa.example.com/tsr?a=1' };
    const url = stamped.SIGNING_TSA_URL;
    expect(readConfig(stamped).signing?.timeStamp).toEqual({ url, policy: null, credentials: null });
    const all = { ...stamped, SIGNING_TSA_POLICY: '1.2.3.4', SIGNING_TSA_CREDENTIALS: 'clinic:a:b' };
    expect(readConfig(all).signing?.timeStamp).toEqual({ url, policy: '1.2.3.4', credentials: 'clinic:a:b' });
  });

  it.each<[Record<string, string>, RegExp]>([
    [
      { SIGNING_TSA_URL: 'https://tsa.example.com' },
      /^SIGNING_TSA_URL .* nothing is signed without SIGNING_DIR/,
    ],
    [{ SIGNING_TSA_POLICY: '1.2.3' }, /^SIGNING_TSA_URL is missing/],
    [{ SIGNING_TSA_CREDENTIALS: 'a:b' }, /^SIGNING_TSA_URL is missing/],
    [{ SIGNING_TSA_URL: 'ftp://tsa.example.com' }, /^SIGNING_TSA_URL must be the http\(s\) address/],
    [{ SIGNING_TSA_URL: 'https://a:b@tsa.example.com' }, /^SIGNING_TSA_URL .* see SIGNING_TSA_CREDENTIALS/],
    [{ SIGNING_TSA_POLICY: 'best' }, /^SIGNING_TSA_POLICY must be an object identifier/],
    [{ SIGNING_TSA_CREDENTIALS: 'secret' }, /^SIGNING_TSA_CREDENTIALS must be "user:password"/],
    [
      { SIGNING_DIR: '/keys', SIGNING_TSA_URL: 'http://tsa.example.com', SIGNING_TSA_CREDENTIALS: 'a:b' },
      /^SIGNING_TSA_URL must be https/,
    ],
  ])('says what is wrong with a time-stamp authority: %p', (given, complaint) => {
    expect(complaints(given)[0]).toMatch(complaint);
  });

  it('knows who made the program once the operator says so', () => {
    expect(readConfig(GOOD).maker).toBeNull();
    expect(readConfig({ ...GOOD, SOFTWARE_MAKER_TAX_ID: '515151512' }).maker).toEqual({
      taxId: '515151512',
      name: 'Tashlum',
      certificate: null,
    });
    const registered = { SOFTWARE_MAKER_TAX_ID: '515151512', SOFTWARE_CERTIFICATE: '1234' };
    expect(readConfig({ ...GOOD, ...registered }).maker?.certificate).toBe('00001234');
    expect(complaints({ SOFTWARE_MAKER_TAX_ID: '515151513' })[0]).toMatch(/^SOFTWARE_MAKER_TAX_ID must be/);
    expect(complaints({ SOFTWARE_CERTIFICATE: 'x' })[0]).toMatch(/^SOFTWARE_CERTIFICATE must be/);
  });

  it('sends mails by its own server and under its own address', () => {
    const url = 'smtps://user:pass@mail.clinic.test:465';
    expect(readConfig({ ...GOOD, SMTP_URL: url, MAIL_FROM: 'office@clinic.test' }).mail).toEqual({
      smtpUrl: url,
      mailDir: null,
      from: 'office@clinic.test',
      mostAttachedBytes: 10_000_000,
    });
    const atHome = {
      ...GOOD,
      NODE_ENV: 'development',
      PUBLIC_URL: 'http://127.0.0.1:8080',
      MAIL_DIR: '/mails',
    };
    expect(readConfig(atHome).mail).toEqual({
      smtpUrl: null,
      mailDir: '/mails',
      from: 'no-reply@tashlum.localhost',
      mostAttachedBytes: 10_000_000,
    });
  });

  it('knows the largest file that a mail carries', () => {
    expect(readConfig({ ...GOOD, MAIL_ATTACHMENT_MB: '2.5' }).mail.mostAttachedBytes).toBe(2_500_000);
    for (const wrong of ['-1', '101', 'x'])
      expect(complaints({ MAIL_ATTACHMENT_MB: wrong })[0]).toMatch(/^MAIL_ATTACHMENT_MB/);
  });

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(readConfig(GOOD))).toBe(true);
    expect(Object.isFrozen(readApiConfig(GOOD))).toBe(true);
  });

  it('needs no admin key for a worker, and gives it none', () => {
    const { TASHLUM_ADMIN_KEY: _, ...withoutAdmin } = GOOD;

    expect(readConfig(GOOD)).toEqual(readConfig(withoutAdmin));
    expect(readConfig(GOOD)).not.toHaveProperty('adminKeys');
  });

  it('names the proxies before the API by their number or their addresses', () => {
    const trusted = (text: string) => readConfig({ ...GOOD, TRUSTED_PROXIES: text }).trustedProxies;

    expect(trusted('1')).toBe(1);
    expect(trusted('loopback, 10.0.0.0/8,2001:db8::1')).toEqual(['loopback', '10.0.0.0/8', '2001:db8::1']);
  });

  it('may name two admin keys, and addresses that end in a slash', () => {
    const second = 'another-admin-key-of-24-c';
    const config = readApiConfig({
      ...GOOD,
      NODE_ENV: 'development',
      TASHLUM_ADMIN_KEY: `${GOOD.TASHLUM_ADMIN_KEY}, ${second}`,
      PUBLIC_URL: 'https://pay.clinic.test/',
      SANDBOX_URL: 'http://127.0.0.1:9999/',
    });

    expect(config.adminKeys).toEqual([GOOD.TASHLUM_ADMIN_KEY, second]);
    expect(config.publicUrl).toBe('https://pay.clinic.test');
    expect(config.sandboxUrl).toBe('http://127.0.0.1:9999');
  });
});

describe('a variable that is set to nothing', () => {
  it('counts as one that is not set', () => {
    const config = readConfig({ ...GOOD, SANDBOX_URL: '', CHROMIUM_PATH: '', PORT: '', LOG_LEVEL: '' });

    expect(config).toEqual(readConfig(GOOD));
  });
});

describe('an environment that cannot be used', () => {
  it.each(['DATABASE_URL', 'TEMPORAL_ADDRESS', 'TASHLUM_ADMIN_KEY', 'TASHLUM_ENCRYPTION_KEYS'])(
    'without %s is refused by its name',
    (variable) => {
      expect(complaints({ [variable]: undefined })).toEqual([
        expect.stringMatching(new RegExp(`^${variable} is missing: .+`)),
      ]);
    },
  );

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['METRICS_PORT', '-1'],
    ['PUBLIC_URL', 'pay.clinic.test'],
    ['PUBLIC_URL', 'ftp://pay.clinic.test'],
    ['SANDBOX_URL', 'over there'],
    ['SMTP_URL', 'mail.clinic.test:25'],
    ['SMTP_URL', 'https://mail.clinic.test'],
    ['MAIL_FROM', 'the clinic'],
    ['TASHLUM_ADMIN_KEY', 'too-short'],
    ['TASHLUM_ENCRYPTION_KEYS', 'k1:abcd'],
    ['PUBLIC_URL', 'https://pay.clinic.test/?tenant=7'],
    ['PUBLIC_URL', 'https://pay.clinic.test/?'],
    ['PUBLIC_URL', 'https://user@pay.clinic.test'],
    ['PUBLIC_URL', 'https://user:secret@pay.clinic.test'],
    ['PUBLIC_URL', 'https://pay.clinic.test/#top'],
    ['TASHLUM_ADMIN_KEY', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
    ['TASHLUM_ADMIN_KEY', 'a key with blanks in it, of 24 characters'],
    ['TASHLUM_ADMIN_KEY', 'מפתח-ניהול-של-המערכת-הזאת'],
    ['TASHLUM_ADMIN_KEY', `${'0123456789'.repeat(20)}x`],
    ['TASHLUM_ADMIN_KEY', `${GOOD.TASHLUM_ADMIN_KEY},${GOOD.TASHLUM_ADMIN_KEY}2,${GOOD.TASHLUM_ADMIN_KEY}3`],
    ['TASHLUM_ENCRYPTION_KEYS', `k1:${Buffer.alloc(32, 7).toString('base64')}`],
    ['TASHLUM_ENCRYPTION_KEYS', `k1:${KEY}!`],
    ['TRUSTED_PROXIES', 'everybody'],
    ['TRUSTED_PROXIES', '10.0.0.0/99'],
    ['CHROMIUM_UNCAGED', 'maybe'],
    ['NODE_ENV', 'Production'],
    ['NODE_ENV', 'prod'],
    ['NODE_ENV', 'staging'],
    ['SANDBOX_URL', 'http://sandbox:8090'],
    ['OUTBOUND_ALLOW_LOOPBACK', 'true'],
    ['LOG_LEVEL', 'loud'],
    ['DATABASE_URL', ''],
  ])('with %s=%s is refused by its name', (variable, value) => {
    expect(complaints({ [variable]: value })).toEqual([expect.stringMatching(new RegExp(`^${variable} .+`))]);
  });

  it('with one admin key of two that is too short is refused', () => {
    expect(complaints({ TASHLUM_ADMIN_KEY: `${GOOD.TASHLUM_ADMIN_KEY},short` })).toEqual([
      expect.stringMatching(/^TASHLUM_ADMIN_KEY .*24/),
    ]);
  });

  it('is told everything that is wrong at once, one variable a line', () => {
    const lines = complaints({ DATABASE_URL: undefined, TEMPORAL_ADDRESS: undefined, PORT: 'x' });

    expect(lines.map((line) => line.split(' ')[0])).toEqual(['DATABASE_URL', 'TEMPORAL_ADDRESS', 'PORT']);
  });

  it('does not show the value of a key it refuses', () => {
    const key = Buffer.alloc(31, 9).toString('base64');

    expect(complaints({ TASHLUM_ENCRYPTION_KEYS: `k1:${key}` }).join()).not.toContain(key);
    expect(complaints({ TASHLUM_ADMIN_KEY: 'hunter2' }).join()).not.toContain('hunter2');
  });
});

describe('the public address', () => {
  it.each([undefined, 'http://pay.clinic.test'])('must be https in production, not %s', (url) => {
    expect(complaints({ PUBLIC_URL: url })).toEqual([
      'PUBLIC_URL must be set to an https address in production: payers and vendors use it',
    ]);
  });

  it('must be https where nobody says what this is', () => {
    expect(complaints({ PUBLIC_URL: 'http://pay.clinic.test', NODE_ENV: undefined })).toHaveLength(1);
  });

  it('is the own port in development', () => {
    const config = readConfig({ ...GOOD, NODE_ENV: 'development', PUBLIC_URL: undefined, PORT: '4000' });

    expect(config.publicUrl).toBe('http://127.0.0.1:4000');
    expect(config.isProduction).toBe(false);
  });
});
