/** One program the environment runs: how it starts, when it counts as ready, how it is asked to stop. */
export interface Program {
  name: string;
  file: string;
  args: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** The user it runs as, where that is not our own. */
  user?: { uid: number; gid: number } | undefined;
  isReady: () => Promise<boolean>;
  readyWithinMs: number;
  stopSignal: NodeJS.Signals;
  stopWithinMs: number;
  /** How long a program that ends too early is restarted at its first start; 0 fails at once. */
  retryStartMs: number;
  /** Runs before every start. */
  prepare?: () => Promise<void>;
}

/** Why a process ended, in words. */
export const describeExit = (code: number | null, signal: NodeJS.Signals | null): string =>
  signal === null ? `exit code ${code ?? 'unknown'}` : signal;

/** Milliseconds to wait before the n-th start in a row that fails (n from 0): 0.1 s doubling up to 2 s. */
export const backOffMs = (failures: number): number => Math.min(100 * 2 ** failures, 2_000);
