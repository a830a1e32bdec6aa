import { watch } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from './paths.ts';

const SETTLE_MS = 300;

const ONLY: Partial<Record<string, readonly string[]>> = {
  api: ['api'],
  worker: ['worker'],
  workflows: ['api', 'worker'],
  activities: ['worker'],
  sandbox: ['sandbox'],
  dev: [],
  migrate: [],
};

/** The processes that run the code of a file, by its path below `src`. */
export const processesOf = (path: string): readonly string[] => {
  if (!path.endsWith('.ts') || path.endsWith('.test.ts')) return [];
  const folder = path.split(/[\\/]/)[0] ?? '';
  return ONLY[folder] ?? ['api', 'worker'];
};

/** Calls `changed` with the processes to restart, once the source has been quiet for a moment. Returns a way to end it. */
export const watchSource = (changed: (names: readonly string[], path: string) => void): (() => void) => {
  const affected = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(join(CHECKOUT, 'src'), { recursive: true }, (_event, path) => {
    const names = path === null ? [] : processesOf(path);
    if (path === null || names.length === 0) return;
    for (const name of names) affected.add(name);
    clearTimeout(timer);
    timer = setTimeout(() => {
      changed([...affected], path);
      affected.clear();
    }, SETTLE_MS);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
};
