import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import type { Pool } from '../../src/db/pool.ts';
import { beginConnection, storeTokens } from '../../src/db/tax-authority.ts';
import { inWorkspace } from '../../src/db/transaction.ts';
import { ProviderError } from '../../src/domain/provider-error.ts';
import type { ProviderErrorCode } from '../../src/domain/provider-error.ts';
import { createLogger } from '../../src/logger.ts';
import type { TaxAuthority } from '../../src/providers/tax-authority/tax-authority.ts';
import { sealTokens } from '../../src/sealed-tokens.ts';
import { createSecrets, readMasterKeys } from '../../src/secrets.ts';
import { readAccessToken } from '../../src/worker/tax-authority/access-token.ts';
import { keepConnections } from '../../src/worker/tax-authority/keep-connections.ts';
import { createOwnDatabase } from './own-database.ts';
import { insertWorkspace } from './rows.ts';

const DAY = 86_400;
const secrets = createSecrets(readMasterKeys(`k1:${randomBytes(32).toString('base64')}`));
const logger = createLogger({ name: 'worker', level: 'fatal' });

let database: Awaited<ReturnType<typeof createOwnDatabase>>;
let pool: Pool;
beforeAll(async () => {
  database = await createOwnDatabase('tax_authority');
  ({ pool } = database);
});
afterAll(() => database.drop());

/** A connection whose refresh token is good for so many days more; its workspace. */
async function connected(days: number): Promise<string> {
  const workspaceId = await insertWorkspace(pool);
  await inWorkspace(pool, workspaceId, async (tx) => {
    await beginConnection(tx, { workspaceId, userId: null, stateHash: randomBytes(32) });
    const tokens = { accessToken: 'a1', refreshToken: 'r1', accessSeconds: 600, refreshSeconds: days * DAY };
    await storeTokens(tx, workspaceId, sealTokens(secrets, workspaceId, tokens));
  });
  return workspaceId;
}

/** An authority that only renews: as often as it was asked, or a failure. */
function authority(failure: ProviderErrorCode | null = null) {
  const used: string[] = [];
  const renew: TaxAuthority['renew'] = (_mode, refreshToken) => {
    used.push(refreshToken);
    if (failure !== null) return Promise.reject(new ProviderError(failure, 'no'));
    const count = used.length + 1;
    return Promise.resolve({
      accessToken: `a${count}`,
      refreshToken: `r${count}`,
      accessSeconds: 600,
      refreshSeconds: 90 * DAY,
    });
  };
  const taxAuthority = { renew } as unknown as TaxAuthority;
  return { used, parts: { pool, secrets, logger, taxAuthority } };
}

const typesOf = async (workspaceId: string): Promise<string[]> => {
  const { rows } = await pool.query<{ type: string }>(
    'SELECT type FROM events WHERE workspace_id = $1 ORDER BY sequence',
    [workspaceId],
  );
  return rows.map(({ type }) => type);
};

describe('a connection with the tax authority', () => {
  it('is renewed thirty days before its end, once', async () => {
    const workspaceId = await connected(29);
    const { used, parts } = authority();
    await keepConnections(parts);
    await keepConnections(parts);
    expect(used).toEqual(['r1']);
    expect(await readAccessToken(parts, { workspaceId, mode: 'test' })).toBe('a2');
    expect(await typesOf(workspaceId)).toEqual([]);
  });

  it('that cannot be renewed is warned of once, fourteen days before its end', async () => {
    const [later, soon] = [await connected(20), await connected(13)];
    const { parts } = authority('provider_unavailable');
    await keepConnections(parts);
    await keepConnections(parts);
    expect(await typesOf(later)).toEqual([]);
    expect(await typesOf(soon)).toEqual(['tax_authority.connection_expiring']);
    await pool.query(
      'UPDATE tax_authority_connections SET refresh_expires_at = now() + interval $$90 days$$',
    );
  });

  it('whose refresh token is taken no more is broken: told once, and nothing is asked any more', async () => {
    const workspaceId = await connected(90);
    const { used, parts } = authority('credentials_invalid');
    const business = { workspaceId, mode: 'test' } as const;
    for (let times = 0; times < 2; times += 1)
      await expect(readAccessToken(parts, business, true)).rejects.toMatchObject({
        code: 'credentials_invalid',
      });
    expect(used).toEqual(['r1']);
    expect(await typesOf(workspaceId)).toEqual(['tax_authority.connection_broken']);
  });

  it('uses no refresh token twice, however many processes want one', async () => {
    const workspaceId = await connected(90);
    const { used, parts } = authority();
    const business = { workspaceId, mode: 'test' } as const;
    await Promise.allSettled([1, 2, 3, 4, 5].map(() => readAccessToken(parts, business, true)));
    expect(used).toContain('r1');
    expect(new Set(used).size).toBe(used.length);
  });
});
