import { createReadStream, createWriteStream } from 'node:fs';
import { access, lstat, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';

/**
 * Path of the browser in @sparticuz/chromium, unpacked into the temporary folder of the system at first use. The
 * package itself unpacks in place: a killed process leaves half a browser for ever, and two processes at once run
 * each other's half. Here the file appears complete, by a rename.
 * @throws Error if the folder belongs to another user, or the disk is full
 */
export async function unpackBrowser(): Promise<string> {
  const { archive, version } = await findArchive();
  const folder = join(tmpdir(), `tashlum-chromium-${version}-${process.getuid?.() ?? 0}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await refuseForeignFolder(folder);
  const browser = join(folder, 'chromium');
  if (!(await exists(browser))) await unpack(archive, browser, folder);
  return browser;
}

async function findArchive(): Promise<{ archive: string; version: string }> {
  const root = new URL('../', import.meta.resolve('@sparticuz/chromium'));
  const { version } = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as {
    version: string;
  };
  return { archive: fileURLToPath(new URL('bin/chromium.br', root)), version };
}

/** In a shared temporary folder, another user may have placed a program under our name. */
async function refuseForeignFolder(folder: string): Promise<void> {
  const { uid } = await lstat(folder);
  if (process.getuid && uid !== process.getuid()) {
    throw new Error(`${folder} belongs to another user; remove it, or set CHROMIUM_PATH`);
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function unpack(archive: string, browser: string, folder: string): Promise<void> {
  const workbench = await mkdtemp(join(folder, 'unpacking-'));
  try {
    const half = join(workbench, 'chromium');
    await pipeline(
      createReadStream(archive),
      createBrotliDecompress(),
      createWriteStream(half, { mode: 0o700 }),
    );
    await rename(half, browser);
  } finally {
    await rm(workbench, { recursive: true, force: true });
  }
}
