import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '#jest';
import { maskPath } from './logger.ts';

const PLANTED = 'planted-secret-4580';

/** The standard output of a process that logs these fields. The logger bypasses Jest, so a process is needed. */
const written = (fields: object, carriedByError: object = {}): string =>
  execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { createLogger } from './logger.ts';
       const logger = createLogger({ name: 'test', level: 'info' });
       const fields = JSON.parse(process.argv[1]);
       logger.info(fields, 'a line with fields');
       logger.warn({ err: Object.assign(new Error('it broke'), JSON.parse(process.argv[2])) }, 'a line with an error');
       logger.child(fields).info('a line of a child');
       logger.debug('a line below the level');`,
      JSON.stringify(fields),
      JSON.stringify(carriedByError),
    ],
    { cwd: import.meta.dirname, encoding: 'utf8' },
  );

const FACTS = { paymentId: 'pay_1', provider: { code: 'payplus' } };

/** What must never be logged: keys, tokens, names and contact data of people, bodies of vendors. */
const SECRET = [
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

describe('a log line', () => {
  it('is JSON with our own words and ids', () => {
    const lines = written(FACTS, FACTS).trim().split('\n');
    const [fields, failure] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);

    expect(lines).toHaveLength(3);
    expect(fields).toMatchObject({ process: 'test', msg: 'a line with fields', ...FACTS });
    expect(failure).toMatchObject({ err: { message: 'it broke' } });
  });

  it('never holds a planted secret, at the top, one or two levels down, or in a child', () => {
    const secrets = Object.fromEntries(SECRET.map((field) => [field, PLANTED]));
    const lines = written({ outer: { inner: secrets, ...secrets }, list: [secrets], ...secrets });

    expect(lines.split('\n')[0]).toContain('a line with fields');
    expect(lines).not.toContain(PLANTED);
  });

  it('never holds a secret that an error carries', () => {
    const { name: _, ...secrets } = Object.fromEntries(SECRET.map((field) => [field, PLANTED]));
    const lines = written({}, { response: secrets, ...secrets });

    expect(lines).toContain('it broke');
    expect(lines).not.toContain(PLANTED);
  });

  it('says which rule of the database was broken and quotes no row', () => {
    const error = {
      code: '23505',
      constraint: 'payments_reference_is_unique',
      table: 'payments',
      detail: `Key (reference)=(${PLANTED}) already exists.`,
      where: PLANTED,
      query: PLANTED,
    };
    const lines = written({}, error);

    expect(lines).toContain('payments_reference_is_unique');
    expect(lines).not.toContain(PLANTED);
  });

  it('never holds a secret that is a whole object', () => {
    const secrets = Object.fromEntries(SECRET.map((field) => [field, { value: PLANTED, deep: [PLANTED] }]));

    expect(written({ request: secrets, ...secrets })).not.toContain(PLANTED);
  });
});

describe('a path in the log', () => {
  it.each([
    ['/pay/Zm9vYmFy', '/pay/***'],
    ['/pay/Zm9vYmFy/return?status=ok', '/pay/***/return'],
    ['/webhooks/payplus/Zm9vYmFy', '/webhooks/payplus/***'],
    ['/webhooks/payplus/Zm9vYmFy?x=1', '/webhooks/payplus/***'],
    ['/v1/payments/pay_1?expand=link', '/v1/payments/pay_1'],
    ['/v1/payments?email=dana%40clinic.test', '/v1/payments'],
    ['/payments', '/payments'],
    ['/', '/'],
    ['/v1/admin/circuits/payplus:live/close', '/v1/admin/circuits/payplus:live/close'],
    [
      '/v1/payments/pay_01kb2v3x8wq6t9y0s2d4f5g6h7/refunds',
      '/v1/payments/pay_01kb2v3x8wq6t9y0s2d4f5g6h7/refunds',
    ],
  ])('%s is written as %s', (path, masked) => {
    expect(maskPath(path)).toBe(masked);
  });

  const TOKEN = 'Qm9va3MtYXJlLW9wZW4_c2VjcmV0-tok';
  it.each([
    `/pay/${TOKEN}`,
    `//pay/${TOKEN}`,
    `/pay//${TOKEN}`,
    `/PAY/${TOKEN}`,
    `/%70ay/${TOKEN}`,
    `/pay%2F${TOKEN}`,
    `/pay\\${TOKEN}`,
    `/./pay/${TOKEN}`,
    `/v1/../pay/${TOKEN}`,
    `http://pay.clinic.test/pay/${TOKEN}`,
    `https://pay.clinic.test/webhooks/grow/${TOKEN}`,
    `/webhooks//grow/${TOKEN}`,
    `/webhooks/grow//${TOKEN}`,
    `/webhooks/grow/${TOKEN};v=1`,
    `/pay/${TOKEN}#top`,
    `/pay/return?\n${TOKEN}`,
    `/${TOKEN}`,
  ])('shows no token however the request line is spelled: %s', (path) => {
    expect(maskPath(path)).not.toContain(TOKEN);
  });
});
