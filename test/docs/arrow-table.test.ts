import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { cruise } from 'dependency-cruiser';
import type { ICruiseOptions, ICruiseResult, IFlattenedRuleSet } from 'dependency-cruiser';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** Where the importing file of a row lies. */
const PROBES: Readonly<Record<string, string>> = {
  'api, but main.ts': 'src/api/probe.ts',
  'compose.ts': 'src/compose.ts',
  'api/main.ts': 'src/api/main.ts',
  'root files': 'src/http-guard.ts',
  client: 'client/src/probe.ts',
  examples: 'examples/probe.ts',
  sandbox: 'sandbox/probe.ts',
};

/** Folders and files that no row may import, but for those named. */
const NEVER: Readonly<Record<string, readonly string[]>> = {
  'src/api/closed.ts': ['api, but main.ts', 'api/main.ts'],
  'src/worker/closed.ts': ['worker'],
  'src/commands/closed.ts': ['commands'],
  'src/compose.ts': ['compose.ts', 'api/main.ts'],
  'src/testing/closed.ts': [],
  'client/src/closed.ts': ['client'],
  'sandbox/closed.ts': ['sandbox'],
  'dev/closed.ts': [],
  'bench/closed.ts': [],
  'test/closed.ts': [],
};

/** Arrows that the table's notes forbid: the importing file, and what it may not import. */
const ALSO: readonly (readonly [from: string, to: string])[] = [
  ['src/domain/probe.ts', 'node:fs'],
  ['src/workflows/probe.ts', 'node:fs'],
  ['client/src/probe.ts', 'node:fs'],
  ['src/activities/probe.ts', 'src/db/history.ts'],
  ['src/worker/probe.ts', 'src/providers/payments/payplus/index.ts'],
  ['src/providers/probe.ts', 'src/providers/payments/payplus/index.ts'],
  ['src/providers/payments/grow/probe.ts', 'src/providers/payments/payplus/index.ts'],
  ['src/providers/payments/grow/probe.ts', 'src/providers/payments/testing/shared.ts'],
  ['src/worker/probe.ts', 'src/db/probe.test.ts'],
  ['src/configuration.ts', 'src/domain/types.ts'],
  ['dev/probe.ts', 'client/src/closed.ts'],
  ['bench/probe.ts', 'client/src/closed.ts'],
  ['test/probe.ts', 'client/src/closed.ts'],
  ['examples/probe.ts', 'client/src/closed.ts'],
  ['src/reports/probe.ts', 'echarts'],
  ['src/providers/payments/grow/probe.ts', 'stripe'],
  ['src/worker/probe.ts', 'nodemailer'],
  ['src/api/probe.ts', 'libphonenumber-js'],
  ['src/api/probe.ts', 'pngjs'],
  ['src/api/workspaces/logo-pixels.ts', 'qr'],
  ['src/worker/probe.ts', 'pg'],
  ['src/worker/probe.ts', 'node-forge'],
];

const [header = [], , ...rows] =
  readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8')
    .split('## Who may import whom')[1]
    ?.split('\n## ')[0]
    ?.split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim())) ?? [];
const columns = header.slice(2, -2);

interface Arrow {
  readonly row: string;
  readonly from: string;
  readonly to: string;
  readonly typed: boolean;
  readonly allowed: boolean;
}

/** What a cell says of values, of `workflows/messages.ts` and of types. */
function arrowsOf(row: string, column: string, cell: string): Arrow[] {
  const from = PROBES[row] ?? `src/${row}/probe.ts`;
  const arrow = (file: string, typed: boolean, marks: string): Arrow => ({
    row,
    from,
    to: `src/${column}/${file}.ts`,
    typed,
    allowed: marks.includes(cell),
  });
  return [
    arrow('values', false, 'v'),
    arrow('types', true, 'vtm'),
    ...(column === 'workflows' ? [arrow('messages', false, 'vm')] : []),
  ];
}

const cells = rows.flatMap(([, row = '', ...marks]) =>
  columns.flatMap((column, at) => arrowsOf(row, column, marks[at] ?? '')),
);
const never = rows.flatMap(([, row = '']) => {
  const from = PROBES[row] ?? `src/${row}/probe.ts`;
  return [
    ...Object.entries(NEVER)
      .filter(([, exempt]) => !exempt.includes(row))
      .map(([to]) => ({ row, from, to, typed: true, allowed: false })),
    ...(row === 'sandbox' ? [] : [{ row, from, to: 'unlisted', typed: false, allowed: false }]),
  ];
});
const also = ALSO.map(([from, to]) => ({ row: 'notes', from, to, typed: true, allowed: false }));
const arrows: readonly Arrow[] = [...cells, ...never, ...also];

const isFile = (to: string): boolean => to.endsWith('.ts');

/** The line that makes an arrow. */
function importLine({ from, to, typed }: Arrow, at: number): string {
  const path = relative(dirname(from), to);
  const target = isFile(to) ? (path.startsWith('.') ? path : `./${path}`) : to;
  return `import ${typed ? 'type ' : ''}{ x as x${String(at)} } from '${target}';\n`;
}

/** A tree that draws every arrow once, with packages that are empty. */
function writeTree(folder: string): void {
  const texts = new Map<string, string>();
  for (const { to } of arrows) {
    const path = isFile(to) ? to : `node_modules/${to}/index.js`;
    texts.set(path, 'export const x = 1;\n');
    if (!isFile(to))
      texts.set(`node_modules/${to}/package.json`, JSON.stringify({ name: to, main: 'index.js' }));
  }
  for (const [at, arrow] of arrows.entries()) {
    texts.set(arrow.from, (texts.get(arrow.from) ?? '') + importLine(arrow, at));
  }
  for (const [path, text] of texts) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

interface Settings {
  readonly forbidden: IFlattenedRuleSet['forbidden'];
  readonly options: ICruiseOptions;
}

/** Every forbidden arrow that the linter sees, as `from → to`. */
async function findForbidden(folder: string): Promise<ReadonlySet<string>> {
  const { forbidden, options } = createRequire(import.meta.url)(
    join(ROOT, '.dependency-cruiser.cjs'),
  ) as Settings;
  const { tsConfig: _, ...rest } = options;
  const { output } = await cruise(['src', 'client', 'sandbox', 'dev', 'bench', 'test', 'examples'], {
    ...rest,
    baseDir: folder,
    validate: true,
    ruleSet: { forbidden: forbidden?.filter(({ name }) => name !== 'no-circular') ?? [] },
  });
  return new Set((output as ICruiseResult).summary.violations.map(({ from, to }) => `${from} → ${to}`));
}

describe('the table of arrows in docs/architecture.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'arrows-'));
  let forbidden: ReadonlySet<string>;
  beforeAll(async () => {
    writeTree(folder);
    forbidden = await findForbidden(folder);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** The name under which the linter reports what is imported. */
  const seenAs = (to: string): string =>
    isFile(to) ? to : to.startsWith('node:') ? to.slice('node:'.length) : `node_modules/${to}/index.js`;

  it.each([...rows.map(([, row = '']) => row), 'notes'])(
    '%s: what is forbidden fails, and nothing else',
    (row) => {
      const own = arrows.filter((arrow) => arrow.row === row);
      const wrong = own.filter(
        ({ from, to, allowed }) => forbidden.has(`${from} → ${seenAs(to)}`) === allowed,
      );
      expect(own.length).toBeGreaterThan(10);
      expect(wrong).toEqual([]);
    },
  );
});
