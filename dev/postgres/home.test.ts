import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '#jest';
import { findBinaries } from './binaries.ts';
import { prepareHome, removeHome, sharedFolder } from './home.ts';

const isRoot = process.getuid?.() === 0;
const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

(isRoot ? describe : describe.skip)('the data of root, outside the checkout', () => {
  let stateDir: string;
  beforeEach(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'tashlum-state-'));
    const data = join(sharedFolder(stateDir), 'cluster', 'data');
    await mkdir(data, { recursive: true });
    await writeFile(join(data, 'rows'), '1');
  });
  afterEach(async () => {
    await removeHome(stateDir, join(stateDir, 'postgres'), true);
    await rm(stateDir, { recursive: true });
  });

  const rowsAfterStart = async (hasSecrets: boolean): Promise<boolean> => {
    const home = await prepareHome(stateDir, join(stateDir, 'postgres'), await findBinaries(), hasSecrets);
    return isThere(join(home.data, 'rows'));
  };

  it('is set aside for a checkout that was deleted and cloned anew, since its keys are gone', async () => {
    expect(await rowsAfterStart(false)).toBe(false);
    expect(await isThere(join(sharedFolder(stateDir), 'cluster-left-behind', 'data', 'rows'))).toBe(true);
  });

  it('is kept where the keys are there, though the link to it is lost', async () => {
    expect(await rowsAfterStart(true)).toBe(true);
  });

  it('is kept where the link is there: that keys are missing must be said, not hidden', async () => {
    await rowsAfterStart(true);
    expect(await rowsAfterStart(false)).toBe(true);
  });
});
