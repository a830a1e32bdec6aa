import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import type { Step } from './steps.ts';

/** A step that has ended. */
export interface EndedStep {
  readonly step: Step;
  readonly isGreen: boolean;
  readonly seconds: number;
}

/** Ends a hang: many times what a step takes, and before the caller of the run gives up. */
const STEP_LIMIT_MS = 40 * 60_000;

/**
 * Runs the lanes side by side and the steps of each in turn; prints what they say as they say it. A step that is in several
 * lanes runs once, and each of them waits for it.
 */
export async function runSteps(lanes: readonly (readonly Step[])[]): Promise<readonly EndedStep[]> {
  const running = new Set<ChildProcess>();
  const stopped = new AbortController();
  const stop = (): void => {
    stopped.abort();
    for (const child of running) child.kill('SIGTERM');
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const runs = new Map<Step, Promise<EndedStep>>();
  const runOnce = (step: Step): Promise<EndedStep> => {
    const run = runs.get(step) ?? runStep(step, running);
    runs.set(step, run);
    return run;
  };
  const runLane = async (steps: readonly Step[]): Promise<void> => {
    for (const step of steps) if (!stopped.signal.aborted) await runOnce(step);
  };
  await Promise.all(lanes.map(runLane));
  process.off('SIGINT', stop).off('SIGTERM', stop);
  if (stopped.signal.aborted) throw new Error('The test run was stopped');
  return Promise.all(runs.values());
}

async function runStep(step: Step, running: Set<ChildProcess>): Promise<EndedStep> {
  const start = performance.now();
  process.stdout.write(`… ${step.name}\n`);
  const child = spawn(step.command, step.args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: STEP_LIMIT_MS });
  running.add(child);
  if (step.isPolite && child.pid !== undefined)
    setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  // Jest writes its results as JSON to standard output too, where nobody reads them.
  if (step.results === null) child.stdout.pipe(process.stdout, { end: false });
  else child.stdout.resume();
  child.stderr.pipe(process.stdout, { end: false });
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  running.delete(child);
  const seconds = (performance.now() - start) / 1_000;
  const isGreen = code === 0;
  process.stdout.write(`${isGreen ? '✓' : '✗'} ${step.name} (${seconds.toFixed(0)} s)\n`);
  return { step, isGreen, seconds };
}
