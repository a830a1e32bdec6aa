import type { ProviderName } from './clinic.ts';
import type { Scripts, Settings } from './engine-programs.ts';
import { SCRIPTS } from './engine-programs.ts';
import type { EnvironmentInfo } from './environment-info.ts';
import { createInfoFile, describeEnvironment } from './environment-info.ts';
import { startClinic, startParts } from './parts.ts';
import type { Paths } from './paths.ts';
import { createPaths, readStateDir } from './paths.ts';
import { choosePorts, listTaken } from './ports.ts';
import type { Ports } from './ports.ts';
import type { Crew } from './processes/crew.ts';
import { createCrew } from './processes/crew.ts';
import { stopLeftovers } from './processes/leftovers.ts';
import { takeLock } from './processes/lock.ts';
import { readTail } from './processes/log-tail.ts';
import type { Progress } from './progress.ts';
import { toSeconds } from './progress.ts';
import { openState, removeState } from './state.ts';
import { chooseTemporal } from './temporal/given-server.ts';

export interface EnvironmentOptions {
  progress: Progress;
  /** Aborted to stop a running start; `startEnvironment` then fails once everything has ended. */
  signal: AbortSignal;
  /** Default: `TASHLUM_STATE_DIR`, else `.tashlum` of the checkout. */
  stateDir?: string;
  /** Empties what the last start left. */
  isFresh?: boolean;
  /** Random ports instead of the documented ones, to disturb nothing. */
  hasPrivatePorts?: boolean;
  /** Removes all its state at the stop. */
  isDisposable?: boolean;
  /**
   * Default: yes. Writes are then synced to the disk; tests need not wait for that, since they only kill processes.
   */
  survivesPowerLoss?: boolean;
  /** The demo clinic's payment provider; default `payplus`. */
  provider?: ProviderName;
  /** Other main scripts than those of `src`. */
  scripts?: Partial<Scripts>;
}

export interface Environment {
  /** The present content of `dev.json`. */
  readonly info: EnvironmentInfo;
  readonly paths: Paths;
  /** Stops the named processes in their own way and starts them again. */
  restart: (names: readonly string[]) => Promise<void>;
  /** Stops all in order and removes `dev.json`. */
  stop: () => Promise<void>;
}

/** A program that needs another one stops before it. */
const STOP_ORDER = ['api', 'worker', 'sandbox', 'temporal', 'postgres'];

const createReportingCrew = (paths: Paths, progress: Progress, changed: () => void): Crew =>
  createCrew(STOP_ORDER, paths, {
    died: (name, reason) => {
      progress.say(`  ↻ ${name} ended (${reason}); starting it again`);
      if (!reason.startsWith('SIG')) void readTail(paths.log(name), 6).then((tail) => progress.say(tail));
    },
    restarted: (name, pid, afterMs) => {
      progress.say(`  ✓ ${name} runs again after ${toSeconds(afterMs)} (process ${pid})`);
      changed();
    },
  });

const openSettings = async (paths: Paths, options: EnvironmentOptions) => {
  const leftovers = await stopLeftovers(paths.pids);
  if (leftovers.length > 0)
    options.progress.say(`  ✓ Stopped what an earlier run left: ${leftovers.join(', ')}`);
  const { home, secrets } = await openState(paths, options.isFresh === true);
  const ports = await choosePorts(paths.ports, options.hasPrivatePorts === true);
  const settings: Settings = {
    paths,
    ports,
    secrets,
    temporal: chooseTemporal(ports),
    scripts: { ...SCRIPTS, ...options.scripts },
    survivesPowerLoss: options.survivesPowerLoss ?? true,
  };
  return { home, settings };
};

/** A start failed, and these ports are another program's by now. */
class PortsTakenError extends Error {
  readonly ports: readonly number[];
  constructor(ports: readonly number[], cause: unknown) {
    super(`another program took port ${ports.join(', ')}`, { cause });
    this.ports = ports;
  }
}

/** A port is free when it is chosen, and may be taken before its program listens. */
const MOST_STARTS = 3;

/**
 * Starts an environment. Where another program takes a chosen port meanwhile, it starts again with other ports.
 * @throws as `startOnce`
 */
export const startEnvironment = async (options: EnvironmentOptions): Promise<Environment> => {
  for (let starts = 1; ; starts += 1) {
    try {
      return await startOnce(options);
    } catch (error) {
      if (!(error instanceof PortsTakenError)) throw error;
      if (options.signal.aborted || starts === MOST_STARTS) throw error.cause;
      options.progress.say(`  ↻ ${error.message} meanwhile: starting again with another one`);
    }
  }
};

/**
 * Starts PostgreSQL, Temporal, the sandbox, the worker and the API as child processes, migrates, opens the demo clinic and
 * writes `dev.json`. Each child that ends is started again until `stop`. A failed or aborted start leaves nothing running.
 * Fails with AlreadyRunningError while another environment has the state directory, else with a sentence for a person.
 */
const startOnce = async (options: EnvironmentOptions): Promise<Environment> => {
  const { progress } = options;
  const paths = createPaths(options.stateDir ?? readStateDir());
  const release = await takeLock(paths.lock);
  const start = new AbortController();
  const giveUp = (): void => start.abort(new Error('The start was given up'));
  const crew = createReportingCrew(paths, progress, () => void infoFile?.write());
  let infoFile: ReturnType<typeof createInfoFile> | undefined;
  let ports: Ports | undefined;

  const stop = async (): Promise<void> => {
    await infoFile?.remove();
    await crew.stop();
    await (options.isDisposable === true ? removeState(paths) : release());
  };
  // When the children end, all waits for them end, and so does the start.
  start.signal.addEventListener('abort', () => void crew.stop());
  options.signal.addEventListener('abort', giveUp);
  try {
    options.signal.throwIfAborted();
    const { home, settings } = await openSettings(paths, options);
    ports = settings.ports;
    const deps = { settings, home, crew, progress, signal: start.signal, giveUp };
    await startParts(deps);
    const clinic = await startClinic(deps, options.provider ?? 'payplus');
    const describe = (): EnvironmentInfo => describeEnvironment(settings, clinic, crew);
    infoFile = createInfoFile(paths.info, describe);
    await infoFile.write();
    start.signal.throwIfAborted();
    return {
      get info() {
        return describe();
      },
      paths,
      restart: crew.restart,
      stop,
    };
  } catch (error) {
    await stop();
    const taken = ports === undefined ? [] : await listTaken(ports);
    throw taken.length > 0 ? new PortsTakenError(taken, error) : error;
  } finally {
    options.signal.removeEventListener('abort', giveUp);
  }
};
