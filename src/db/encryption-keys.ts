import { ConfigError } from '../config.ts';
import type { Logger } from '../logger.ts';
import { placeIn } from '../sealed-places.ts';
import type { Secrets } from '../secrets.ts';
import type { Sql } from './pool.ts';

const CONTENT = 'tashlum';

const placeOf = (keyId: string) => placeIn('encryption_keys.canary', keyId);

/** `keyId` is the id of the key that `secrets` seals with. */
async function insertKey(sql: Sql, secrets: Secrets, keyId: string): Promise<void> {
  await sql.query(
    'INSERT INTO encryption_keys (id, canary_sealed) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING',
    [keyId, secrets.seal(placeOf(keyId), CONTENT)],
  );
}

/** Ids of keys that stored values need and that are not configured, or are configured with other bytes. */
export async function listUnfitKeys(sql: Sql, secrets: Secrets): Promise<string[]> {
  const { rows } = await sql.query<{ id: string; canary: Buffer }>(
    'SELECT id, canary_sealed AS canary FROM encryption_keys ORDER BY id',
  );
  return rows.filter(({ id, canary }) => !opens(secrets, id, canary)).map(({ id }) => id);
}

/** Forgets every key but one, once no value is sealed with another. */
export async function deleteOtherKeys(sql: Sql, keyId: string): Promise<void> {
  await sql.query('DELETE FROM encryption_keys WHERE id <> $1', [keyId]);
}

function opens(secrets: Secrets, keyId: string, canary: Buffer): boolean {
  try {
    return secrets.open(placeOf(keyId), canary).toString() === CONTENT;
  } catch {
    return false;
  }
}

/**
 * Records the key that values are sealed with from now on. A key that does not fit is not recorded: it would stop the
 * processes that have the right keys.
 * @throws ConfigError if the configured keys do not open what is stored
 */
export async function checkKeysFit(sql: Sql, secrets: Secrets, keyId: string): Promise<void> {
  const unfit = await listUnfitKeys(sql, secrets);
  if (unfit.length > 0) throw new ConfigError(sentenceAbout(unfit));
  await insertKey(sql, secrets, keyId);
}

/** The same of a process that runs: whether the keys open what is stored by now. A sentence in the log says why not. */
export async function doKeysFit(sql: Sql, secrets: Secrets, logger: Pick<Logger, 'error'>): Promise<boolean> {
  const unfit = await listUnfitKeys(sql, secrets);
  if (unfit.length > 0) logger.error({ keyIds: unfit }, sentenceAbout(unfit));
  return unfit.length === 0;
}

const sentenceAbout = (unfit: readonly string[]): string =>
  `TASHLUM_ENCRYPTION_KEYS does not fit the database: values sealed with "${unfit.join('", "')}" do not open. ` +
  'Add the keys that they were sealed with, after the current one';
