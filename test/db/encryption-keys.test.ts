import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { listUnfitKeys, checkKeysFit } from '../../src/db/encryption-keys.ts';
import { createSecrets, readMasterKeys } from '../../src/secrets.ts';
import { createOwnDatabase } from './own-database.ts';
import type { OwnDatabase } from './own-database.ts';

const key = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
const OLD = key('k1');
const NEW = key('k2');
const vault = (text: string) => createSecrets(readMasterKeys(text));

let database: OwnDatabase;
beforeAll(async () => (database = await createOwnDatabase('keys')));
afterAll(() => database.drop());

/** Starts a process of the engine on this database; what it says when it ends at once. */
async function start(name: 'api' | 'worker', keys: string): Promise<string> {
  const script = fileURLToPath(new URL(`../../src/${name}/main.ts`, import.meta.url));
  const env = {
    PATH: process.env['PATH'],
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    TASHLUM_ADMIN_KEY: randomBytes(24).toString('hex'),
    TASHLUM_ENCRYPTION_KEYS: keys,
  };
  return promisify(execFile)(process.execPath, [script], { env }).then(
    () => 'ended well',
    (error: unknown) => (error as { stderr: string }).stderr,
  );
}

describe('keys that do not fit what is stored', () => {
  it('are told by their canary: another key under the same id, or one that is missing', async () => {
    await checkKeysFit(database.pool, vault(OLD), 'k1');
    expect(await listUnfitKeys(database.pool, vault(`${NEW},${OLD}`))).toEqual([]);
    expect(await listUnfitKeys(database.pool, vault(NEW))).toEqual(['k1']);
    expect(await listUnfitKeys(database.pool, vault(key('k1')))).toEqual(['k1']);
  });

  it('leave no canary of their own, which would fail the processes that have the right ones', async () => {
    await expect(checkKeysFit(database.pool, vault(NEW), 'k2')).rejects.toThrow('sealed with "k1"');
    expect(await listUnfitKeys(database.pool, vault(OLD))).toEqual([]);
  });

  it.each(['api', 'worker'] as const)('end the start of the %s with a sentence', async (name) => {
    expect(await start(name, key('k1'))).toBe(
      `${name}: TASHLUM_ENCRYPTION_KEYS does not fit the database: values sealed with "k1" do not open. ` +
        'Add the keys that they were sealed with, after the current one\n',
    );
  });
});
