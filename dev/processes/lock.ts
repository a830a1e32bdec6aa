import { randomBytes } from 'node:crypto';
import { link, mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readJson, writeJson } from '../files.ts';
import type { ProcessIdentity } from './identity.ts';
import { identify, isAlive } from './identity.ts';

/** Another environment holds this state directory. */
export class AlreadyRunningError extends Error {
  override readonly name = 'AlreadyRunningError';
  readonly pid: number;
  constructor(pid: number) {
    super(`An environment already runs in this checkout (process ${pid})`);
    this.pid = pid;
  }
}

const isTaken = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EEXIST';

/**
 * Takes the state directory for this process; the returned function gives it back.
 * A lock whose holder has ended is taken over. Fails with AlreadyRunningError while the holder lives.
 */
export const takeLock = async (file: string): Promise<() => Promise<void>> => {
  // Its own, also beside another try of this process.
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeJson(draft, await identify(process.pid));
  try {
    for (;;) {
      // A link appears with its content, so no reader takes a half-written lock for a stale one.
      const isMine = await link(draft, file).then(
        () => true,
        (error: unknown) => {
          if (isTaken(error)) return false;
          throw error;
        },
      );
      if (isMine) return () => rm(file, { force: true });
      const holder = (await readJson(file).catch(() => undefined)) as ProcessIdentity | undefined;
      if (holder !== undefined && (await isAlive(holder))) throw new AlreadyRunningError(holder.pid);
      await rm(file, { force: true });
    }
  } finally {
    await rm(draft, { force: true });
  }
};
