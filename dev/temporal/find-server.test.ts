import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '#jest';
import { findTemporal } from './find-server.ts';

const CURRENT = 'temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)';
const OLD = 'temporal version 1.3.0 (Server 1.27.1, UI 2.34.0)';

describe('where a Temporal server comes from', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tashlum-cli-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const placeCli = async (below: string, version: string): Promise<string> => {
    const path = join(folder, below, 'temporal');
    await mkdir(join(folder, below), { recursive: true });
    await writeFile(path, `#!/bin/sh\necho "${version}"\n`);
    await chmod(path, 0o755);
    return path;
  };
  const find = (env: NodeJS.ProcessEnv) =>
    findTemporal(() => undefined, AbortSignal.abort(new Error('went looking outside')), env);

  it('TEMPORAL_CLI_PATH comes before the PATH', async () => {
    const given = await placeCli('given', CURRENT);
    await placeCli('path', CURRENT);
    const found = await find({ TEMPORAL_CLI_PATH: given, PATH: join(folder, 'path') });
    expect(found).toEqual({ path: given, serverVersion: '1.29.1' });
  });

  it('a TEMPORAL_CLI_PATH that does not serve is said, not passed over', async () => {
    const given = await placeCli('given', OLD);
    await expect(find({ TEMPORAL_CLI_PATH: given, PATH: '' })).rejects.toThrow(
      `TEMPORAL_CLI_PATH is ${given}`,
    );
  });

  it('one on the PATH that is too old is passed over for the cache', async () => {
    await placeCli('path', OLD);
    const cached = await placeCli('cache/tashlum/temporal-1.5.1', CURRENT);
    const found = await find({ PATH: join(folder, 'path'), XDG_CACHE_HOME: join(folder, 'cache') });
    expect(found.path).toBe(cached);
  });

  it('only then it is looked for outside', async () => {
    await expect(find({ PATH: '', XDG_CACHE_HOME: folder })).rejects.toThrow('went looking outside');
  });
});
