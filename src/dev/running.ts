import { readJson } from './files.ts';
import { createPaths, readStateDir } from './paths.ts';
import type { EnvironmentInfo } from './environment-info.ts';
import type { Secrets } from './secrets.ts';

/** What a command on a database needs: the environment says it, else the running dev environment's own files do. */
export interface Target {
  readonly databaseUrl: string;
  /** `TASHLUM_ENCRYPTION_KEYS`, the current key first. */
  readonly encryptionKeys: string;
}

/** @throws Error with the sentence to show where neither says it */
export const readTarget = async (env: NodeJS.ProcessEnv): Promise<Target> => {
  const paths = createPaths(readStateDir(env));
  const info = (await readJson(paths.info)) as EnvironmentInfo | undefined;
  const secrets = (await readJson(paths.secrets)) as Secrets | undefined;
  return {
    databaseUrl: mustHave('DATABASE_URL', env['DATABASE_URL'], info?.databaseUrl),
    encryptionKeys: mustHave(
      'TASHLUM_ENCRYPTION_KEYS',
      env['TASHLUM_ENCRYPTION_KEYS'],
      secrets?.encryptionKeys,
    ),
  };
};

const mustHave = (name: string, ...said: readonly (string | undefined)[]): string => {
  const value = said.find((one) => one !== undefined && one !== '');
  if (value === undefined)
    throw new Error(`${name} is not set and no dev environment runs here: set it, or start npm run dev`);
  return value;
};
