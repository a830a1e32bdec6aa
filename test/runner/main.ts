import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseChanged } from './changed.ts';
import { archiveSteps, bundleStep, checkStep, jestStep, simulatorStep, temporalStep } from './steps.ts';
import type { Step } from './steps.ts';
import { runSteps } from './run-steps.ts';
import { summarise } from './summary.ts';

// `npm test` and `npm run test:quick`. Steps run side by side, since integration tests wait a lot; the checks, which wait for
// nothing, give way to the tests. A step that fails keeps no other from running.

/** What an environment needs; it is in several lanes and runs once. */
const temporal = temporalStep();

/** In the order of their starts; those of one lane run one after the other. */
const everything = (results: string): readonly (readonly Step[])[] => [
  [temporal, jestStep('integration', results, ['--maxWorkers=4'])],
  // Tests that crowd the engine on purpose run when there is less beside them.
  [
    jestStep('unit', results, ['--maxWorkers=2']),
    temporal,
    ...['chaos', 'alone'].map((name) => jestStep(name, results, ['--runInBand'])),
  ],
  [
    ...[checkStep('types'), checkStep('lint'), checkStep('arrows'), checkStep('format')],
    ...[simulatorStep(), ...archiveSteps(results)],
  ],
];

function whatChanged(results: string): readonly (readonly Step[])[] {
  const { sources, unitTests, integrationTests } = chooseChanged();
  const lint = sources.length === 0 ? [] : [checkStep('lint', sources)];
  const unit = unitTests.length === 0 ? [] : [jestStep('unit', results, ['--runTestsByPath', ...unitTests])];
  const integration =
    integrationTests.length === 0
      ? []
      : [jestStep('integration', results, ['--maxWorkers=3', '--runTestsByPath', ...integrationTests])];
  return [integration, [...unit, checkStep('types'), ...lint, checkStep('arrows')]];
}

const results = await mkdtemp(join(tmpdir(), 'tashlum-results-'));
// Some eighty processes and threads of a run load the same modules: types are stripped and code is compiled once.
process.env['NODE_COMPILE_CACHE'] ??= join(results, 'compiled');
try {
  const lanes = process.argv.includes('--quick') ? whatChanged(results) : everything(results);
  const bundle = join(results, 'workflow-bundle.js');
  const [bundled] = await runSteps([[bundleStep(bundle)]]);
  if (bundled?.isGreen === true) process.env['WORKFLOW_BUNDLE'] = bundle;
  const ended = [...(bundled ? [bundled] : []), ...(await runSteps(lanes))];
  const { text, isGreen } = summarise(ended);
  process.stdout.write(text);
  process.exitCode = isGreen ? 0 : 1;
} catch (error) {
  process.stdout.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await rm(results, { recursive: true, force: true });
}
