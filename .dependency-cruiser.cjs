// The arrows of docs/architecture.md. A row of the table is one rule: what the folder may import; everything else is an error.
const npm = (...names) => names.map((n) => `node_modules/${n.replace('/', '\\/')}(/|$)`);
const ROOT = '^src/(config|logger|http|secrets|metrics|markup|typesetter)';
const NODE_BUILTIN = ['^(node:)?[a-z_/]+$'];

/** `from` may only reach what `to` lists (and what lies in its own folder). */
const only = (name, from, to, extra = {}) => ({
  name,
  severity: 'error',
  comment: `${name}: see "Who may import whom" in docs/architecture.md`,
  from: { path: from, pathNot: ['\\.test\\.ts$', ...(extra.except ?? [])] },
  to: { pathNot: to },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only('domain imports nothing', '^src/domain/', ['^src/domain/']),
    only('workflows', '^src/workflows/', [
      '^src/(workflows|domain)/',
      '^src/activities/',
      ...npm('@temporalio/workflow', '@temporalio/common'),
    ]),
    {
      name: 'workflows see activities by type only',
      severity: 'error',
      from: { path: '^src/workflows/' },
      to: { path: '^src/activities/', dependencyTypesNot: ['type-only'] },
    },
    only('history', '^src/history/', ['^src/(history|domain|db)/', ROOT, ...NODE_BUILTIN, ...npm('zod')]),
    {
      name: 'only history writes the timeline and the outgoing events',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/history/' },
      to: { path: '^src/db/history\\.ts$' },
    },
    only('activities', '^src/activities/', [
      '^src/(domain|activities|db|history|printing)/',
      '^src/providers/',
      ROOT,
      ...NODE_BUILTIN,
      ...npm('@temporalio/activity', '@temporalio/common', '@types/node'),
    ]),
    {
      name: 'activities see providers by type only',
      severity: 'error',
      from: { path: '^src/activities/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/providers/', dependencyTypesNot: ['type-only'] },
    },
    only('printing', '^src/printing/', [
      '^src/(printing|domain)/',
      ROOT,
      ...NODE_BUILTIN,
      ...npm(
        'puppeteer',
        'puppeteer-core',
        '@sparticuz/chromium',
        '@fontsource/heebo',
        '@fontsource/noto-sans',
        '@fontsource/noto-sans-arabic',
        '@fontsource/noto-emoji',
        'node-forge',
        '@types/node-forge',
        '@types/node',
      ),
    ]),
    {
      name: 'browser, fonts and signatures live in printing',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/printing/' },
      to: {
        path: npm(
          'puppeteer',
          'puppeteer-core',
          '@sparticuz/chromium',
          '@fontsource/heebo',
          '@fontsource/noto-sans',
          '@fontsource/noto-sans-arabic',
          '@fontsource/noto-emoji',
          'node-forge',
        ),
      },
    },
    only('providers', '^src/providers/', [
      '^src/(domain|providers)/',
      ROOT,
      ...NODE_BUILTIN,
      ...npm('zod', 'stripe', 'standardwebhooks', '@types/node'),
    ]),
    {
      name: 'a provider sees its own folder and the contract',
      severity: 'error',
      from: { path: '^src/providers/(payments|invoices)/([^/]+)/' },
      to: { path: '^src/providers/(payments|invoices)/[^/]+/', pathNot: '^src/providers/$1/$2/' },
    },
    {
      name: 'only the registry names a provider',
      severity: 'error',
      from: { path: '^(src|dev|sandbox)/', pathNot: ['^src/providers/', '^dev/', '\\.test\\.ts$'] },
      to: { path: '^src/providers/(payments|invoices)/[^/]+/' },
    },
    only('engine', '^src/temporal/', [
      '^src/(temporal|domain)/',
      '^src/workflows/',
      ROOT,
      ...NODE_BUILTIN,
      ...npm('@temporalio/client', '@temporalio/common', '@types/node'),
    ]),
    {
      name: 'temporal and mains see of workflows messages.ts by value, the rest by type',
      severity: 'error',
      from: { path: ['^src/temporal/', '^src/(api|worker)/main\\.ts$', '^src/commands/'] },
      to: {
        path: '^src/workflows/',
        pathNot: '^src/workflows/messages\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    only('db', '^src/db/', [
      '^src/(db|domain)/',
      ROOT,
      ...NODE_BUILTIN,
      ...npm('pg', '@types/pg', 'pg-types', 'pg-boss', 'node-pg-migrate', '@types/node'),
    ]),
    {
      name: 'only db knows pg',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/db/' },
      to: { path: [...npm('pg', '@types/pg', 'pg-boss')] },
    },
    only(
      'api',
      '^src/api/',
      [
        '^src/(api|domain|history)/',
        '^src/(db|providers|temporal|workflows)/',
        ROOT,
        ...NODE_BUILTIN,
        ...npm(
          'express',
          '@types/express',
          '@types/express-serve-static-core',
          'helmet',
          'libphonenumber-js',
          'pngjs',
          '@types/pngjs',
          'zod',
          '@types/node',
        ),
      ],
      { except: ['^src/api/main\\.ts$'] },
    ),
    {
      name: 'api routes are given providers and temporal by main.ts',
      severity: 'error',
      from: { path: '^src/api/', pathNot: ['^src/api/main\\.ts$', '\\.test\\.ts$'] },
      to: { path: '^src/(providers|temporal|workflows)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only the sender of mails knows nodemailer',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/worker/mails/send-mail(\\.test)?\\.ts$' },
      to: { path: npm('nodemailer') },
    },
    {
      name: 'only the drawing of logos knows pngjs',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/api/workspaces/logo-pixels\\.ts$', '\\.test\\.ts$'] },
      to: { path: npm('pngjs', '@types/pngjs') },
    },
    {
      name: 'only the Stripe adapter knows stripe',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/providers/payments/stripe/' },
      to: { path: npm('stripe') },
    },
    only('worker', '^src/worker/', [
      '^src/(worker|domain|workflows|activities|db|history|printing|providers|temporal)/',
      ROOT,
      ...NODE_BUILTIN,
      ...npm('@temporalio/worker', '@temporalio/activity', '@temporalio/common', 'nodemailer', '@types/node'),
    ]),
    {
      name: 'the sandbox is the independent ledger: nothing of src',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^(src|dev|bench|test)/', pathNot: '^test/support/jest\\.ts$' },
    },
    {
      name: 'nothing but dev sees the sandbox',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.ts$' },
      to: { path: '^sandbox/' },
    },
    only('commands', '^src/commands/', [
      '^src/(commands|domain|db|temporal|providers)/',
      '^src/workflows/messages\\.ts$',
      ROOT,
      ...NODE_BUILTIN,
      ...npm('zod', '@types/node'),
    ]),
    {
      name: 'what ships sees nothing of dev, bench and test',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(dev|bench|test)/' },
    },
    only('root modules see only domain', ROOT, [
      '^src/domain/',
      ROOT,
      ...NODE_BUILTIN,
      ...npm(
        'bidi-js',
        'undici',
        'ipaddr.js',
        'pino',
        'prom-client',
        'zod',
        '@temporalio/common',
        '@types/node',
      ),
    ]),
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
