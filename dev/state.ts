import { access, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeJson } from './files.ts';
import type { Paths } from './paths.ts';
import { findBinaries } from './postgres/binaries.ts';
import type { PostgresHome } from './postgres/home.ts';
import { prepareHome, removeHome } from './postgres/home.ts';
import type { Secrets } from './secrets.ts';
import { readSecrets } from './secrets.ts';
import { removeTemporalState } from './temporal/server.ts';

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Empties the state directory except for our lock, and PostgreSQL's data outside it. */
const emptyState = async (paths: Paths): Promise<void> => {
  await removeHome(paths.stateDir, paths.postgres, false);
  for (const entry of await readdir(paths.stateDir)) {
    const path = join(paths.stateDir, entry);
    if (path !== paths.lock) await rm(path, { recursive: true, force: true });
  }
};

/** Workflows and sandbox ledgers are worthless without the rows that they belong to. */
const forgetWhatLostItsRows = async (paths: Paths, secrets: Secrets): Promise<void> => {
  await removeTemporalState(paths);
  await rm(paths.sandbox, { recursive: true, force: true });
  delete secrets.workspace;
  await writeJson(paths.secrets, secrets);
};

/** The state to start from: that of the last start, or an empty one if there is none or `isFresh`. */
export const openState = async (
  paths: Paths,
  isFresh: boolean,
): Promise<{ home: PostgresHome; secrets: Secrets }> => {
  if (isFresh) await emptyState(paths);
  await mkdir(paths.logs, { recursive: true });
  const hasSecrets = await isThere(paths.secrets);
  const home = await prepareHome(paths.stateDir, paths.postgres, await findBinaries(), hasSecrets);
  const hasRows = await isThere(home.data);
  if (hasRows && !hasSecrets) {
    throw new Error(
      `${paths.secrets} is gone, and with it the password of the kept database: start with --fresh`,
    );
  }
  const secrets = await readSecrets(paths.secrets);
  if (!hasRows) await forgetWhatLostItsRows(paths, secrets);
  await mkdir(paths.sandbox, { recursive: true });
  return { home, secrets };
};

/** Removes every trace of an environment, also outside its state directory. */
export const removeState = async (paths: Paths): Promise<void> => {
  await removeHome(paths.stateDir, paths.postgres, true);
  await rm(paths.stateDir, { recursive: true, force: true });
};
