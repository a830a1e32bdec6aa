// The arrows of docs/architecture.md. A row of the table is one rule: what the folder may import; everything else is an error.
// `test/docs/arrow-table.test.ts` breaks each once.
const npm = (...names) => names.map((n) => `node_modules/${n.replace('/', '\\/')}(/|$)`);
const ROOT =
  '^src/(config|logger|http|http-guard|secrets|sealed-places|sealed-tokens|signing-settings|tax-authority-access|metrics|markup|typesetter|certificate-files)\\.ts$';
/** Unit tests, and what only they read, are held to less. */
const TESTS = ['\\.test\\.ts$', '/testing/'];

const rule = (name, from, to) => ({
  name,
  severity: 'error',
  comment: `${name}: see "Who may import whom" in docs/architecture.md`,
  from: { ...from, pathNot: [...TESTS, ...(from.pathNot ?? [])] },
  to,
});

/** `from` may reach what `to` lists, and nothing else: not even Node's own modules. */
const onlyPlain = (name, path, to) => rule(name, { path }, { pathNot: to });

/** `from` may reach what `to` lists and Node's own modules. */
const only = (name, path, to, pathNot) =>
  rule(name, { path, pathNot }, { pathNot: to, dependencyTypesNot: ['core'] });

/** `from` may import types of `to`, no values. */
const typesOnly = (name, from, to) => rule(name, from, { ...to, dependencyTypesNot: ['type-only'] });

/** Only the files of `home` import these packages. */
const onlyIn = (name, home, ...packages) =>
  rule(name, { path: '^src/', pathNot: [home] }, { path: npm(...packages) });

const PRINTING = [
  'puppeteer',
  'puppeteer-core',
  '@sparticuz/chromium',
  '@fontsource/heebo',
  '@fontsource/noto-sans',
  '@fontsource/noto-sans-arabic',
  '@fontsource/noto-emoji',
  'node-forge',
  '@types/node-forge',
  'pkijs',
  'asn1js',
];

const rows = [
  onlyPlain('domain', '^src/domain/', ['^src/domain/']),
  only('db', '^src/db/', [
    '^src/(db|domain)/',
    ROOT,
    ...npm('pg', '@types/pg', 'pg-types', 'pg-boss', 'pg-copy-streams', '@types/pg-copy-streams'),
    ...npm('node-pg-migrate'),
  ]),
  only('history', '^src/history/', ['^src/(history|domain|db)/', ROOT, ...npm('zod')]),
  only('providers', '^src/providers/', [
    '^src/(domain|providers)/',
    ROOT,
    ...npm('zod', 'stripe', 'standardwebhooks'),
  ]),
  only('reports', '^src/reports/', [
    '^src/(reports|domain|db)/',
    ROOT,
    ...npm('csv-stringify', 'echarts', 'exceljs', 'yazl', '@types/yazl'),
  ]),
  only('printing', '^src/printing/', ['^src/(printing|domain)/', ROOT, ...npm(...PRINTING)]),
  onlyPlain('workflows', '^src/workflows/', [
    '^src/(workflows|domain|activities)/',
    ...npm('@temporalio/workflow', '@temporalio/common'),
  ]),
  only('temporal', '^src/temporal/', [
    '^src/(temporal|domain|workflows)/',
    ROOT,
    ...npm('@temporalio/client', '@temporalio/common'),
  ]),
  only('activities', '^src/activities/', [
    '^src/(domain|activities|db|history|printing|providers)/',
    ROOT,
    ...npm('@temporalio/activity', '@temporalio/common'),
  ]),
  only(
    'api',
    '^src/api/',
    [
      '^src/(api|domain|history|reports|db|providers|temporal|workflows)/',
      ROOT,
      ...npm('express', '@types/express', '@types/express-serve-static-core', 'helmet', 'zod', 'zod-openapi'),
      ...npm('libphonenumber-js', 'pngjs', '@types/pngjs', 'qr', 'swagger-ui-dist'),
    ],
    ['^src/api/main\\.ts$'],
  ),
  only('worker', '^src/worker/', [
    '^src/(worker|domain|workflows|activities|db|history|printing|providers|reports|temporal)/',
    '^src/compose\\.ts$',
    ROOT,
    ...npm('@temporalio/worker', '@temporalio/activity', '@temporalio/common'),
    ...npm('nodemailer', '@types/nodemailer', 'standardwebhooks'),
  ]),
  only('compose', '^src/compose\\.ts$', ['^src/(domain|history|db|providers|temporal)/', ROOT]),
  only('api main', '^src/api/main\\.ts$', [
    '^src/(api|domain|db)/',
    '^src/compose\\.ts$',
    ROOT,
    ...npm('express', '@types/express'),
  ]),
  only('commands', '^src/commands/', [
    '^src/(commands|domain|history|db|providers|temporal)/',
    ROOT,
    ...npm('zod'),
  ]),
  only('root files see only domain', ROOT, [
    '^src/domain/',
    ROOT,
    ...npm('bidi-js', 'undici', 'ipaddr.js', 'pino', 'prom-client', 'zod', '@temporalio/common'),
  ]),
  onlyPlain('client', '^client/', [
    '^client/src/',
    ...npm('openapi-fetch', 'openapi-typescript-helpers', 'standardwebhooks'),
  ]),
  only('examples', '^examples/', [
    '^examples/',
    '^client/src/index\\.ts$',
    ...npm('express', '@types/express', '@types/express-serve-static-core'),
  ]),
  rule(
    'the sandbox sees nothing of the rest',
    { path: '^sandbox/' },
    { path: '^(src|client|examples|dev|bench|test)/' },
  ),
];

/** A new file of `src` belongs into a folder that has a row, or gets a row. */
const everyFileHasARow = {
  name: 'every file of src has a row',
  severity: 'error',
  from: { path: '^src/', pathNot: [...TESTS, ...rows.map(({ from }) => from.path)] },
  to: {},
};

const types = [
  typesOnly('workflows see activities by type', { path: '^src/workflows/' }, { path: '^src/activities/' }),
  typesOnly('activities see providers by type', { path: '^src/activities/' }, { path: '^src/providers/' }),
  typesOnly(
    'api routes are given providers and temporal by main.ts',
    { path: '^src/api/', pathNot: ['^src/api/main\\.ts$'] },
    { path: '^src/(providers|temporal|workflows)/' },
  ),
  typesOnly(
    'temporal sees of workflows messages.ts by value, the rest by type',
    { path: ['^src/temporal/', '^src/worker/main\\.ts$'] },
    { path: '^src/workflows/', pathNot: '^src/workflows/messages\\.ts$' },
  ),
];

const single = [
  rule(
    'only history writes the timeline and the outgoing events',
    { path: '^src/', pathNot: ['^src/history/'] },
    { path: '^src/db/history\\.ts$' },
  ),
  rule(
    'only the registry names a provider',
    { path: '^src/', pathNot: ['^src/providers/(payments|invoices)/(index\\.ts$|[^/]+/)'] },
    { path: '^src/providers/(payments|invoices)/[^/]+/' },
  ),
  rule(
    'a provider sees its own folder and the contract',
    { path: '^src/providers/(payments|invoices)/([^/]+)/' },
    { path: '^src/providers/(payments|invoices)/[^/]+/', pathNot: ['^src/providers/$1/$2/'] },
  ),
  rule(
    'only main files compose a process',
    { path: '^src/', pathNot: ['^src/(api|worker)/main\\.ts$'] },
    { path: '^src/compose\\.ts$' },
  ),
  rule('what ships imports no test', { path: '^src/' }, { path: TESTS }),
  {
    name: 'of the client others see index.ts, as apps do',
    severity: 'error',
    from: { path: '^(dev|bench|test|examples)/' },
    to: { path: '^client/', pathNot: ['^client/src/index\\.ts$'] },
  },
  onlyIn('stripe is for its adapter', '^src/providers/payments/stripe/', 'stripe'),
  onlyIn('echarts is for the drawing of charts', '^src/reports/charts/bars\\.ts$', 'echarts'),
  onlyIn('nodemailer is for the sender of mails', '^src/worker/mails/send-mail\\.ts$', 'nodemailer'),
  onlyIn(
    'libphonenumber-js is for the rules of customers',
    '^src/api/payments/customer-rules\\.ts$',
    'libphonenumber-js',
  ),
  onlyIn(
    'pngjs is for logos and QR codes',
    '^src/api/(workspaces/logo-pixels|payments/link-qr-route)\\.ts$',
    'pngjs',
    '@types/pngjs',
  ),
  onlyIn('qr is for QR codes', '^src/api/payments/link-qr-route\\.ts$', 'qr'),
];

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    ...rows,
    everyFileHasARow,
    ...types,
    ...single,
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.d.ts'],
    },
  },
};
