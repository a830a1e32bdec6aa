import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../python-clients.ts';

const HERE = import.meta.dirname;

/** The level of a standard, as veraPDF writes it. */
export type Level = '2a' | '2b' | 'ua1';

/** Why PDFs cannot be validated here, or null. */
export function whyNoVerapdf(): string | null {
  const missing = ['java', 'mvn', 'qpdf'].filter((tool) => spawnSync(tool, ['--version']).status !== 0);
  return missing.length === 0 ? null : `skipped: ${missing.join(', ')} missing`;
}

/** Gets veraPDF from Maven Central, once for a machine; resolves with the class path that Java takes. */
export async function installVerapdf(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'verapdf-'));
  try {
    const file = join(folder, 'class-path');
    const goal = ['dependency:build-classpath', `-Dmdep.outputFile=${file}`];
    await run('mvn', ['--quiet', '--batch-mode', '--file', join(HERE, 'pom.xml'), ...goal]);
    return (await readFile(file, 'utf8')).trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What veraPDF says of each file: "valid", or the rules that it breaks. */
export async function validate(
  classPath: string,
  files: readonly { readonly file: string; readonly level: Level }[],
): Promise<ReadonlyMap<string, string>> {
  const orders = files.map(({ file, level }) => `${level}=${file}`);
  const told = await run('java', ['-cp', classPath, join(HERE, 'Validate.java'), ...orders]);
  return new Map(
    told
      .trim()
      .split('\n')
      .map((line) => {
        const [file = '', verdict = ''] = line.split('\t');
        return [file, verdict] as const;
      }),
  );
}
