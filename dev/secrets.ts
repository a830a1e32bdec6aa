import { randomBytes } from 'node:crypto';
import { readJson, writeJson } from './files.ts';

/** Secrets kept between two starts, in `secrets.json` (mode 0600). */
export interface Secrets {
  /** Password of the cluster's superuser. */
  databasePassword: string;
  /** Password of the login role `tashlum_system`. */
  systemDatabasePassword: string;
  adminKey: string;
  /** `TASHLUM_ENCRYPTION_KEYS`: "id:base64 of 32 bytes", comma-separated. */
  encryptionKeys: string;
  /** The demo clinic, once made. */
  workspace?: { id: string; key: string };
}

const random = (): string => randomBytes(24).toString('base64url');

/** The stored secrets, with new ones for missing ones; new ones are stored before they are returned. */
export const readSecrets = async (file: string): Promise<Secrets> => {
  const kept = ((await readJson(file)) ?? {}) as Partial<Secrets>;
  const secrets: Secrets = {
    databasePassword: random(),
    systemDatabasePassword: random(),
    adminKey: `tsh_admin_${random()}`,
    encryptionKeys: `k1:${randomBytes(32).toString('base64')}`,
    ...kept,
  };
  await writeJson(file, secrets);
  return secrets;
};
