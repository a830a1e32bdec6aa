import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '#jest';
import type { Paths } from '../paths.ts';
import { createPaths } from '../paths.ts';
import { waitUntil } from '../waiting.ts';
import { createCrew } from './crew.ts';
import { identify } from './identity.ts';
import type { Program } from './program.ts';
import { backOffMs } from './program.ts';

describe('supervision', () => {
  let paths: Paths;
  const heard: string[] = [];
  const events = {
    died: (name: string, reason: string) => void heard.push(`${name} died: ${reason}`),
    restarted: (name: string) => void heard.push(`${name} is back`),
  };
  beforeEach(async () => {
    heard.length = 0;
    paths = createPaths(await mkdtemp(join(tmpdir(), 'tashlum-crew-')));
    await mkdir(paths.logs);
  });
  afterEach(() => rm(paths.stateDir, { recursive: true }));

  const shell = (script: string, changes: Partial<Program> = {}): Program => ({
    name: 'worker',
    file: '/bin/sh',
    args: ['-c', script],
    cwd: paths.stateDir,
    env: process.env,
    isReady: () => Promise.resolve(true),
    readyWithinMs: 5_000,
    stopSignal: 'SIGTERM',
    stopWithinMs: 5_000,
    retryStartMs: 0,
    ...changes,
  });
  const isWritten = (path: string): Promise<boolean> =>
    readFile(path).then(
      () => true,
      () => false,
    );
  const isGone = async (pid: number): Promise<boolean> => (await identify(pid)) === undefined;

  it('starts a killed process again, and none after the stop', async () => {
    const crew = createCrew(['worker'], paths, events);
    await crew.start(shell('exec sleep 60'));
    const first = crew.pid('worker') ?? 0;
    process.kill(first, 'SIGKILL');
    expect(await waitUntil(() => Promise.resolve(heard.length === 2), 5_000)).toBe(true);
    expect(heard).toEqual(['worker died: SIGKILL', 'worker is back']);
    const second = crew.pid('worker') ?? 0;
    expect(second).not.toBe(first);
    await crew.stop();
    expect(await isGone(second)).toBe(true);
    expect(heard).toHaveLength(2);
    await expect(crew.start(shell('exec sleep 60'))).rejects.toThrow('stopping');
  });

  it('leaves down what is held down, and starts it when it is let go', async () => {
    const crew = createCrew(['worker'], paths, events);
    await crew.start(shell('exec sleep 60'));
    await writeFile(paths.hold('worker'), '');
    process.kill(crew.pid('worker') ?? 0, 'SIGKILL');
    expect(await waitUntil(() => Promise.resolve(heard.length === 1), 50_000)).toBe(true);
    // Without the hold it would be back after some milliseconds.
    expect(await waitUntil(() => Promise.resolve(heard.length > 1), 300)).toBe(false);
    await rm(paths.hold('worker'));
    expect(await waitUntil(() => Promise.resolve(heard.length === 2), 50_000)).toBe(true);
    await crew.stop();
  });

  it('tells of a process that does not start with its reason and the end of its log', async () => {
    const crew = createCrew(['worker'], paths, events);
    const start = crew.start(
      shell('echo DATABASE_URL is missing; exit 3', { isReady: () => Promise.resolve(false) }),
    );
    await expect(start).rejects.toThrow(/exit code 3[^]*DATABASE_URL is missing/);
    await crew.stop();
  });

  it('tries a start again where the program is allowed to', async () => {
    const marker = join(paths.stateDir, 'second');
    const up = join(paths.stateDir, 'up');
    const script = `if test -e ${marker}; then touch ${up}; exec sleep 60; fi; touch ${marker}; exit 1`;
    const crew = createCrew(['worker'], paths, events);
    await crew.start(shell(script, { retryStartMs: 5_000, isReady: () => isWritten(up) }));
    expect(await isGone(crew.pid('worker') ?? 0)).toBe(false);
    await crew.stop();
    expect(heard).toEqual([]);
  });

  it('kills a process that does not stop when asked, with what it started', async () => {
    const note = join(paths.stateDir, 'child');
    const crew = createCrew(['worker'], paths, events);
    const script = `trap '' TERM; sleep 60 & echo $! > ${note}; while :; do wait; done`;
    await crew.start(shell(script, { stopWithinMs: 200, isReady: () => isWritten(note) }));
    const pid = crew.pid('worker') ?? 0;
    await crew.stop();
    expect(await isGone(pid)).toBe(true);
    const child = Number(await readFile(note, 'utf8'));
    expect(await waitUntil(() => isGone(child), 2_000)).toBe(true);
  });

  it('stops in the order given, each after the one before has ended', async () => {
    const note = join(paths.stateDir, 'order');
    await writeFile(note, '');
    const script = (name: string): string =>
      `trap 'sleep 0.2; echo ${name} >> ${note}; exit' TERM; while :; do sleep 0.05; done`;
    const crew = createCrew(['api', 'postgres'], paths, events);
    await Promise.all(['postgres', 'api'].map((name) => crew.start(shell(script(name), { name }))));
    await delay(200);
    await crew.stop();
    expect(await readFile(note, 'utf8')).toBe('api\npostgres\n');
  });

  it('waits longer after each failure, up to two seconds', () => {
    expect([0, 1, 4, 5, 20].map(backOffMs)).toEqual([100, 200, 1_600, 2_000, 2_000]);
  });
});
