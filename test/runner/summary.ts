import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { EndedStep } from './run-steps.ts';

/** What of Jest's JSON results is read here. */
interface JestResults {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly startTime: number;
    readonly endTime: number;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

interface FileResult {
  readonly file: string;
  readonly seconds: number;
  readonly passed: number;
  readonly skipped: number;
  /** Names of the tests that failed; the file's own where it could not be run at all. */
  readonly failed: readonly string[];
}

const SLOWEST = 10;

/** The end of a test run (a quick one may have no test to run): every failed test once, the slowest files, and the plain count as the last line. */
export function summarise(ended: readonly EndedStep[]): { text: string; isGreen: boolean } {
  const files = ended.flatMap(({ step }) => readResults(step.results));
  const failed = files.flatMap((one) => one.failed.map((name) => `${one.file} › ${name}`));
  // A step that failed without a failed test: a check, or a run that broke off.
  for (const { step, isGreen } of ended) {
    const own = readResults(step.results).flatMap((one) => one.failed);
    if (!isGreen && own.length === 0) failed.push(`${step.name} failed outside the tests: see above`);
  }
  const slowest = files.toSorted((a, b) => b.seconds - a.seconds).slice(0, SLOWEST);
  const total = (count: (one: FileResult) => number): number =>
    files.reduce((sum, one) => sum + count(one), 0);
  const [passed, skipped] = [total((one) => one.passed), total((one) => one.skipped)];
  const lines = [
    '',
    'Slowest files',
    ...slowest.map(({ file, seconds }) => `  ${seconds.toFixed(1).padStart(6)} s  ${file}`),
    ...(failed.length === 0 ? [] : ['', 'Failed', ...failed.map((name) => `  ✗ ${name}`)]),
    '',
    `${passed} passed, ${failed.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
    '',
  ];
  return { text: lines.join('\n'), isGreen: failed.length === 0 && (passed > 0 || files.length === 0) };
}

function readResults(path: string | null): FileResult[] {
  if (path === null || !existsSync(path)) return [];
  const { testResults } = JSON.parse(readFileSync(path, 'utf8')) as JestResults;
  return testResults.map(({ name, status, startTime, endTime, assertionResults }) => {
    const of = (wanted: string) => assertionResults.filter((one) => one.status === wanted);
    const failed = of('failed').map(({ ancestorTitles, title }) => [...ancestorTitles, title].join(' › '));
    return {
      file: relative(process.cwd(), name),
      seconds: (endTime - startTime) / 1_000,
      passed: of('passed').length,
      skipped: of('pending').length + of('todo').length,
      failed: status === 'failed' && failed.length === 0 ? ['the file could not be run'] : failed,
    };
  });
}
