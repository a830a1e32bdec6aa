import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '#jest';
import { identify, isAlive, readStartTicks } from './identity.ts';
import { notePid, stopLeftovers } from './leftovers.ts';
import { AlreadyRunningError, takeLock } from './lock.ts';

describe('one environment a state directory', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tashlum-lock-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('of two that want it at once, one gets it; after that one is done, so can another', async () => {
    const file = join(folder, 'lock.json');
    const [first, second] = await Promise.allSettled([takeLock(file), takeLock(file)]);
    const winner = [first, second].find((result) => result.status === 'fulfilled');
    const loser = [first, second].find((result) => result.status === 'rejected');
    expect(loser?.reason).toBeInstanceOf(AlreadyRunningError);
    await winner?.value();
    await expect(takeLock(file)).resolves.toBeInstanceOf(Function);
  });

  it('a lock of a process whose pid was given to another since is taken over', async () => {
    const file = join(folder, 'lock.json');
    await writeFile(file, JSON.stringify({ pid: process.pid, startedAt: 'long ago' }));
    await expect(takeLock(file)).resolves.toBeInstanceOf(Function);
  });

  it('finds and stops what a killed environment left, and nothing that only has its pid', async () => {
    const left = spawn('sleep', ['60'], { stdio: 'ignore' });
    await once(left, 'spawn');
    const ended = once(left, 'exit');
    await notePid(folder, 'worker', left.pid ?? 0);
    await writeFile(join(folder, 'api.json'), JSON.stringify({ pid: process.pid, startedAt: 'long ago' }));
    expect(await stopLeftovers(folder)).toEqual(['worker']);
    expect(await ended).toEqual([null, 'SIGINT']);
    expect(await stopLeftovers(folder)).toEqual([]);
  });

  it('knows itself again, and reads the start time past a name with blanks and brackets', async () => {
    const own = await identify(process.pid);
    expect(own !== undefined && (await isAlive(own))).toBe(true);
    const fields = Array.from({ length: 50 }, (_, i) => String(i + 4));
    expect(readStartTicks(`12 (a b) c) S ${fields.join(' ')}`)).toBe('22');
  });
});
