import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What a quick run looks at; paths from the root of the checkout. */
export interface Changed {
  /** TypeScript files that changed. */
  readonly sources: readonly string[];
  readonly unitTests: readonly string[];
  readonly integrationTests: readonly string[];
}

/** A payment all the way, whatever changed. */
const WHOLE_WAY = 'test/e2e/paid-by-webhook.test.ts';
/** What a changed migration may break: the listed schema, roles and their rights, the separation of tenants. */
const SCHEMA_TESTS = ['schema', 'privileges', 'isolation'].map((name) => `test/db/${name}.test.ts`);
/** What fits into a minute and a half. */
const MOST_INTEGRATION_TESTS = 6;

const lines = (command: string, ...args: string[]): string[] =>
  execFileSync(command, args, { encoding: 'utf8' }).split('\n').filter(Boolean);

/** The files that differ from HEAD, or where none does, those of the last commit; and the tests nearest to them. */
export function chooseChanged(): Changed {
  const now = [
    ...lines('git', 'diff', '--name-only', 'HEAD'),
    ...lines('git', 'ls-files', '--others', '--exclude-standard'),
  ];
  const changed = now.length > 0 ? now : lines('git', 'diff', '--name-only', 'HEAD~1');
  return chooseTests(changed);
}

/** The tests nearest to the files that changed. */
export function chooseTests(changed: readonly string[]): Changed {
  const sources = changed.filter((path) => path.endsWith('.ts') && existsSync(path));
  const isSchemaChanged = changed.some((path) => path.startsWith('migrations/'));
  return {
    sources,
    unitTests: unitTestsOf(sources),
    integrationTests: [
      ...new Set([...(isSchemaChanged ? [WHOLE_WAY, ...SCHEMA_TESTS] : []), ...integrationTestsOf(sources)]),
    ],
  };
}

/** The changed tests, and those that lie in the folder of a changed file. */
function unitTestsOf(sources: readonly string[]): string[] {
  const folders = new Set(sources.filter((path) => /^(src|sandbox|dev)\//.test(path)).map(dirname));
  const beside = [...folders].flatMap((folder) => globSync(join(folder, '*.test.ts')));
  const own = sources.filter((path) =>
    /^(src|sandbox|dev|test\/(workflows|live|contract|docs|deployment|runner))\/.*\.test\.ts$/.test(path),
  );
  return [...new Set([...beside, ...own])];
}

/** The changed tests, and those whose names share the most words with what changed: every layer uses the same nouns. */
function integrationTestsOf(sources: readonly string[]): string[] {
  const own = sources.filter((path) => /^test\/(api|db|e2e)\/.*\.test\.ts$/.test(path));
  const touched = sources.filter((path) => path.startsWith('src/') && !path.endsWith('.test.ts'));
  if (touched.length === 0) return own;
  const words = new Set(touched.flatMap((path) => wordsOf(path)));
  const score = (path: string): number => wordsOf(basename(path)).filter((word) => words.has(word)).length;
  const near = globSync('test/{api,db,e2e}/*.test.ts')
    .filter((path) => score(path) > 0)
    .toSorted((a, b) => score(b) - score(a));
  return [...new Set([WHOLE_WAY, ...own, ...near])].slice(
    0,
    Math.max(MOST_INTEGRATION_TESTS, own.length + 1),
  );
}

const wordsOf = (path: string): string[] =>
  path
    .replace(/^src\//, '')
    .replace(/(\.test)?\.ts$/, '')
    .split(/[/-]/)
    .map((word) => word.replace(/s$/, ''));
