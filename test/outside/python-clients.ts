import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

const HERE = import.meta.dirname;
/** The clients of vendors. */
const CLIENTS = join(HERE, 'requirements.txt');

/** The folder kept between clones, beside Temporal's server. */
export const cacheFolder = (name: string): string =>
  join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'tashlum', name);

/** Why the clients cannot run here, or null. */
export function whyNoPython(): string | null {
  const { status } = spawnSync('python3', [
    '-c',
    'import venv, ensurepip, sys; sys.exit(sys.version_info < (3, 10))',
  ]);
  return status === 0 ? null : 'skipped: there is no python3 of 3.10 or later with venv on the PATH';
}

/** The Python that has what a list of versions names: a virtual environment of its own for each list, made once. */
export async function installClients(requirements = CLIENTS): Promise<string> {
  const version = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = cacheFolder(`outside-${version}`);
  const python = join(folder, 'bin', 'python');
  const done = join(folder, 'installed');
  if (existsSync(done)) return python;
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  await run('python3', ['-m', 'venv', folder]);
  const half = join(folder, 'report');
  const quiet = ['--quiet', '--disable-pip-version-check', '--report', half];
  await run(python, ['-m', 'pip', 'install', ...quiet, '-r', requirements]);
  await rename(half, done);
  return python;
}

/** Runs one client's walk through a simulator; resolves with the facts that it tells at its end. */
export async function walk(python: string, client: string, sandboxUrl: string): Promise<unknown> {
  const script = join(HERE, 'clients', `${client}_walk.py`);
  return JSON.parse(await run(python, ['-B', script, sandboxUrl])) as unknown;
}

/** What a program says. One that fails takes its last words with it. */
export function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(said.out);
      else
        reject(
          new Error(`${command} ${args.join(' ')} ended with ${code}:\n${said.err.slice(-4_000)}${said.out}`),
        );
    });
  });
}
