import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';

/** Replaces a JSON file in one step, readable by its owner only, so that a reader never sees half of it. */
export const writeJson = async (path: string, value: unknown): Promise<void> => {
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, path);
};

/** The parsed file, or undefined when it does not exist. A file that is no JSON fails with a sentence naming it. */
export const readJson = async (path: string): Promise<unknown> => {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${path} is not readable JSON: delete it, or start with --fresh`);
  }
};
