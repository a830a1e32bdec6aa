import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '#jest';
import { clearStaleLock, databaseUrl } from './cluster.ts';
import { sharedFolder } from './home.ts';

describe('the cluster', () => {
  let data: string;
  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'tashlum-data-'));
  });
  afterEach(() => rm(data, { recursive: true }));

  const hasLock = (): Promise<boolean> =>
    access(join(data, 'postmaster.pid')).then(
      () => true,
      () => false,
    );

  it('loses a lock whose pid has become another program', async () => {
    await writeFile(join(data, 'postmaster.pid'), `${process.pid}\n/data\n`);
    await clearStaleLock(data);
    expect(await hasLock()).toBe(false);
  });

  it('keeps a lock of a process that has ended, for PostgreSQL to judge whether backends live', async () => {
    await writeFile(join(data, 'postmaster.pid'), '4194303\n/data\n');
    await clearStaleLock(data);
    expect(await hasLock()).toBe(true);
  });

  it('has an address in which a password may hold anything', () => {
    expect(new URL(databaseUrl('postgres', 'a/b@c', 54_329)).host).toBe('127.0.0.1:54329');
  });

  it('lies for root in a folder of its own for each state directory', () => {
    expect(sharedFolder('/srv/a/.tashlum')).toMatch(/^\/var\/tmp\/tashlum-[0-9a-f]{12}$/);
    expect(sharedFolder('/srv/a/.tashlum')).not.toBe(sharedFolder('/srv/b/.tashlum'));
  });
});
