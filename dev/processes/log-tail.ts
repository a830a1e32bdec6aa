import { readFile, stat, truncate } from 'node:fs/promises';

const LARGEST_LOG = 20 * 1024 * 1024;

/** The last lines of a log, indented; empty when there is none. */
export const readTail = async (path: string, lines = 15): Promise<string> => {
  const text = await readFile(path, 'utf8').catch(() => '');
  const all = text.trimEnd().split('\n');
  return all
    .slice(-lines)
    .filter((line) => line !== '')
    .map((line) => `    ${line.slice(0, 500)}`)
    .join('\n');
};

/** Empties a log that has grown past 20 MiB. */
export const trimLog = async (path: string): Promise<void> => {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LARGEST_LOG) await truncate(path, 0);
};
