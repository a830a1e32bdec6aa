import { createTashlum } from 'tashlum/client';
import { ACTOR } from './clinic.ts';
import type { StartCommand } from './command-line.ts';
import { showPayment, showWhatToTry } from './demo/show.ts';
import { createPayment, takePayment } from './demo/take-payment.ts';
import type { Environment } from './environment.ts';
import { startEnvironment } from './environment.ts';
import type { Scripts } from './engine-programs.ts';
import type { EnvironmentInfo } from './environment-info.ts';
import { readJson } from './files.ts';
import { createPaths, readStateDir } from './paths.ts';
import { AlreadyRunningError } from './processes/lock.ts';
import type { Progress } from './progress.ts';
import { createProgress } from './progress.ts';
import { whenAborted } from './stop-request.ts';
import { watchSource } from './watch-source.ts';
import { answersOk } from './waiting.ts';

interface Session {
  asked: StartCommand;
  environment: Environment;
  progress: Progress;
  signal: AbortSignal;
}

const OPEN_AMOUNT = 12_000;

/** Takes the scripted payment and, unless only that was asked for, shows what to try and keeps running. */
const demo = async ({ asked, environment, progress, signal }: Session): Promise<void> => {
  const { info, paths } = environment;
  const api = createTashlum({ baseUrl: info.apiUrl, key: info.workspaceKey, headers: ACTOR });
  progress.say('\nA payment of ₪350.00');
  const taken = await takePayment({ info, api, folder: paths.demo, progress, signal });
  showPayment(taken).forEach((line) => progress.say(line));
  if (asked.isOnce) return;
  const open = await createPayment(api, OPEN_AMOUNT, signal);
  const hasDocs = await answersOk(`${info.apiUrl}/docs`).catch(() => false);
  showWhatToTry(info, paths.info, open, hasDocs).forEach((line) => progress.say(line));
  await whenAborted(signal);
};

/** Keeps running, and restarts the processes that a change of source affects. */
const dev = async ({ environment, progress, signal }: Session): Promise<void> => {
  const { info, paths } = environment;
  progress.say(
    `\n  API ${info.apiUrl}   Temporal ${info.temporalUiUrl ?? info.temporalAddress}   logs ${paths.logs}`,
  );
  progress.say('  API and worker start again when their source changes. Ctrl-C stops everything.');
  const endWatch = watchSource((names, path) => {
    progress.say(`  ↻ src/${path} changed: ${names.join(', ')}`);
    void environment.restart(names);
  });
  await whenAborted(signal);
  endWatch();
};

const explain = async (error: unknown): Promise<string> => {
  if (!(error instanceof AlreadyRunningError)) return error instanceof Error ? error.message : String(error);
  const info = (await readJson(createPaths(readStateDir()).info).catch(() => undefined)) as
    EnvironmentInfo | undefined;
  const where = info === undefined ? 'is just starting' : `runs at ${info.apiUrl}`;
  return `An environment of this checkout already ${where} (process ${error.pid}): use it, or stop it with Ctrl-C first.`;
};

const COMMANDS = { demo, dev };

/**
 * Runs a command from start to stop and returns the exit code: 0, 1 after a failure, 130 when stopped during the start or the
 * scripted payment. `scripts` puts others in place of the main scripts of `src`.
 */
export const runCommand = async (
  asked: StartCommand,
  signal: AbortSignal,
  scripts: Partial<Scripts> = {},
): Promise<number> => {
  const progress = createProgress(process.stdout);
  let environment: Environment | undefined;
  let exitCode = 0;
  try {
    progress.say('Starting Tashlum');
    environment = await startEnvironment({
      progress,
      signal,
      isFresh: asked.isFresh,
      provider: asked.provider,
      scripts,
    });
    await COMMANDS[asked.command]({ asked, environment, progress, signal });
  } catch (error) {
    // After a request to stop, errors of the interrupted step are no failure.
    exitCode = signal.aborted ? 130 : 1;
    if (!signal.aborted) progress.say(`\n✗ ${await explain(error)}`);
  }
  if (environment !== undefined) {
    const running = environment;
    progress.say('');
    await progress.step(
      'Shutdown',
      () => running.stop(),
      () => 'nothing is left running',
    );
  } else if (signal.aborted) progress.say('\n  ✓ Stopped');
  progress.end();
  return exitCode;
};
