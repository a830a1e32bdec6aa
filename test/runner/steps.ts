import { join } from 'node:path';

/** One command of a test run. */
export interface Step {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Where Jest leaves its results as JSON; null for a step without tests. */
  readonly results: string | null;
  /** Gives way to the other steps where the processor is short. */
  readonly isPolite: boolean;
}

const JEST = 'node_modules/jest/bin/jest.js';

/** The tests of one project of jest.config.js. */
export function jestStep(project: string, folder: string, options: readonly string[]): Step {
  const results = join(folder, `${project}.json`);
  const args = [JEST, '--selectProjects', project, '--json', `--outputFile=${results}`, ...options];
  return { name: project, command: process.execPath, args, results, isPolite: false };
}

/** The workflow bundle, which unit tests and every worker of the run then read instead of making it. */
export const bundleStep = (file: string): Step => nodeStep('bundle', ['src/worker/bundle.ts', file]);

/** How many lives that the commit picks a run adds to the fixed ones: as many as fit beside the tests. */
const FRESH_LIVES = process.env['SIMULATED_LIVES'] ?? '60';

/** Lives that showed a fault once, and some that nobody has seen (docs/simulator.md). */
export const simulatorStep = (): Step => ({
  ...nodeStep('simulator', [
    '--no-warnings',
    'test/simulator/main.ts',
    ...['--commit', '--lives', FRESH_LIVES, '--processes', '1'],
  ]),
  isPolite: true,
});

/**
 * What veraPDF, qpdf and pdfsig say of our PDFs. Not every machine has Java and Maven: `.ci/run` gets them and asks for it by
 * `WITH_VERAPDF=1`.
 */
export const archiveSteps = (results: string): readonly Step[] =>
  process.env['WITH_VERAPDF'] === '1'
    ? [
        {
          ...jestStep('outside', results, ['--runTestsByPath', 'test/outside/archive.outside.ts']),
          isPolite: true,
        },
      ]
    : [];

/** The Temporal server, which a machine that has none downloads or builds. */
export const temporalStep = (): Step => nodeStep('temporal', ['test/runner/find-temporal.ts']);

function nodeStep(name: string, args: readonly string[]): Step {
  return { name, command: process.execPath, args, results: null, isPolite: false };
}

/** One of the `check:…` scripts of package.json, or for some files alone. */
export function checkStep(name: 'types' | 'lint' | 'arrows' | 'format', files: readonly string[] = []): Step {
  const [command, args] =
    files.length === 0
      ? ['npm', ['run', '--silent', `check:${name}`]]
      : ['npx', ['oxlint', '--max-warnings', '0', ...files]];
  return { name: `check:${name}`, command, args, results: null, isPolite: true };
}
