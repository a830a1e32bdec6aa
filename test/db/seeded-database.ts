import { randomBytes } from 'node:crypto';
import { createCopier } from '../../src/db/copy-rows.ts';
import type { SeededClinic } from '../../src/commands/seeding/clinics.ts';
import { makeChain } from '../../src/commands/seeding/prepare.ts';
import { sow } from '../../src/commands/seeding/sow.ts';
import { createSecrets, readMasterKeys } from '../../src/secrets.ts';
import { createOwnDatabase } from './own-database.ts';
import type { OwnDatabase } from './own-database.ts';

const secrets = createSecrets(readMasterKeys(`k1:${randomBytes(32).toString('base64')}`));

/** Two years with the change of the VAT rate in the middle. */
export const SEASON = {
  from: new Date('2024-01-01T00:00:00Z'),
  to: new Date('2026-01-01T00:00:00Z'),
  today: new Date('2026-03-01T00:00:00Z'),
} as const;

export type SeededDatabase = OwnDatabase & { readonly clinics: readonly SeededClinic[] };

/** A database of its own with a seeded chain of clinics, as `npm run seed` makes it. */
export async function createSeededDatabase(purpose: string, payments: number): Promise<SeededDatabase> {
  const database = await createOwnDatabase(purpose);
  const clinics = await sowChain(database, 1, payments);
  return { ...database, clinics };
}

export async function sowChain(
  { pool, url }: OwnDatabase,
  seed: number,
  payments: number,
): Promise<readonly SeededClinic[]> {
  const clinics = await makeChain({ pool, secrets }, seed, payments, { besideOtherData: false });
  const copier = await createCopier(url);
  for (const clinic of clinics) await sow(copier, clinic, { ...SEASON, seed }, () => undefined);
  await copier.end();
  return clinics;
}
