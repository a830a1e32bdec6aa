import { readFile, rm, writeFile } from 'node:fs/promises';
import type { Paths } from '../paths.ts';
import type { Program } from '../processes/program.ts';
import type { Ports } from '../ports.ts';
import { answersOk } from '../waiting.ts';
import type { TemporalCli } from './find-server.ts';

const DYNAMIC_CONFIG: Record<string, string> = {
  // Priority and fairness keys have no effect on 1.29 without it.
  'matching.useNewMatcher': 'true',
  // One partition: fewer hops and no starving task at the load of one machine.
  'matching.numTaskqueueReadPartitions': '1',
  'matching.numTaskqueueWritePartitions': '1',
};

const pragmas = (survivesPowerLoss: boolean): readonly string[] => [
  'journal_mode=WAL',
  `synchronous=${survivesPowerLoss ? 'NORMAL' : 'OFF'}`,
];

/**
 * Refuses a state file that another server version wrote: the dev server sets its schema up once and never migrates it.
 */
export const checkStateVersion = async (paths: Paths, version: string): Promise<void> => {
  const before = await readFile(paths.temporalVersion, 'utf8').catch(() => version);
  if (before.trim() !== version) {
    throw new Error(
      `The Temporal state in ${paths.stateDir} was written by server ${before.trim()}, found is ${version}: ` +
        'point TEMPORAL_CLI_PATH to the former, or start with --fresh',
    );
  }
  await writeFile(paths.temporalVersion, `${version}\n`);
};

/** Removes the state file and what SQLite keeps beside it. */
export const removeTemporalState = async (paths: Paths): Promise<void> => {
  const files = [paths.temporalVersion, ...['', '-wal', '-shm'].map((suffix) => paths.temporalDb + suffix)];
  await Promise.all(files.map((file) => rm(file, { force: true })));
};

/** The dev server with its UI; ready once its UI can read the default namespace from it. */
export const temporalProgram = (
  cli: TemporalCli,
  { ports, paths, survivesPowerLoss }: { ports: Ports; paths: Paths; survivesPowerLoss: boolean },
): Program => ({
  name: 'temporal',
  file: cli.path,
  args: [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--log-level', 'error', '--log-format', 'json'],
    ...['--port', String(ports.temporal), '--ui-port', String(ports.temporalUi)],
    ...['--db-filename', paths.temporalDb],
    ...pragmas(survivesPowerLoss).flatMap((pragma) => ['--sqlite-pragma', pragma]),
    ...Object.entries(DYNAMIC_CONFIG).flatMap(([key, value]) => [
      '--dynamic-config-value',
      `${key}=${value}`,
    ]),
  ],
  cwd: paths.stateDir,
  env: process.env,
  isReady: () => answersOk(`http://127.0.0.1:${ports.temporalUi}/api/v1/namespaces/default`),
  readyWithinMs: 60_000,
  stopSignal: 'SIGTERM',
  stopWithinMs: 10_000,
  retryStartMs: 0,
});
