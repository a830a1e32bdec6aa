import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '#jest';
import { copyBinaries, makeLibraryLinks } from './binaries.ts';

describe("PostgreSQL's programs", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tashlum-pg-'));
    await mkdir(join(folder, 'native', 'lib'), { recursive: true });
    await writeFile(join(folder, 'native', 'lib', 'libpq.so.5.18'), 'library');
    const links = ['libpq.so', 'libpq.so.5'].map((name) => ({
      source: 'native/lib/libpq.so.5.18',
      target: `native/lib/${name}`,
    }));
    await writeFile(join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(links));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('get the library links that npm was kept from making, also where a broken one stands', async () => {
    await symlink('nowhere', join(folder, 'native', 'lib', 'libpq.so.5'));
    await makeLibraryLinks(folder);
    for (const name of ['libpq.so', 'libpq.so.5']) {
      expect(await readFile(join(folder, 'native', 'lib', name), 'utf8')).toBe('library');
    }
  });

  it('are copied with links that do not lead back to the original', async () => {
    await makeLibraryLinks(folder);
    const copy = await copyBinaries(
      { native: join(folder, 'native'), version: '18' },
      join(folder, 'copies'),
    );
    await rm(join(folder, 'native'), { recursive: true });
    expect(await readFile(join(copy.native, 'lib', 'libpq.so.5'), 'utf8')).toBe('library');
  });
});
