import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SETTINGS = 'BENCH_SETTINGS';
const STOP_WITHIN_MS = 10_000;

/** A process that belongs to one floor only. */
export interface Child {
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a script of this folder with its settings and passes on what it says. `listen` returns true once the child
 * counts as ready. @throws Error when it ends before that
 */
export async function startChild<Message>(
  script: string,
  settings: object,
  listen: (message: Message) => boolean,
): Promise<Child> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), {
    env: { ...process.env, [SETTINGS]: JSON.stringify(settings) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await new Promise<void>((resolve, reject) => {
    child.on('message', (message) => {
      if (listen(message as Message)) resolve();
    });
    child.once('exit', (code) => reject(new Error(`${script} ended (exit code ${code ?? 'unknown'})`)));
  });
  if (child.pid === undefined) throw new Error(`${script} has no process`);
  return { pid: child.pid, stop: () => stop(child) };
}

/** What `startChild` was given, in the child. */
export function readSettings<Settings>(): Settings {
  const text = process.env[SETTINGS];
  if (text === undefined)
    throw new Error(`${SETTINGS} is missing: the bench starts this script, not a person`);
  return JSON.parse(text) as Settings;
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const killer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    child.once('exit', () => {
      clearTimeout(killer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
