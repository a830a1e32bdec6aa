import { readJson } from './files.ts';
import { createPaths, readStateDir } from './paths.ts';
import type { EnvironmentInfo } from './environment-info.ts';
import type { Secrets } from './secrets.ts';

/** What a command on a database needs. */
export interface Target {
  readonly databaseUrl: string;
  /** `TASHLUM_ENCRYPTION_KEYS`, the current key first. */
  readonly encryptionKeys: string;
}

/**
 * From the environment, else from the running dev environment's own files.
 * @throws Error with the sentence to show where neither says it
 */
export const readTarget = async (env: NodeJS.ProcessEnv): Promise<Target> => {
  const secrets = (await readJson(createPaths(readStateDir(env)).secrets)) as Secrets | undefined;
  const encryptionKeys = env['TASHLUM_ENCRYPTION_KEYS'] || secrets?.encryptionKeys;
  return {
    databaseUrl: await readDatabaseUrl(env),
    encryptionKeys: mustHave('TASHLUM_ENCRYPTION_KEYS', encryptionKeys),
  };
};

/** The same of the database alone. */
export const readDatabaseUrl = async (env: NodeJS.ProcessEnv): Promise<string> => {
  const info = (await readJson(createPaths(readStateDir(env)).info)) as EnvironmentInfo | undefined;
  return mustHave('DATABASE_URL', env['DATABASE_URL'] || info?.databaseUrl);
};

const mustHave = (name: string, value: string | undefined): string => {
  if (value === undefined || value === '')
    throw new Error(`${name} is not set and no dev environment runs here: set it, or start npm run dev`);
  return value;
};
