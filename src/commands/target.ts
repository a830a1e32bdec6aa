import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** What a command needs to use a database. */
export interface Target {
  readonly databaseUrl: string;
  /** `TASHLUM_ENCRYPTION_KEYS`, the current key first. */
  readonly encryptionKeys: string;
}

/**
 * From the environment, else from the files of a running dev environment.
 * @throws Error with a sentence for the operator if neither has it
 */
export async function readTarget(env: NodeJS.ProcessEnv): Promise<Target> {
  const databaseUrl = await readDatabaseUrl(env);
  const given = env['TASHLUM_ENCRYPTION_KEYS'];
  const stored = z.object({ encryptionKeys: z.string() }).safeParse(await readDevFile(env, 'secrets.json'));
  return {
    databaseUrl,
    encryptionKeys: mustHave('TASHLUM_ENCRYPTION_KEYS', given || stored.data?.encryptionKeys),
  };
}

/** The same for the database alone. */
export async function readDatabaseUrl(env: NodeJS.ProcessEnv): Promise<string> {
  const running = z.object({ databaseUrl: z.string() }).safeParse(await readDevFile(env, 'dev.json'));
  return mustHave('DATABASE_URL', env['DATABASE_URL'] || running.data?.databaseUrl);
}

/** A file that `npm run dev` writes; undefined: none runs here. */
async function readDevFile(env: NodeJS.ProcessEnv, name: string): Promise<unknown> {
  const stateDir = env['TASHLUM_STATE_DIR'] || join(import.meta.dirname, '../../.tashlum');
  try {
    return JSON.parse(await readFile(join(stateDir, name), 'utf8'));
  } catch {
    return undefined;
  }
}

function mustHave(name: string, value: string | undefined): string {
  if (value === undefined || value === '')
    throw new Error(`${name} is not set and no dev environment runs here: set it, or start npm run dev`);
  return value;
}
