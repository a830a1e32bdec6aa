import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.ts';
import { copyBinaries } from './binaries.ts';

const run = promisify(execFile);

interface User {
  uid: number;
  gid: number;
}

/** The folder of a cluster and its user; `user` is set if we are root, because PostgreSQL refuses to run as root. */
export interface PostgresHome {
  folder: string;
  data: string;
  binaries: Binaries;
  user: User | undefined;
}

const SHARED_PARENT = '/var/tmp';
const OWN_USER = 'tashlum-postgres';

const findUser = async (name: string): Promise<User | undefined> => {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
};

const createUser = async (): Promise<User | undefined> => {
  await run('useradd', ['--system', '--no-create-home', '--shell', '/bin/false', OWN_USER]).catch(
    () => undefined,
  );
  return findUser(OWN_USER);
};

/** An ordinary user: `postgres`, the one we made before, a new one, or `nobody`, whichever this machine has first. */
const chooseUser = async (): Promise<User> => {
  const user =
    (await findUser('postgres')) ??
    (await findUser(OWN_USER)) ??
    (await createUser()) ??
    (await findUser('nobody'));
  if (user === undefined || user.uid === 0) {
    throw new Error(
      'PostgreSQL refuses to run as root and no ordinary user was found: create one with useradd postgres',
    );
  }
  return user;
};

/** The folder for root's cluster: outside the checkout, which may lie below a 0700 home, and one per state directory. */
export const sharedFolder = (stateDir: string): string =>
  join(SHARED_PARENT, `tashlum-${createHash('sha256').update(stateDir).digest('hex').slice(0, 12)}`);

/** In a world-writable parent, another user may have made the folder first: only our own one is used. */
const claimFolder = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== 0)
    throw new Error(`${folder} is not root's own folder: remove it and start again`);
  await chmod(folder, 0o755);
};

const pointTo = async (pointer: string, folder: string): Promise<void> => {
  if ((await readlink(pointer).catch(() => '')) === folder) return;
  await rm(pointer, { recursive: true, force: true });
  await symlink(folder, pointer);
};

/** Data of a checkout that was deleted and cloned again at the same place, whose keys are gone. One is kept. */
const setAside = async (cluster: string): Promise<void> => {
  if ((await lstat(cluster).catch(() => undefined)) === undefined) return;
  const kept = `${cluster}-left-behind`;
  await rm(kept, { recursive: true, force: true });
  await rename(cluster, kept);
};

/** As root: programs and data below /var/tmp, `pointer` a link to them. As anybody else: data below `pointer`. */
export const prepareHome = async (
  stateDir: string,
  pointer: string,
  installed: Binaries,
  hasSecrets: boolean,
): Promise<PostgresHome> => {
  if (process.getuid?.() !== 0) {
    await mkdir(pointer, { recursive: true, mode: 0o700 });
    return { folder: pointer, data: join(pointer, 'data'), binaries: installed, user: undefined };
  }
  const folder = sharedFolder(stateDir);
  await claimFolder(folder);
  const cluster = join(folder, 'cluster');
  if (!hasSecrets && (await readlink(pointer).catch(() => '')) !== folder) await setAside(cluster);
  await pointTo(pointer, folder);
  const user = await chooseUser();
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  await chown(cluster, user.uid, user.gid);
  return {
    folder: cluster,
    data: join(cluster, 'data'),
    binaries: await copyBinaries(installed, folder),
    user,
  };
};

/** Removes the cluster and, with `isWhole`, the copied programs too. */
export const removeHome = async (stateDir: string, pointer: string, isWhole: boolean): Promise<void> => {
  const isRoot = process.getuid?.() === 0;
  const shared = sharedFolder(stateDir);
  if (isRoot) await rm(isWhole ? shared : join(shared, 'cluster'), { recursive: true, force: true });
  await rm(pointer, { recursive: true, force: true });
};
