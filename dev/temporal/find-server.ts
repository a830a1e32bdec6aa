import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Note } from '../progress.ts';
import { buildTemporal, hasGo } from './build.ts';
import { downloadTemporal } from './download.ts';
import { askVersion, isRecentEnough, TEMPORAL_VERSION } from './version.ts';

/** A Temporal CLI that can start a server, and the version of the server inside. */
export interface TemporalCli {
  path: string;
  serverVersion: string;
}

const WAYS =
  'No Temporal server was found. Any one of these helps: TEMPORAL_ADDRESS of a running server, TEMPORAL_CLI_PATH or a ' +
  '`temporal` ≥ 1.4 on the PATH, a route to https://temporal.download, or Go ≥ 1.25 on the PATH (it is then built once).';

/** The folder kept between clones: `$XDG_CACHE_HOME/tashlum`, else `~/.cache/tashlum`. */
export const cacheFolder = (env: NodeJS.ProcessEnv = process.env): string => {
  const base = env['XDG_CACHE_HOME'];
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'tashlum');
};

const tryCli = async (path: string): Promise<TemporalCli | undefined> => {
  const version = await askVersion(path);
  return version !== undefined && isRecentEnough(version)
    ? { path, serverVersion: version.server }
    : undefined;
};

const findGiven = async (path: string): Promise<TemporalCli> => {
  const cli = await tryCli(path);
  if (cli === undefined)
    throw new Error(`TEMPORAL_CLI_PATH is ${path}, which is no Temporal CLI ≥ 1.4: correct or unset it`);
  return cli;
};

const findOnPath = async (env: NodeJS.ProcessEnv): Promise<TemporalCli | undefined> => {
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter((part) => part !== '')) {
    const path = join(folder, 'temporal');
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    const cli = isThere ? await tryCli(path) : undefined;
    if (cli !== undefined) return cli;
  }
  return undefined;
};

/** Runs `obtain` in a draft folder of the cache and moves what it made into place in one step. */
const obtainInto = async (cached: string, obtain: (folder: string) => Promise<void>): Promise<void> => {
  const folder = dirname(cached);
  await mkdir(folder, { recursive: true });
  // Beside the target, so that the rename stays within one file system.
  const draft = await mkdtemp(join(folder, 'draft-'));
  try {
    await obtain(draft);
    await rename(join(draft, 'temporal'), cached);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
};

/**
 * A Temporal CLI, from the first of: TEMPORAL_CLI_PATH, the PATH, the cache, Temporal's download, a build by Go.
 * Fails with one sentence that names these ways.
 */
export const findTemporal = async (
  note: Note,
  signal: AbortSignal,
  env: NodeJS.ProcessEnv = process.env,
): Promise<TemporalCli> => {
  const given = env['TEMPORAL_CLI_PATH'];
  if (given !== undefined && given !== '') return findGiven(given);
  const cached = join(cacheFolder(env), `temporal-${TEMPORAL_VERSION}`, 'temporal');
  const found = (await findOnPath(env)) ?? (await tryCli(cached));
  if (found !== undefined) return found;

  note('looking for it at temporal.download');
  const isDownloaded = await obtainInto(cached, (folder) => downloadTemporal(folder, note, signal)).then(
    () => true,
    () => false,
  );
  signal.throwIfAborted();
  if (!isDownloaded) {
    if (!(await hasGo())) throw new Error(WAYS);
    await obtainInto(cached, (folder) => buildTemporal(folder, note, signal));
  }
  const obtained = await tryCli(cached);
  if (obtained === undefined) throw new Error(`${cached} does not run on this machine: remove it. ${WAYS}`);
  return obtained;
};
